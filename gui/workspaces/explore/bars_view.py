"""The tab "Bars + slice": one row of class scores as bars, and the loss around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from core.text import Text, say
from gui.edit import Edit
from gui.kit.bars_plot import BarsPlot
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.line_plot import LinePlot
from gui.kit.slice_plot import SlicePlot
from gui.kit.splitter import HairlineSplitter
from gui.kit.workspace import WorkspaceView
from gui.workspaces.explore import row_edits

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.problem import Problem
    from gui.workspaces.explore.present_bars import BarsModel
    from gui.workspaces.explore.state import ExploreState

KEY_PAUSE = 600  # ms without a key after which the next one is a step of its own
LEFT_SHARE, UPPER_SHARE = (442, 474), (478, 158)


@final
class BarsView(WorkspaceView):
    """Bars that are dragged, a slice through the loss, and a line search; see WorkspaceView for the signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars, self.slice, self.line = BarsPlot(), SlicePlot(), LinePlot()
        self._empty = label("body", "text3", wrap=True)
        self._problem: Problem | None = None
        self._state: ExploreState | None = None
        self._model: BarsModel | None = None
        self._run = 0
        self._seed = 0
        self._pause = QTimer(self, interval=KEY_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._end_run)
        self._right = self._make_right(self._empty)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.bars)

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Remember what the next edit starts from."""
        self._problem, self._state = problem, state

    def draw(self, model: BarsModel) -> None:
        """Show what was computed."""
        self._model = model
        self.bars.draw(model.bars)
        self.slice.draw(model.slice)
        self.line.draw(model.line)
        if model.slice is None and model.empty is not None:
            self._empty.setText(tr_text(model.empty))
        self._right.setCurrentIndex(1 if model.slice is None else 0)

    def randomize(self) -> None:
        """New logits, other ones each time."""
        self._seed += 1
        self._emit(say("explore", "Randomize the logits"), row_edits.randomize(self._seed))
        self.released.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._model is not None:
            self.draw(self._model)
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the whole tab: they come here when no plot took them."""
        key, state = event.key(), self._state
        if state is None or event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            event.ignore()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_0 < state.classes.z.size:
            self._select(key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_T:
            self._set_target(state.classes.focus)
        elif key == Qt.Key.Key_N:
            self.randomize()
        else:
            event.ignore()

    def _lay_out(self) -> None:
        halves = HairlineSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.bars)
        halves.addWidget(self._right)
        for k, share in enumerate(LEFT_SHARE):
            halves.setStretchFactor(k, share)
        halves.setSizes(list(LEFT_SHARE))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(halves)

    def _make_right(self, empty: QLabel) -> QStackedWidget:
        plots = HairlineSplitter(Qt.Orientation.Vertical)
        plots.addWidget(self.slice)
        plots.addWidget(self.line)
        for k, share in enumerate(UPPER_SHARE):
            plots.setStretchFactor(k, share)
        plots.setSizes(list(UPPER_SHARE))
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setMargin(32)
        right = QStackedWidget()
        right.addWidget(plots)
        right.addWidget(empty)
        return right

    def _connect(self) -> None:
        self.bars.logit_moved.connect(self._move_logit)
        self.bars.share_moved.connect(self._move_share)
        self.bars.logit_stepped.connect(self._step_logit)
        self.bars.selected.connect(self._select)
        self.bars.target_chosen.connect(self._set_target)
        self.slice.moved.connect(self._move_pair)
        self.slice.stepped.connect(self._step_pair)
        for plot in (self.bars, self.slice):
            plot.released.connect(self._end_run)
            plot.cancelled.connect(self._cancel)
            plot.hinted.connect(self.hinted)

    def _move_logit(self, index: int, value: float) -> None:
        self._emit(say("explore", "Move the logit of {name}", name=self._name(index)),
                   row_edits.set_logit(index, value), f"logit-{index}")  # fmt: skip

    def _move_share(self, index: int, share: float) -> None:
        assert self._problem is not None
        smoothing = max(0.0, float(getattr(self._problem.loss, "label_smoothing", 0.0)))
        self._emit(say("explore", "Move the target of {name}", name=self._name(index)),
                   row_edits.set_share(index, share, smoothing), f"share-{index}")  # fmt: skip

    def _step_logit(self, index: int, step: float) -> None:
        self._emit(say("explore", "Move the logit of {name}", name=self._name(index)),
                   row_edits.add_to_logit(index, step), f"logit-{index}")  # fmt: skip
        self._pause.start()

    def _move_pair(self, x: float, y: float) -> None:
        assert self._state is not None
        first, second = self._state.classes.pair
        self._emit(say("explore", "Move two logits"), row_edits.set_logits({first: x, second: y}), "pair")

    def _step_pair(self, dx: float, dy: float) -> None:
        assert self._state is not None
        first, second = self._state.classes.pair
        self._emit(say("explore", "Move two logits"), row_edits.add_to_logits({first: dx, second: dy}), "pair")
        self._pause.start()

    def _select(self, index: int) -> None:
        self._emit(say("explore", "Choose a class"), row_edits.select(index), "select")

    def _set_target(self, index: int) -> None:
        self._emit(say("explore", "Make {name} the target", name=self._name(index)), row_edits.set_target(index))

    def _emit(self, words: Text, update: row_edits.Update, run: str | None = None) -> None:
        """An edit; those of one run, a drag or keys in quick succession, make one step."""
        key = None if run is None else f"{run}-{self._run}"
        self.state_edited.emit(Edit(words, update, key))

    def _end_run(self) -> None:
        self._pause.stop()
        self._run += 1
        self.released.emit()

    def _cancel(self) -> None:
        self._run += 1
        self.cancelled.emit()

    def _name(self, index: int) -> str:
        assert self._state is not None
        names = self._state.classes.names
        return names[index] if index < len(names) else str(index)
