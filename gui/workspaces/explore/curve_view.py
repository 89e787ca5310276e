"""The tab of the curves: shows the model, and says what the user did to probe, target and beta."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.kit.curve_plot import CurvePlot
from gui.kit.workspace import WorkspaceView
from gui.workspaces.explore import edits
from gui.workspaces.explore.curve_range import Span
from gui.workspaces.explore.present_curve import read_out

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.problem import Problem
    from gui.workspaces.explore.present_curve import CurveModel
    from gui.workspaces.explore.state import ExploreState

BETA_STEP = 0.05
KEY_PAUSE = 600  # ms without a key after which the next one is a step of its own


@final
class CurveView(WorkspaceView):
    """Value and gradient along one axis; see WorkspaceView for the other signals.

    Signals:
        span_changed(): the user zoomed or panned: compute the curves again, for `span`.
    """

    span_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._state: ExploreState | None = None
        self._model: CurveModel | None = None
        self._runs = 0
        self._pause = QTimer(self, interval=KEY_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._end_run)
        self.plot = CurvePlot(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.plot)
        self.setFocusProxy(self.plot)
        self._connect()

    @property
    def span(self) -> Span | None:
        """The part of the axis in view, for the next request; None before anything was drawn."""
        if self._model is None or self.plot.frame is None:
            return None
        return Span(self._model.figure.key, *self.plot.frame.x)

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Remember what the next edit starts from."""
        self._problem, self._state = problem, state

    def draw(self, model: CurveModel) -> None:
        """Show what was computed."""
        self._model = model
        self.plot.draw(model.figure)

    def fit(self) -> None:
        """Back to the range that fits."""
        self.plot.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the whole tab: they come here when no handle took them."""
        steps = {Qt.Key.Key_BracketLeft: -1, Qt.Key.Key_BracketRight: 1}.get(Qt.Key(event.key()))
        beta = getattr(self._problem.loss, "beta", None) if self._problem else None
        if steps is None or beta is None:
            event.ignore()
            return
        self._pause.start()
        wanted = max(round(beta + steps * BETA_STEP, 6), 0.0)
        self.problem_edited.emit(edits.set_beta(wanted, f"beta-{self._runs}"))

    def _connect(self) -> None:
        self.plot.moved.connect(self._move)
        self.plot.typed.connect(self._type)
        self.plot.released.connect(self.released)
        self.plot.cancelled.connect(self.cancelled)
        self.plot.hinted.connect(self.hinted)
        self.plot.framed.connect(self.span_changed)
        self.plot.pointed.connect(self._point_at)

    def _move(self, key: str, x: float, run: str) -> None:
        """A handle is where the axis shows x."""
        if self._problem is None or self._state is None:
            return
        if key == "probe":
            self.state_edited.emit(edits.move_x(self._problem, x, run))
        elif key == "target":
            self.state_edited.emit(edits.move_target(self._problem, x, run))
        else:
            self.problem_edited.emit(edits.move_beta(x, self._state.scalar.y, run))

    def _type(self, key: str, value: float) -> None:
        """A number was typed for a handle."""
        if self._problem is None:
            return
        if key == "probe":
            self.state_edited.emit(edits.move_x(self._problem, value))
        elif key == "target":
            self.state_edited.emit(edits.set_target(self._problem, value))
        else:
            self.problem_edited.emit(edits.set_beta(value))
        self.released.emit()

    def _point_at(self, x: float | None) -> None:
        if x is not None and self._model is not None:
            self.plot.show_read_out(read_out(self._model, x))
        else:
            self.plot.show_read_out(None)

    def _end_run(self) -> None:
        self._runs += 1
        self.released.emit()
