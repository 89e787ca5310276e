"""Why everything is blank at first: the descent from the toy, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.panel import Section
from gui.kit.step_plot import StepPlot
from gui.kit.theme import font
from gui.workspaces.ctc import reading_edits

if TYPE_CHECKING:
    from gui.workspaces.ctc.present_learning import LearningModel
    from gui.workspaces.ctc.state import CTCState

PERIOD = 120  # ms between two steps


@final
class LearnView(QWidget):
    """Signals: state_edited(Edit[CTCState]), released(), cancelled(), hinted(str)."""

    state_edited = Signal(object)
    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: LearningModel | None = None
        self._learning: int | None = None
        self._before: int | None = None
        self._runs = 0
        self.help, self.sentence = label("label", "text2", wrap=True), label("label", "text2", wrap=True)
        self.reason = label("caption", "text3", wrap=True)
        self.plot = StepPlot()
        self.play, self.uniform, self.keep, self.leave = (QPushButton() for _ in range(4))
        self._clock = QTimer(self)
        self._clock.setInterval(PERIOD)
        self._clock.timeout.connect(self._tick)
        self.section = Section(say("ctc", "Why all blanks"))
        self._lay_out()
        self._connect()
        self._retranslate()
        self.section.fold(True)

    @property
    def is_playing(self) -> bool:
        """Whether the steps follow one another by themselves."""
        return self._clock.isActive()

    def show_state(self, state: CTCState) -> None:
        """Show whether a descent is shown; without one only how it begins."""
        if state.learning is None:
            self._stop()
            self._model = None
        self._learning = state.learning
        for part in (self.plot, self.sentence, self.reason, self.keep, self.leave):
            part.setVisible(state.learning is not None)
        self.help.setVisible(state.learning is None)
        self.uniform.setVisible(state.learning is None)

    def show_model(self, model: LearningModel) -> None:
        """Show a step of the descent."""
        self._model = model
        self.plot.show_figure(model.figure)
        self.sentence.setText(tr_text(model.sentence))
        self.reason.setText(tr_text(model.reason))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def toggle(self) -> None:
        """Play from where it stands, from the start at the end; or stop."""
        if self.is_playing:
            self._stop()
            self.released.emit()
            return
        self._runs += 1
        model = self._model
        at_end = model is not None and model.step >= model.steps
        self._clock.start()
        self._show_clock()
        if self._learning is None or at_end:
            self._go(0)

    def _tick(self) -> None:
        model = self._model
        if model is None:
            return
        if model.step >= model.steps:
            self._stop()
            self.released.emit()
        else:
            self._go(model.step + 1)

    def _stop(self) -> None:
        self._clock.stop()
        self._show_clock()

    def _begin(self) -> None:
        self._stop()
        self._runs += 1
        self._before = self._learning

    def _go(self, step: int) -> None:
        self.state_edited.emit(reading_edits.show_descent(step, f"learning-{self._runs}"))

    def _cancel(self) -> None:
        """Back, if the drag has changed anything: else the step before it would be undone."""
        if self._before != self._learning:
            self.cancelled.emit()

    def _open_uniform(self) -> None:
        self._stop()
        self.state_edited.emit(reading_edits.learn_from_equal())
        self.toggle()

    def _keep(self) -> None:
        if self._model is not None:
            self.state_edited.emit(reading_edits.keep_descended(self._model.logits))

    def _leave(self) -> None:
        self.state_edited.emit(reading_edits.end_descent())

    def _hint(self, inside: bool) -> None:
        hint = say("ctc", "Drag over the curves, or use the arrows: the lattice shows the emissions of that step")
        self.hinted.emit(tr_text(hint) if inside else "")

    def _connect(self) -> None:
        self.play.clicked.connect(self.toggle)
        self.uniform.clicked.connect(self._open_uniform)
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(self._leave)
        self.plot.began.connect(self._begin)
        self.plot.moved.connect(self._go)
        self.plot.ended.connect(self.released)
        self.plot.cancelled.connect(self._cancel)
        self.plot.hovered.connect(self._hint)

    def _lay_out(self) -> None:
        first, second = _row(self.play, self.uniform), _row(self.keep, self.leave)
        for part in (self.help, first, self.plot, self.sentence, self.reason, second):
            self.section.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)

    def _show_clock(self) -> None:
        self.play.setIcon(icon("pause" if self.is_playing else "play"))
        self.play.setText(self.tr("Stop") if self.is_playing else self.tr("Learn"))

    def _retranslate(self) -> None:
        self.help.setText(
            tr_text(
                say(
                    "ctc",
                    "Follow the gradient of the logits from these emissions: the blank comes first, then the labels "
                    "rise out of it as spikes. Equal emissions show it best.",
                )
            )
        )
        self._show_clock()
        self.play.setToolTip(self.tr("Gradient steps on the logits of every frame"))
        self.uniform.setText(self.tr("From equal emissions"))
        self.uniform.setToolTip(self.tr("All classes equally likely in twenty frames or more"))
        self.keep.setText(self.tr("Keep"))
        self.keep.setToolTip(self.tr("Let the emissions of this step be the toy"))
        self.leave.setText(self.tr("Back to the toy"))
        self.leave.setToolTip(self.tr("Show the emissions as they were made"))
        if self._model is not None:
            self.show_model(self._model)


def _row(*buttons: QPushButton) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for button in buttons:
        button.setProperty("pill", "true")
        button.setFont(font("label"))
        line.addWidget(button)
    line.addStretch(1)
    return row
