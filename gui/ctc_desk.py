"""The CTC page put together: view bar, lattice, player, collapse strip, side pane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import InputError
from core.text import say
from gui.ctc_clinic import Clinic
from gui.kit.banner import Banner
from gui.kit.busy_line import BusyLine
from gui.kit.field_row import why
from gui.runtime.pane import Outcome, Pane
from gui.workspaces.ctc import compute_lattice, compute_sequences, desk_model, present_lattice
from gui.workspaces.ctc.bar_view import DeskBar
from gui.workspaces.ctc.brush_view import Brush
from gui.workspaces.ctc.collapse_view import CollapseView
from gui.workspaces.ctc.desk_keys import move_of
from gui.workspaces.ctc.lattice_view import LatticeView
from gui.workspaces.ctc.player_edits import go_to_frame
from gui.workspaces.ctc.player_view import PlayerView
from gui.workspaces.ctc.segments_files import write_segments
from gui.workspaces.ctc.side_view import SidePane
from gui.workspaces.ctc.toy_edits import toy_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.explain.formula import Strip
    from core.explain.note import Note
    from core.problem import Problem
    from gui.edit import Edit
    from gui.kit.notice import Notice
    from gui.workspaces.ctc.compute_lattice import LatticeResult
    from gui.workspaces.ctc.desk_model import DeskModel
    from gui.workspaces.ctc.state import CTCState

STALE = 0.4  # opacity of a picture whose successor is being computed
LIVE_FRAMES = 500  # of a batch whose sequence is computed between two frames of the screen


@final
@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """What the page gives to the rest of the window, of the sequence shown."""

    strip: Strip | None
    notes: tuple[Note, ...]
    value: float
    gradient_norm: float


@final
class CtcDesk(QWidget):
    """Shows a problem with the CTC part of the state.

    Signals:
        state_edited(Edit[CTCState]), problem_edited(Edit[Problem]): what the user did.
        released(), cancelled(): the end of a drag; Esc during one.
        hinted(str): what the object under the mouse does.
        computed(Shown, float): what the rest of the window shows, and the seconds that it took.
        export_requested(): the picture is to be saved.
    """

    state_edited = Signal(object)
    problem_edited = Signal(object)
    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)
    computed = Signal(object, float)
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = DeskBar()
        self.banner = Banner()
        self.busy_line = BusyLine()
        self.lattice = LatticeView()
        self.brush = Brush(self.lattice.scene.pane.emission)
        self.player = PlayerView()
        self.collapse = CollapseView()
        self.side = SidePane()
        self._picture = QWidget()
        self._shown: tuple[Problem, CTCState] | None = None
        self._model: DeskModel | None = None
        self._busy: set[Pane] = set()
        self._lattices, self._batches = Pane(self), Pane(self)
        self._clinic = Clinic(self)
        self._lay_out()
        self._connect()
        self.bar.show_look(self.lattice.look)

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been drawn."""
        return not self._busy and self._clinic.is_idle

    @property
    def picture_area(self) -> QWidget:
        """What is saved as a picture: lattice, player and collapse strip."""
        return self._picture

    @property
    def model(self) -> DeskModel | None:
        """What is shown of the sequence; None before the first one, and for one that the loss refuses."""
        return self._model

    def show_state(self, problem: Problem, state: CTCState) -> None:
        """Show editors at once, and the picture as soon as it is computed."""
        self._shown = problem, state
        asked = compute_lattice.request(problem, state)
        is_toy = asked.batch is None
        self.bar.show_state(state, self._title(problem, state, is_toy))
        self.side.show_state(problem, state, is_toy=is_toy)
        self.lattice.show_state(problem, state)
        quick = asked.batch is None or asked.batch.input.shape[0] <= LIVE_FRAMES
        self._lattices.ask(asked, compute_lattice.compute, quick=quick)
        many = compute_sequences.request(problem)
        if many is not None:
            self._batches.ask(many, compute_sequences.compute, quick=False)

    def show_findings(self, findings: tuple[Notice, ...]) -> None:
        """What the doctor found of the batch, before what the clinic finds of the sequence."""
        self.side.show_findings(findings)

    def refuse(self, error: InputError) -> None:
        """Say why an edit was refused, at its field or in the banner."""
        if not self.side.refuse(error.field, why(error.problem, error.remedy)):
            self.tell(error)

    def tell(self, error: InputError) -> None:
        """Say why something was refused, where no field can say it."""
        self.banner.tell("err", say("ctc", "{field}: {problem} {remedy}", field=error.field,
                                    problem=error.problem, remedy=error.remedy))  # fmt: skip

    def focus_view(self) -> None:
        """Give the keys to the lattice."""
        self.lattice.setFocus()

    def close(self) -> bool:
        """Stop what is being computed, for good."""
        for worker in (self._lattices, self._batches, self._clinic):
            worker.close()
        return super().close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._shown is None or not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = move_of(event)
        if key is None or self._shown is None or self._model is None:
            return False
        kind, amount = key
        state = self._shown[1]
        if kind == "mode":
            self.bar.choose_mode(amount)
        elif kind == "frame":
            self._edit(go_to_frame(state.frame + amount, len(self._model.sequence.log_probs)))
        elif kind == "move":
            self.player.ask(("first", "previous", "next", "last")[amount])
        elif kind == "play":
            self.player.player.toggle()
        elif kind == "steps":
            self._step(amount)
        else:
            self.player.toggle_predict()
        return True

    def _step(self, amount: int) -> None:
        """F10 begins the step-through, then goes on; with Shift it goes back."""
        assert self._shown is not None
        if self._shown[1].step is None:
            self.player.toggle_steps()
        else:
            self.player.ask("next" if amount > 0 else "previous")

    # What was computed

    def _receive(self, outcome: Outcome) -> None:
        assert self._shown is not None
        result: LatticeResult = outcome.result
        problem, state = self._shown
        self._dim(False)
        drawn = present_lattice.present(problem, state, result)
        self.lattice.draw(drawn)
        self._show_lower(result.refusal is None)
        if result.refusal is not None:
            self._model = None
            self._clinic.forget()
            self.tell(result.refusal)
            return
        self._model = model = desk_model.present(result, state, self._model)
        self.brush.show_toy(model.sequence if result.request.toy is not None else None)
        self.player.draw(model.player)
        self.collapse.draw(model.sequence, model.collapse, model.collapse_model)
        self.collapse.strip.show_playhead(model.player.figure.frame)
        self.side.show_result(model.bars, model.side, model.player.figure.frame)
        self._clinic.examine(result)
        self.computed.emit(Shown(drawn.strip, drawn.notes, drawn.value, drawn.gradient_norm), outcome.seconds)

    def _receive_batch(self, outcome: Outcome) -> None:
        self.side.show_sequences(outcome.result)

    def _fail(self, error: Exception) -> None:
        self._dim(True)
        if isinstance(error, InputError):
            self.tell(error)
            return
        self.banner.tell("err", say("ctc", "This picture could not be computed: {error}", error=repr(error)))

    def _set_busy(self, busy: bool) -> None:
        pane = self.sender()
        assert isinstance(pane, Pane)
        (self._busy.add if busy else self._busy.discard)(pane)
        self.busy_line.show_busy(self._lattices in self._busy)

    def _dim(self, stale: bool) -> None:
        effect = None
        if stale:
            effect = QGraphicsOpacityEffect(self._picture)
            effect.setOpacity(STALE)
        if stale or self._picture.graphicsEffect() is not None:
            self._picture.setGraphicsEffect(effect)  # type: ignore[arg-type] None takes the effect away

    def _show_lower(self, shown: bool) -> None:
        for part in (self.player, self.collapse):
            part.setVisible(shown)

    # What the user does

    def _edit(self, edit: Edit[CTCState]) -> None:
        self.banner.clear()
        self.state_edited.emit(edit)

    def _edit_problem(self, edit: Edit[Problem]) -> None:
        self.banner.clear()
        self.problem_edited.emit(edit)

    def _go_to_segment(self, first: int, last: int) -> None:
        assert self._model is not None
        self._edit(go_to_frame(first, len(self._model.sequence.log_probs)))
        self.lattice.show_frames(first, last)

    def _export_segments(self, name: str) -> None:
        assert self._model is not None
        try:
            write_segments(name, self._model.sequence, self._model.side.segments, self._model.side.words)
        except InputError as error:
            self.tell(error)
        else:
            self.banner.tell("ok", say("ctc", "The segments are in {name}.", name=name))

    def _set_look(self, path: bool, edges: bool) -> None:
        self.lattice.set_look(replace(self.lattice.look, path=path, edges=edges))

    def _show_zoom(self) -> None:
        self.bar.show_zoom(self.lattice.zoom)

    def _title(self, problem: Problem, state: CTCState, is_toy: bool) -> str:
        if is_toy or problem.batch is None:
            return self.tr("Hand-made: “{0}”").format(toy_of(state).text)
        return problem.batch.name

    def _connect(self) -> None:
        for pane, receive in ((self._lattices, self._receive), (self._batches, self._receive_batch)):
            pane.computed.connect(receive)
            pane.busy.connect(self._set_busy)
        self._lattices.failed.connect(self._fail)
        self._clinic.examined.connect(self.side.show_clinic)
        self._clinic.failed.connect(self._fail)
        for part in (self.bar, self.lattice, self.player, self.collapse, self.side, self.brush):
            part.state_edited.connect(self._edit)
        for part in (self.lattice, self.player, self.collapse, self.side, self.brush):
            part.released.connect(self.released)
            part.hinted.connect(self.hinted)
        for part in (self.lattice, self.player, self.side, self.brush):
            part.cancelled.connect(self.cancelled)
        self.side.problem_edited.connect(self._edit_problem)
        self.side.segments.frames_chosen.connect(self._go_to_segment)
        self.side.segments.export_requested.connect(self._export_segments)
        self.bar.steps_requested.connect(self.player.toggle_steps)
        self.bar.fit_requested.connect(self.lattice.fit)
        self.bar.export_requested.connect(self.export_requested)
        self.lattice.problem_edited.connect(self._edit_problem)
        self.bar.look_chosen.connect(self._set_look)
        self.lattice.look_changed.connect(self.bar.show_look)
        self.lattice.axis_changed.connect(self._show_zoom)
        self.lattice.axis_changed.connect(self.player.player.show_axis)
        self.lattice.axis_changed.connect(self.collapse.strip.show_axis)

    def _lay_out(self) -> None:
        picture = QVBoxLayout(self._picture)
        left = QVBoxLayout()
        whole = QHBoxLayout(self)
        for layout in (picture, left, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        picture.addWidget(self.lattice, 1)
        for part in (self.player, self.collapse):
            line = QFrame()
            line.setObjectName("hairline")
            picture.addWidget(line)
            picture.addWidget(part)
        for part in (self.bar, self.busy_line, self.banner):
            left.addWidget(part)
        left.addWidget(self._picture, 1)
        whole.addLayout(left, 1)
        whole.addWidget(self.side)
