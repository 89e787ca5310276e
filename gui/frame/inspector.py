"""The inspector: parameters, the probe, weights, diagnosis."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.reweighting import Place, places
from core.text import Text, say
from gui.frame import fields
from gui.frame.probe_table import ProbeTable
from gui.frame.weights import place_labels, weight_model
from gui.kit.diagnosis_list import DiagnosisList
from gui.kit.form import ParamForm
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.panel import Section
from gui.kit.segment import Segment
from gui.kit.theme import font
from gui.kit.weight_editor import WeightEditor

if TYPE_CHECKING:
    from gui.kit.notice import Notice
    from gui.state import AppState
    from gui.workspaces.explore.present_curve import LossRow

WIDTH = 300


@final
class Inspector(QFrame):
    """Shows the state and what was found; what the user does comes out of its parts' own signals.

    Signals:
        about_requested(): the card of the loss.
        step_requested(), descend_requested(): of the probe's path.
        place_chosen(): another thing is weighted now.
    """

    about_requested = Signal()
    step_requested = Signal()
    descend_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setFixedWidth(WIDTH)
        self.form = ParamForm()
        self.about = QPushButton()
        self.table = ProbeTable()
        self.weights = WeightEditor()
        self.place_choice = Segment()
        self.diagnosis = DiagnosisList()
        self.path = QLabel(wordWrap=True, font=font("label"))  # type: ignore[call-overload] Qt takes properties by name
        self.step, self.descend = QPushButton(), QPushButton()
        self._place: Place | None = None
        self._state: AppState | None = None
        self._weighed: tuple[object, ...] = ()
        self._sections()
        self._lay_out()
        self._retranslate()
        self.place_choice.chosen.connect(self._choose_place)

    @property
    def place(self) -> Place | None:
        """What the weight editor edits."""
        return self._place

    def show_state(self, state: AppState, *, of_probe: bool = True) -> None:
        """Show parameters and weights at once, and what belongs to the probe only where there is one."""
        self._state = state
        loss = state.problem.loss
        before, after = (fields.before(state), fields.after(state)) if of_probe else ((), ())
        self.form.show_extra(before, after)
        self.form.show_values(loss)
        for name, value in fields.values(state).items() if of_probe else ():
            self.form.show_value(name, value)
        if not of_probe:
            self.show_probe((), None)
        self._parameters.show_title(say("inspector", "Parameters"), loss.name)
        offered = places(loss)
        if self._place not in offered:
            self._place = offered[0] if offered else None
        self._show_weights()

    def show_probe(self, rows: tuple[LossRow, ...], path: Text | None) -> None:
        """What the view computed of the probe."""
        self._probe.setVisible(len(rows) > 1)
        self.table.show_rows(rows)
        self._descent.setVisible(path is not None)
        self.path.setText(tr_text(path) if path else "")

    def show_notices(self, notices: tuple[Notice, ...]) -> None:
        """What was found."""
        self.diagnosis.show_notices(notices)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose_place(self, key: str) -> None:
        assert self._state is not None
        offered = places(self._state.problem.loss)
        self._place = next(place for place in offered if f"{place.field}-{place.by}" == key)
        self._show_weights()

    def _show_weights(self) -> None:
        assert self._state is not None
        place, problem, names = self._place, self._state.problem, self._state.explore.classes.names
        if (shown := (place, problem, names)) == self._weighed:
            return
        self._weighed = shown
        self.weights.setVisible(place is not None)
        offered = places(problem.loss)
        self.place_choice.setVisible(len(offered) > 1)
        if place is None:
            return
        self.place_choice.show_choices([(key, tr_text(words)) for key, words in place_labels(offered)])
        self.place_choice.choose(f"{place.field}-{place.by}")
        self.weights.show_model(weight_model(problem, place, names))

    def _sections(self) -> None:
        self._parameters = Section(say("inspector", "Parameters"))
        self._parameters.add_form(self.form)
        self.about.setProperty("link", "true")
        self.about.setFont(font("label"))
        self.about.setIcon(icon("info", "accent"))
        self.about.clicked.connect(self.about_requested)
        self._parameters.add(self.about)
        self._probe = Section(say("inspector", "At the probe"))
        self._probe.add(self.table)
        self._descent = Section(say("inspector", "Probe path"))
        self.path.setProperty("role", "text2")
        self._descent.add(self.path)
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        for button, name, signal in (
            (self.step, "next", self.step_requested),
            (self.descend, "play", self.descend_requested),
        ):
            button.setIcon(icon(name))
            button.clicked.connect(signal)
            line.addWidget(button)
        line.addStretch(1)
        self._descent.add(buttons)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        margin = QWidget()
        choice_line = QHBoxLayout(margin)
        choice_line.setContentsMargins(16, 8, 16, 0)
        choice_line.addWidget(self.place_choice)
        for part in (self._parameters, self._probe, margin, self.weights, self.diagnosis, self._descent):
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

    def _retranslate(self) -> None:
        self.about.setText(self.tr("About this loss"))
        self.step.setText(self.tr("Step"))
        self.step.setToolTip(self.tr("One step of gradient descent (F10)"))
        self.descend.setText(self.tr("Descend"))
        self.descend.setToolTip(self.tr("Steps until the loss no longer falls (F5)"))
        self.place_choice.setAccessibleName(self.tr("What is weighted"))
