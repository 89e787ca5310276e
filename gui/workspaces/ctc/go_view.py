"""A line to type where to go: the number of a frame, or a symbol of the target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.theme import font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.text import Text

What = Literal["frame", "symbol"]


@final
class GoLine(QWidget):
    """Hidden until it is asked for; Enter goes there, Enter again goes on, Esc closes it.

    Signals:
        asked(str, str): "frame" or "symbol", and what was typed.
        closed(): the keys are free again.
    """

    asked = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what: What = "frame"
        self._caption = label("label", "text2")
        self._told = label("label", "err")
        self.line = QLineEdit()
        self.line.setFont(font("label"))
        self.line.setFixedWidth(160)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self._caption)
        row.addWidget(self.line)
        row.addWidget(self._told, 1)
        self.line.returnPressed.connect(self._go)
        self.line.textEdited.connect(self._told.clear)
        self.hide()

    def open(self, what: What) -> None:
        """Let the user type a frame, or a symbol."""
        self._what = what
        self._retranslate()
        self._told.clear()
        self.line.clear()
        self.show()
        self.line.setFocus()

    def tell(self, reason: Text | None) -> None:
        """Say why nothing is there; None where it was found."""
        self._told.setText("" if reason is None else tr_text(reason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _go(self) -> None:
        self.asked.emit(self._what, self.line.text())

    def _retranslate(self) -> None:
        frame = self._what == "frame"
        self._caption.setText(self.tr("Go to frame") if frame else self.tr("Find in the target"))
        self.line.setPlaceholderText(self.tr("number") if frame else self.tr("symbols, in order"))
        self.line.setAccessibleName(self._caption.text())
