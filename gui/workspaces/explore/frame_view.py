"""The Frame tab: the emissions of one sequence, the bars of one of its frames, and what the sequence costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from core.text import say
from gui.edit import Edit
from gui.kit.empty_panel import EmptyPanel
from gui.kit.frame_bars import FrameBarsPlot
from gui.kit.frame_plot import EmissionPlot
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.style_sheet import restyle
from gui.kit.workspace import WorkspaceView
from gui.workspaces.explore.state import ExploreState, FrameProbe

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.problem import Problem
    from gui.workspaces.explore.present_frame import FrameModel

SIDE = 260
MOST_FACTS = 6
STEPS = {Qt.Key.Key_Comma: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Period: 1, Qt.Key.Key_Right: 1}
STEPS_BY_TEN = {Qt.Key.Key_Less: -10, Qt.Key.Key_Greater: 10}  # Shift+comma and Shift+full stop on many keyboards


@final
class FrameView(WorkspaceView):
    """Keys: comma and full stop, or arrows, go by one frame, with Shift by ten; Home and End to either end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: FrameModel | None = None
        self._state: ExploreState | None = None
        self._before: ExploreState | None = None
        self._drags = 0
        self.plot = EmissionPlot()
        self.bars = FrameBarsPlot()
        self.sequences = QComboBox()
        self.facts = [label("label", "text2", wrap=True) for _ in range(MOST_FACTS)]
        self.empty = EmptyPanel()
        self._lay_out()
        self.setFocusProxy(self.plot)
        self._connect()
        self._retranslate()

    def show_state(self, _problem: Problem, state: ExploreState) -> None:
        """Remember what a drag begins with; the picture comes with `draw`."""
        self._state = state

    def draw(self, model: FrameModel) -> None:
        """Paint what was computed."""
        self._model = model
        self._pages.setCurrentIndex(0 if model.emission is not None else 1)
        if model.empty is not None:
            self.empty.show_state(model.empty)
        if model.emission is not None and model.bars is not None:
            self.plot.draw(model.emission)
            self.bars.draw(model.bars)
        self._show_choices(model)
        self._show_facts(model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        frame = self._frame_after(event)
        if frame is None:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self._drags += 1
        self._go_to(frame)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._frame_after(event) is not None and not event.isAutoRepeat():
            self.released.emit()
            return
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._model is not None:
                self.draw(self._model)
        super().changeEvent(event)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 10, 16, 6)
        column.setSpacing(5)
        column.addWidget(self.sequences)
        for fact in self.facts:
            column.addWidget(fact)
        column.addStretch(1)
        rule, across = QFrame(), QFrame()
        rule.setObjectName("vline")
        across.setObjectName("hairline")
        rule.setFixedWidth(1)
        across.setFixedHeight(1)
        foot = QHBoxLayout()
        for widget, stretch in ((self.bars, 1), (rule, 0), (side, 0)):
            foot.addWidget(widget, stretch)
        picture = QWidget()
        rows = QVBoxLayout(picture)
        for box in (foot, rows):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        rows.addWidget(self.plot)
        rows.addWidget(across)
        rows.addLayout(foot, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(picture)
        self._pages.addWidget(self.empty)

    def _connect(self) -> None:
        self.plot.began.connect(self._begin)
        self.plot.moved.connect(self._go_to)
        self.plot.ended.connect(self.released)
        self.plot.cancelled.connect(self._cancel)
        self.plot.hovered.connect(self._hint)
        self.sequences.activated.connect(self._choose)

    def _retranslate(self) -> None:
        self.sequences.setAccessibleName(self.tr("Sequence, the largest loss first"))
        self.sequences.setToolTip(self.tr("Sequences of the batch, the largest loss first"))

    def _show_choices(self, model: FrameModel) -> None:
        words = [tr_text(choice.text) for choice in model.choices]
        if [self.sequences.itemText(i) for i in range(self.sequences.count())] != words:
            self.sequences.clear()
            self.sequences.addItems(words)
        self.sequences.setCurrentIndex(model.chosen)
        self.sequences.setVisible(len(words) > 1)

    def _show_facts(self, model: FrameModel) -> None:
        for place, words in enumerate(self.facts):
            shown = place < len(model.facts)
            words.setVisible(shown)
            if not shown:
                continue
            fact = model.facts[place]
            words.setText(tr_text(fact.text))
            if words.property("role") != fact.role:
                words.setProperty("role", fact.role)
                restyle(words)

    def _begin(self) -> None:
        self._drags += 1
        self._before = self._state

    def _cancel(self) -> None:
        """Back, if the drag has changed anything: else the step before it would be undone."""
        if self._state is not self._before:
            self.cancelled.emit()

    def _frame_after(self, event: QKeyEvent) -> int | None:
        """Where a key leads; None if it leads nowhere."""
        figure = None if self._model is None else self._model.emission
        if figure is None:
            return None
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return 0 if key == Qt.Key.Key_Home else figure.frames - 1
        by_ten = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        step = STEPS_BY_TEN.get(key) or STEPS.get(key, 0) * by_ten
        return min(max(figure.frame + step, 0), figure.frames - 1) if step else None

    def _go_to(self, frame: int) -> None:
        def update(state: ExploreState) -> ExploreState:
            if state.frame.frame == frame:
                return state
            return replace(state, frame=replace(state.frame, frame=frame))

        self.state_edited.emit(Edit(say("explore", "Go to frame {frame}", frame=frame), update, f"frame-{self._drags}"))

    def _choose(self, index: int) -> None:
        if self._model is None:
            return
        sequence = self._model.choices[index].sequence

        def update(state: ExploreState) -> ExploreState:
            return replace(state, frame=FrameProbe(sequence, 0), row=sequence)

        self.state_edited.emit(Edit(say("explore", "Choose sequence {n}", n=sequence), update))

    def _hint(self, inside: bool) -> None:
        hint = say("explore", "Drag the playhead · , and . step by a frame, Shift by ten · Home, End")
        self.hinted.emit(tr_text(hint) if inside else "")
