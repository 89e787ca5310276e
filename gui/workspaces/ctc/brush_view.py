"""The brush over the emission rows of a toy: a stroke raises one symbol in the frames that it crosses, or lowers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from core.text import say
from gui.kit.i18n import tr_text
from gui.workspaces.ctc import toy_edits
from gui.workspaces.ctc.class_names import written

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from core.ctc.sequence import Sequence
    from gui.kit.emission_rows import EmissionRows


@final
class Brush(QObject):
    """Takes the left and the right button over the rows for itself while it has a toy to paint.

    Signals:
        state_edited(Edit[CTCState]), released(), cancelled(): a stroke, its end, Esc during it.
        hinted(str)
    """

    state_edited = Signal(object)
    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)

    def __init__(self, rows: EmissionRows) -> None:
        super().__init__(rows)
        self._rows = rows
        self._sequence: Sequence | None = None
        self._before: Sequence | None = None
        self._strokes = 0
        self._cls: int | None = None
        self._frame = -1
        self._raises = True
        rows.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        rows.installEventFilter(self)

    def show_toy(self, sequence: Sequence | None) -> None:
        """What can be painted now; None for nothing."""
        self._sequence = sequence

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._rows or self._sequence is None:
            return False
        if isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._press_key(event)
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return self._begin(event)
        if event.type() == QEvent.Type.MouseMove:
            return self._go_on(event)
        return event.type() == QEvent.Type.MouseButtonRelease and self._end()

    def _begin(self, event: QMouseEvent) -> bool:
        cell = self._rows.cell_at(event.position())
        if cell is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return False
        frame, name = cell
        assert self._sequence is not None
        names = [written(self._sequence, c) for c in range(len(self._sequence.names))]
        self._cls, self._frame = names.index(name), -1
        lowers = event.button() == Qt.MouseButton.RightButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._raises, self._before = not lowers, self._sequence
        self._strokes += 1
        self._touch(frame)
        return True

    def _go_on(self, event: QMouseEvent) -> bool:
        if self._cls is None:
            inside = self._rows.cell_at(event.position()) is not None
            self._rows.setCursor(Qt.CursorShape.CrossCursor if inside else Qt.CursorShape.ArrowCursor)
            hint = say("ctc", "Drag to raise a symbol, with Shift or the right button to lower it")
            self.hinted.emit(tr_text(hint) if inside else "")
            return False
        frame = self._frame_at(event.position())
        if frame is not None:
            self._touch(frame)
        return True

    def _end(self) -> bool:
        if self._cls is None:
            return False
        self._cls = None
        self.released.emit()
        return True

    def _press_key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape or self._cls is None:
            return False
        self._cls = None
        if self._sequence is not self._before:
            self.cancelled.emit()
        return True

    def _frame_at(self, at: QPointF) -> int | None:
        """The frame under the mouse, whichever row it has strayed into."""
        return self._rows.frame_at(at.x())

    def _touch(self, frame: int) -> None:
        """Each frame that the stroke enters, those that a quick mouse jumped over too."""
        assert self._cls is not None
        if frame == self._frame:
            return
        step = 1 if frame > self._frame else -1
        crossed = [frame] if self._frame < 0 else range(self._frame + step, frame + step, step)
        self._frame = frame
        key = f"brush-{self._strokes}"
        for each in crossed:
            self.state_edited.emit(toy_edits.brush(each, self._cls, up=self._raises, merge_key=key))
