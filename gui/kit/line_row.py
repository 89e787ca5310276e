"""A row of a form with a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.kit.field_row import INDENT, LABEL_WIDTH
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.style_sheet import restyle
from gui.kit.theme import font

if TYPE_CHECKING:
    from core.text import Text


@final
class LineRow(QWidget):
    """A label, a line, and the reason of a refusal under it.

    Signals:
        typed(str): at each key; finished(str): on Enter, or when the focus leaves; released() after either.
    """

    typed = Signal(str)
    finished = Signal(str)
    released = Signal()

    def __init__(self, title: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._shown = ""
        self._refused = False
        self._label = label("mono", "text2")
        self._label.setMinimumWidth(LABEL_WIDTH)
        self._reason = label("caption", "err", wrap=True)
        self._reason.hide()
        self.line = QLineEdit()
        self.line.setFont(font("label"))
        self.line.textEdited.connect(self._type)
        self.line.editingFinished.connect(self._finish)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(INDENT, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._reason)
        self._retranslate()

    def show_text(self, text: str) -> None:
        """Show a text from the state; while that stays the same, what is being typed stays too."""
        if text == self._shown:
            return
        self._shown = text
        self._mark(False)
        if " ".join(self.line.text().split()) != text:
            self.line.setText(text)

    def refuse(self, message: str) -> None:
        """Say why what was typed is not taken; it stays for correction."""
        self._reason.setText(message)
        self._mark(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _type(self, text: str) -> None:
        self._mark(False)
        self.typed.emit(text)

    def _finish(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            self.finished.emit(self.line.text())
            self.released.emit()
            if not self._refused:
                self.line.setText(self._shown)

    def _mark(self, refused: bool) -> None:
        self._refused = refused
        self._reason.setVisible(refused)
        if (self.line.property("refused") == "true") != refused:
            self.line.setProperty("refused", "true" if refused else "false")
            restyle(self.line)

    def _retranslate(self) -> None:
        self._label.setText(tr_text(self._title))
        self.line.setAccessibleName(self._label.text())
