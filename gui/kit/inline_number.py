"""A number field opened in the middle of a painted widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.kit.number_edit import NumberEdit
from gui.kit.theme import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

HEIGHT = 28


@final
class InlineNumber(QObject):
    """At most one field over `host`: Enter or leaving it takes the number, Esc closes it, what is refused stays in it.

    Signals:
        typed(object, float): the key it was opened with, and the number.
    """

    typed = Signal(object, float)

    def __init__(self, host: QWidget, accepts: Callable[[float], bool]) -> None:
        super().__init__(host)
        self._host = host
        self._accepts = accepts
        self._key: object = None
        self.editor: NumberEdit | None = None

    def open(self, key: object, value: float, place: QRect, name: str, *, digits: int = 3, whole: bool = False) -> None:
        """Edit `value` in a field at `place`; the screen reader calls it `name`."""
        self.close()
        self._key = key
        self.editor = editor = NumberEdit(digits, whole, self._host)
        editor.setFont(font("label"))
        editor.setGeometry(place)
        editor.setAccessibleName(name)
        editor.show_value(value)
        editor.selectAll()
        editor.installEventFilter(self)
        editor.typed.connect(self._take)
        editor.malformed.connect(self._refuse)
        editor.editingFinished.connect(self._finish)
        editor.show()
        editor.setFocus()

    def close(self) -> None:
        """Close the field, if one is open, and forget what is typed in it."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        had_focus = editor.hasFocus()
        editor.removeEventFilter(self)
        editor.hide()
        editor.deleteLater()
        if had_focus:
            self._host.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.KeyPress:
                self.close()
            return True
        return False

    def _take(self, value: float) -> None:
        if not self._accepts(value):
            self._refuse()
            return
        self.close()
        self.typed.emit(self._key, float(value))

    def _refuse(self) -> None:
        if self.editor:
            self.editor.setModified(True)
            self.editor.mark_refused(True)

    def _finish(self) -> None:
        # What is still modified was refused: it stays, unless the focus has gone elsewhere.
        if self.editor and not (self.editor.isModified() and self.editor.hasFocus()):
            self.close()
