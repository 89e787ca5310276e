"""A line of text that ends in an ellipsis where there is no room for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.kit.theme import font

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gui.kit.theme import FontRole

LEAST = 40


@final
class ElidedLabel(QLabel):
    """As wide as its words if there is room; all of them are its tooltip where they are cut."""

    def __init__(self, face: FontRole, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setFont(font(face))
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        """Show these."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.updateGeometry()
            self._cut()

    def words(self) -> str:
        """All of them."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(LEAST, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._words if shown != self._words else "")
