"""The CTC page put together: view bar, lattice, player, collapse strip, side pane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.errors import InputError
from core.text import say
from gui.ctc_clinic import Clinic
from gui.ctc_desk_parts import DeskParts
from gui.ctc_moves import Moves
from gui.ctc_readings import Readings
from gui.desk_page import DeskPage
from gui.kit.field_row import why
from gui.runtime.pane import Outcome, Pane
from gui.workspaces.ctc import (
    compute_lattice,
    compute_sequences,
    desk_model,
    present_compare,
    present_decode,
    present_lattice,
    present_learning,
)
from gui.workspaces.ctc.compute_learning import toy_after
from gui.workspaces.ctc.present_preview import waiting
from gui.workspaces.ctc.segments_files import write_segments
from gui.workspaces.ctc.toy_edits import toy_of

if TYPE_CHECKING:
    from core.batch import Batch
    from core.ctc.compare import Comparison
    from core.explain.formula import Strip
    from core.explain.note import Note
    from core.problem import Problem
    from core.text import Text
    from gui.edit import Edit
    from gui.kit.notice import Notice
    from gui.workspaces.ctc.compute_compare import CompareResult
    from gui.workspaces.ctc.compute_decode import DecodeResult
    from gui.workspaces.ctc.compute_lattice import LatticeRequest, LatticeResult
    from gui.workspaces.ctc.compute_learning import Learned
    from gui.workspaces.ctc.desk_model import DeskModel
    from gui.workspaces.ctc.state import CTCState, Toy

LIVE_FRAMES = 500  # of a batch whose sequence is computed between two frames of the screen


@final
@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """What the page gives to the rest of the window, of the sequence shown; no numbers where the loss refuses it."""

    strip: Strip | None = None
    notes: tuple[Note, ...] = ()
    value: float | None = None
    gradient_norm: float | None = None
    refusal: Text | None = None


@final
class CtcDesk(DeskPage):
    """Shows a problem with the CTC part of the state.

    Signals:
        state_edited(Edit[CTCState]), problem_edited(Edit[Problem]): what the user did.
        export_requested(): the picture is to be saved.
    """

    state_edited = Signal(object)
    problem_edited = Signal(object)
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parts = parts = DeskParts()
        super().__init__(parts.picture, parts.banner, parts.busy_line, parent)
        self.bar, self.go_line = parts.bar, parts.go_line
        self.lattice, self.brush, self.player = parts.lattice, parts.brush, parts.player
        self.collapse, self.side = parts.collapse, parts.side
        self._shown: tuple[Problem, CTCState] | None = None
        self._model: DeskModel | None = None
        self._compared: CompareResult | None = None
        self._previewed: tuple[Batch | None, int] | None = None
        self._lattices, self._batches = Pane(self), Pane(self)
        self._clinic, self._readings = Clinic(self), Readings(self)
        self._moves = Moves(parts, self)
        parts.lay_out(self)
        self._connect()
        self.bar.show_look(self.lattice.look)

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been drawn."""
        return super().is_idle and self._clinic.is_idle and self._readings.is_idle

    @property
    def model(self) -> DeskModel | None:
        """What is shown of the sequence; None before the first one, and for one that the loss refuses."""
        return self._model

    def show_state(self, problem: Problem, state: CTCState) -> None:
        """Show editors at once, and the picture as soon as it is computed."""
        if self._shown is not None and problem.base is not self._shown[0].base:
            self.banner.clear()  # what it says is about another batch
        self._shown = problem, state
        asked = compute_lattice.request(problem, state, self._descended(state))
        is_toy = asked.batch is None
        self.bar.show_state(state, self._title(problem, state, is_toy))
        self.side.show_state(problem, state, is_toy=is_toy)
        self.lattice.show_state(problem, state)
        quick = asked.batch is None or asked.batch.input.shape[0] <= LIVE_FRAMES
        if quick:
            self._previewed = None
        else:
            self._preview(asked, state)
        self._lattices.ask(asked, compute_lattice.compute, quick=quick)
        many = compute_sequences.request(problem)
        if many is not None:
            self._batches.ask(many, compute_sequences.compute, quick=False)

    def show_findings(self, findings: tuple[Notice, ...]) -> None:
        """What the doctor found of the batch, beside what the clinic finds of the sequence."""
        self.side.show_findings(findings)

    def refuse(self, error: InputError) -> None:
        """Say why an edit was refused, at its field or in the banner."""
        if not self.side.refuse(error.field, why(error.problem, error.remedy)):
            self.tell(error)

    def focus_view(self) -> None:
        """Give the keys to the lattice."""
        self.lattice.setFocus()

    def close(self) -> bool:
        """Stop what is being computed, for good."""
        for worker in (self._lattices, self._batches, self._clinic, self._readings):
            worker.close()
        return super().close()

    def takes_key(self, event: QKeyEvent) -> bool:
        return self._moves.takes(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._moves.take_key(event):
            super().keyPressEvent(event)

    # What was computed

    def _preview(self, asked: LatticeRequest, state: CTCState) -> None:
        """Of another sequence than the one shown, the emissions at once: its lattice takes a while."""
        key = asked.batch, asked.sequence
        if key == self._previewed:
            return
        self._previewed = key
        try:
            figure = waiting(compute_lattice.sequence_asked(asked)[1])
        except InputError:
            return  # as the answer will say
        if figure is not None:
            self._model = None
            self._moves.follow(state, None)
            self._show_lower(False)
            self.side.show_waiting()
            self.lattice.show_preview(figure)

    def _descended(self, state: CTCState) -> Toy | None:
        """The toy after the steps of descent that the state asks for, once these are known."""
        if state.learning is None:
            return None
        learned = self._readings.learn(toy_of(state))
        return None if learned is None else toy_after(learned, state.learning)

    def _receive(self, outcome: Outcome) -> None:
        assert self._shown is not None
        result: LatticeResult = outcome.result
        problem, state = self._shown
        self.dim(False)
        drawn = present_lattice.present(problem, state, result, self._comparison(result, state))
        self.lattice.draw(drawn)
        self._show_lower(result.refusal is None)
        if result.refusal is not None:
            self._model = None
            self._clinic.forget()
            self.side.show_refused()
            self._readings.forget()
            self._moves.follow(state, None)
            self.computed.emit(Shown(refusal=result.refusal.problem), outcome.seconds)
            return
        self._model = model = desk_model.present(result, state, self._model)
        self._show_model(model, state)
        self._clinic.examine(result)
        self._readings.read(result, state)
        self.computed.emit(Shown(drawn.strip, drawn.notes, drawn.value, drawn.gradient_norm), outcome.seconds)

    def _show_model(self, model: DeskModel, state: CTCState) -> None:
        # What was learned is not painted on: the strokes would fall on the toy that it began with.
        paintable = model.result.request.toy is not None and state.learning is None
        self.brush.show_toy(model.sequence if paintable else None)
        self.side.toy.bars.setEnabled(state.learning is None)
        self.player.draw(model.player)
        self.collapse.draw(model.sequence, model.collapse, model.collapse_model)
        self.collapse.strip.show_playhead(model.player.figure.frame)
        self.side.show_result(model.bars, model.side, model.player.figure.frame)
        self.side.decode.show_drawn(model.lattice, state.sampled)
        learned = None if state.learning is None else self._readings.learn(toy_of(state))
        if learned is not None and state.learning is not None:
            self.side.learn.show_model(present_learning.present(learned, state.learning))
        self._moves.follow(state, model)

    def _receive_batch(self, outcome: Outcome) -> None:
        self.side.show_sequences(outcome.result)

    def _receive_decoded(self, result: DecodeResult) -> None:
        self.side.decode.show_model(present_decode.present(result))

    def _receive_learned(self, _learned: Learned) -> None:
        if self._shown is not None and self._shown[1].learning is not None:
            self.show_state(*self._shown)

    def _receive_compared(self, result: CompareResult) -> None:
        self._compared = result
        self.side.compare.show_model(present_compare.present(result))
        if self._shown is not None and self._lattices.outcome is not None:
            comparison = self._comparison(result.request.result, self._shown[1])
            self.lattice.draw(present_lattice.present(*self._shown, result.request.result, comparison))

    def _comparison(self, result: LatticeResult, state: CTCState) -> Comparison | None:
        """What was found of the alpha that is open, if it was held against this lattice."""
        known = self._compared
        if known is None or known.request.result is not result or known.request.given is not state.given:
            return None
        return known.comparison

    def shows_busy(self, busy: set[QObject]) -> bool:
        return self._lattices in busy

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
            pane.busy.connect(self.set_busy)
        for worker in (self._lattices, self._clinic, self._readings):
            worker.failed.connect(self.fail)
        self._clinic.examined.connect(self.side.show_clinic)
        self._readings.decoded.connect(self._receive_decoded)
        self._readings.compared.connect(self._receive_compared)
        self._readings.learned.connect(self._receive_learned)
        for part in (self.bar, self.lattice, self.player, self.collapse, self.side, self.brush, self._moves):
            part.state_edited.connect(self._edit)
        for part in (self.lattice, self.player, self.collapse, self.side, self.brush):
            part.released.connect(self.released)
            part.hinted.connect(self.hinted)
        for part in (self.lattice, self.player, self.side, self.brush):
            part.cancelled.connect(self.cancelled)
        for part in (self.side, self.lattice):
            part.problem_edited.connect(self._edit_problem)
        self.side.segments.export_requested.connect(self._export_segments)
        self.bar.steps_requested.connect(self.player.toggle_steps)
        self.bar.fit_requested.connect(self.lattice.fit)
        self.bar.export_requested.connect(self.export_requested)
        self.bar.look_chosen.connect(self._set_look)
        self.lattice.look_changed.connect(self.bar.show_look)
        for receive in (self._show_zoom, self.player.player.show_axis, self.collapse.strip.show_axis):
            self.lattice.axis_changed.connect(receive)
