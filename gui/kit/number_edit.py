"""A line in which a number is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.kit.numbers import editable, parse_integer, parse_number
from gui.kit.style_sheet import restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


@final
class NumberEdit(QLineEdit):
    """What is typed counts on Enter or when the focus leaves; Esc brings the number back.

    Signals:
        typed(object): a number was typed, an int or a float.
        malformed(str): what was typed is no number.
        stepped(float): an arrow key moved the number to here; `released()` when the key is let go.
        restored(): Esc.
    """

    typed = Signal(object)
    malformed = Signal(str)
    stepped = Signal(object)
    released = Signal()
    restored = Signal()

    def __init__(self, digits: int = 3, whole: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = digits
        self._whole = whole
        self._value = 0.0
        self._key_run = False
        self.editingFinished.connect(self._commit)

    def show_value(self, value: float) -> None:
        """Show a number from the state; what was being typed is lost."""
        self._value = value
        self.setText(editable(value, 0 if self._whole else self._digits))
        self.setModified(False)
        self.setCursorPosition(0)

    def mark_refused(self, refused: bool) -> None:
        """Border and text in the colour of errors, or not."""
        if (self.property("refused") == "true") != refused:
            self.setProperty("refused", "true" if refused else "false")
            restyle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_value(self._value)
            self.restored.emit()
        elif direction is not None:
            self._key_run = True
            self._step(direction, event.modifiers())
        else:
            super().keyPressEvent(event)
            # A QLineEdit lets Enter pass on to its parent; here it has done its work.
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._key_run and not event.isAutoRepeat():
            self._key_run = False
            self.released.emit()
        super().keyReleaseEvent(event)

    def _step(self, direction: int, modifiers: Qt.KeyboardModifier) -> None:
        size = 1.0 if self._whole else 10.0**-self._digits * 10
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            size *= 10
        if modifiers & Qt.KeyboardModifier.ControlModifier and not self._whole:
            size /= 10
        value = float(f"{self._value + direction * size:.12g}")
        self.stepped.emit(round(value) if self._whole and value == value else value)

    def _commit(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        try:
            value = parse_integer(self.text()) if self._whole else parse_number(self.text())
        except ValueError:
            self.setModified(True)
            self.malformed.emit(self.text())
        else:
            self.typed.emit(value)
