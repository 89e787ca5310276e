"""Where keys, lists and the line of places take the user on the CTC page."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, Signal

from core.errors import InputError
from core.text import say
from gui.workspaces.ctc import reading_edits
from gui.workspaces.ctc.desk_keys import move_of
from gui.workspaces.ctc.places import frame_of, segment_of, weak_segment
from gui.workspaces.ctc.player_edits import go_to_frame

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.ctc.segments import Segment
    from gui.ctc_desk_parts import DeskParts
    from gui.workspaces.ctc.desk_model import DeskModel
    from gui.workspaces.ctc.state import CTCState


@final
class Moves(QObject):
    """Turns them into edits of the state.

    Signals:
        state_edited(Edit[CTCState])
    """

    state_edited = Signal(object)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._state: CTCState | None = None
        self._model: DeskModel | None = None
        parts.side.segments.frames_chosen.connect(self.go_to_frames)
        parts.side.compare.cell_chosen.connect(self.go_to_cell)
        parts.go_line.asked.connect(self._go)
        parts.go_line.closed.connect(self._leave_line)

    def follow(self, state: CTCState, model: DeskModel | None) -> None:
        """Move from here; without a model nowhere."""
        self._state, self._model = state, model

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is the page's, though the window has a shortcut for it; ? is only in the step-through."""
        key = move_of(event)
        if key is None or self._state is None or self._model is None:
            return False
        return key[0] != "predict" or self._state.step is not None

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False for a key that is not the page's."""
        key = move_of(event)
        if key is None or self._state is None or self._model is None:
            return False
        kind, amount = key
        parts = self._parts
        if kind == "mode":
            parts.bar.choose_mode(amount)
        elif kind == "frame":
            self._go_to(self._state.frame + amount)
        elif kind == "move":
            parts.player.ask(("first", "previous", "next", "last")[amount])
        elif kind == "play":
            parts.player.player.toggle()
        elif kind == "steps":
            self._step(amount)
        elif kind == "predict":
            parts.player.toggle_predict()
        elif kind == "draw":
            self.state_edited.emit(reading_edits.draw_path() if amount > 0 else reading_edits.clear_paths())
        elif kind == "weak":
            self._go_to_weak(amount)
        else:
            parts.go_line.open("frame" if kind == "jump" else "symbol")
        return True

    def go_to_frames(self, first: int, last: int) -> None:
        """The playhead on the first of some frames, all of them in view."""
        self._go_to(first)
        self._parts.lattice.show_frames(first, last)

    def go_to_cell(self, frame: int, row: int) -> None:
        """The cell in view, and explained."""
        self._parts.lattice.show_cell(frame, row)

    def _go_to(self, frame: int) -> None:
        assert self._model is not None
        self.state_edited.emit(go_to_frame(frame, len(self._model.sequence.log_probs)))

    def _step(self, amount: int) -> None:
        """F10 begins the step-through, then goes on; with Shift it goes back."""
        assert self._state is not None
        if self._state.step is None:
            self._parts.player.toggle_steps()
        else:
            self._parts.player.ask("next" if amount > 0 else "previous")

    def _go_to_weak(self, direction: int) -> None:
        assert self._state is not None
        assert self._model is not None
        found = weak_segment(self._model.side.segments, self._state.frame, direction)
        if found is None:
            self._parts.banner.tell("ok", say("ctc", "No segment has a confidence of .60 or less."))
        else:
            self._show_segment(found)

    def _go(self, what: str, text: str) -> None:
        if self._model is None or self._state is None:
            return
        model, line = self._model, self._parts.go_line
        try:
            if what == "frame":
                self.go_to_frames(*(2 * (frame_of(text, len(model.sequence.log_probs)),)))
            else:
                self._show_segment(segment_of(text, model.sequence, model.side.segments, self._state.frame))
        except InputError as error:
            line.tell(say("ctc", "{problem} {remedy}", problem=error.problem, remedy=error.remedy))
        else:
            line.tell(None)

    def _show_segment(self, segment: Segment) -> None:
        self.go_to_frames(segment.start, segment.end - 1)

    def _leave_line(self) -> None:
        self._parts.lattice.setFocus()
