"""The side pane of the CTC page: toy or sequences, parameters, diagnosis, gradient, segments, readings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.losses.ctc import CTCLoss
from core.params import specs
from core.text import say
from gui.kit.form import ParamForm
from gui.kit.panel import Section
from gui.workspaces.ctc import side_edits, toy_edits
from gui.workspaces.ctc.clinic_view import ClinicView
from gui.workspaces.ctc.compare_view import CompareView
from gui.workspaces.ctc.decode_view import DecodeView
from gui.workspaces.ctc.learn_view import LearnView
from gui.workspaces.ctc.segments_view import SegmentsView
from gui.workspaces.ctc.sequences_view import SequencesView
from gui.workspaces.ctc.toy_edits import toy_of
from gui.workspaces.ctc.toy_view import ToyView
from gui.workspaces.ctc.truth_view import TruthView

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.kit.notice import Notice
    from gui.kit.share_bar import ShareBar
    from gui.workspaces.ctc.compute_sequences import SequencesResult
    from gui.workspaces.ctc.compute_side import SideResult
    from gui.workspaces.ctc.present_clinic import ClinicModel
    from gui.workspaces.ctc.state import CTCState

WIDTH = 300


@final
class SidePane(QFrame):
    """Signals: state_edited(Edit[CTCState]), problem_edited(Edit[Problem]), released(), cancelled(), hinted(str)."""

    state_edited = Signal(object)
    problem_edited = Signal(object)
    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setFixedWidth(WIDTH)
        self._is_toy = True
        self._findings: tuple[Notice, ...] = ()
        self._clinic_model: ClinicModel | None = None
        self.toy = ToyView()
        self.sequences = SequencesView()
        self.form = ParamForm()
        self.clinic = ClinicView()
        self.truth = TruthView()
        self.segments = SegmentsView()
        self.decode, self.compare, self.learn = DecodeView(), CompareView(), LearnView()
        self._sequences_section = Section(say("ctc", "Sequences"))
        self._sequences_section.add(self.sequences)
        self._parameters = Section(say("ctc", "Parameters"), "CTCLoss")
        self._parameters.add_form(self.form)
        self._lay_out()
        self._connect()

    def show_state(self, problem: Problem, state: CTCState, *, is_toy: bool) -> None:
        """Show the editors at once."""
        self._is_toy = is_toy
        for part in (self.toy, self.learn):
            part.setVisible(is_toy)
        self._sequences_section.setVisible(not is_toy)
        loss = problem.loss if isinstance(problem.loss, CTCLoss) else CTCLoss()
        self.form.show_values(replace(loss, blank=toy_of(state).blank) if is_toy else loss)
        self._parameters.setVisible(isinstance(problem.loss, CTCLoss))
        if is_toy:
            self.toy.show_state(state)
            self.learn.show_state(state)
        self.compare.show_state(state)
        self.sequences.show_sequence(state.sequence)
        self.truth.show_state(state)

    def show_sequences(self, result: SequencesResult) -> None:
        """Show all sequences of the batch; a batch of one needs no choice."""
        self.sequences.show_result(result)
        self._sequences_section.show_title(say("ctc", "Sequences"), str(len(result.losses)))
        self._sequences_section.setVisible(not self._is_toy and len(result.losses) > 1)

    def show_result(self, bars: tuple[ShareBar, ...], result: SideResult, frame: int) -> None:
        """Show what was computed of the sequence, and of the frame at the playhead."""
        self._show_readings(True)
        self.toy.show_bars(bars)
        self.truth.show_result(result, frame)
        self.segments.show_result(result, frame)

    def show_clinic(self, model: ClinicModel) -> None:
        """Show what was found of the sequence."""
        self._clinic_model = model
        self._tell()

    def show_waiting(self) -> None:
        """There is nothing of the sequence yet."""
        self._clinic_model = None
        self._show_readings(False)
        self._tell()

    def show_refused(self) -> None:
        """There is no sequence to look at: the loss refuses the batch."""
        self.show_waiting()
        self._sequences_section.hide()

    def show_findings(self, findings: tuple[Notice, ...]) -> None:
        """Show what the doctor found of the batch, too."""
        self._findings = findings
        self._tell()

    def _show_readings(self, shown: bool) -> None:
        for part in (self.truth, self.segments, self.decode, self.compare):
            part.setVisible(shown)

    def _tell(self) -> None:
        if self._clinic_model is None:
            self.clinic.show_findings(self._findings)
        else:
            self.clinic.show_model(self._clinic_model, self._findings)

    def refuse(self, field: str, message: str) -> bool:
        """Say at the field why an edit was refused; False if it has no field here."""
        places = (self.compare, self.form, *((self.toy,) if self._is_toy else ()))
        return any(place.refuse(field, message) for place in places)

    def _set_param(self, name: str, value: object, merge_key: str) -> None:
        if name == "blank" and self._is_toy and isinstance(value, int):
            self.state_edited.emit(toy_edits.set_blank(value))
        else:
            self.problem_edited.emit(side_edits.set_param(name, value, merge_key or None))

    def _reset_param(self, name: str) -> None:
        default = next(spec.default for spec in specs(CTCLoss) if spec.name == name)
        self._set_param(name, default, "")

    def _choose_sequence(self, sequence: int) -> None:
        self.state_edited.emit(side_edits.choose_sequence(sequence))

    def _connect(self) -> None:
        self.form.edited.connect(self._set_param)
        self.form.reset.connect(self._reset_param)
        self.sequences.chosen.connect(self._choose_sequence)
        for part in (self.truth, self.toy, self.decode, self.compare, self.learn):
            part.state_edited.connect(self.state_edited)
        for part in (self.toy, self.learn):
            part.hinted.connect(self.hinted)
        for part in (self.form, self.toy, self.learn):
            part.released.connect(self.released)
            part.cancelled.connect(self.cancelled)
        self.compare.released.connect(self.released)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        above = (self.toy, self.learn, self._sequences_section, self._parameters)
        below = (self.clinic, self.truth, self.segments, self.decode, self.compare)
        for part in (*above, *below):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        for filled in (content, scroll.viewport()):
            filled.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
