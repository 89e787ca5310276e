"""The Surface tab: the loss over prediction and target, and the sections through the probe."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtWidgets import QGridLayout, QStackedLayout, QWidget

from core.text import say
from gui.edit import Edit
from gui.kit.empty_panel import EmptyPanel
from gui.kit.slice_plot import SlicePlot
from gui.kit.surface_plot import Readings, SectionPlot
from gui.kit.workspace import WorkspaceView
from gui.workspaces.explore.edits import move_x, set_target

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.explore.present_surface import SurfaceModel
    from gui.workspaces.explore.state import ExploreState

FINER = 0.1  # of a key's step where the axis is a probability


@final
class SurfaceView(WorkspaceView):
    """The disc moves prediction and target at once; arrow keys move either."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._state: ExploreState | None = None
        self._model: SurfaceModel | None = None
        self._before: ExploreState | None = None
        self._drags = 0
        self.plot = SlicePlot()
        self.along_x, self.along_y = SectionPlot(upright=False), SectionPlot(upright=True)
        self.readings = Readings()
        self.empty = EmptyPanel()
        picture = QWidget()
        grid = QGridLayout(picture)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.plot, 0, 0)
        grid.addWidget(self.along_y, 0, 1)
        grid.addWidget(self.along_x, 1, 0)
        grid.addWidget(self.readings, 1, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(picture)
        self._pages.addWidget(self.empty)
        self.setFocusProxy(self.plot)
        self.plot.moved.connect(self._drag)
        self.plot.stepped.connect(self._step)
        self.plot.released.connect(self._end)
        self.plot.cancelled.connect(self._cancel)
        self.plot.hinted.connect(self.hinted)

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Remember what edits start from; the picture comes with `draw`."""
        self._problem, self._state = problem, state

    def draw(self, model: SurfaceModel) -> None:
        """Paint what was computed."""
        self._model = model
        self._pages.setCurrentIndex(0 if model.surface is not None else 1)
        if model.empty is not None:
            self.empty.show_state(model.empty)
        if model.surface is not None and model.along_x is not None and model.along_y is not None:
            self.plot.draw(model.surface)
            self.along_x.draw(model.along_x)
            self.along_y.draw(model.along_y)
            self.readings.draw(model.readings)

    def _drag(self, x: float, y: float) -> None:
        if self._before is None:
            self._before = self._state
        self._move(x, y, f"surface-drag-{self._drags}")

    def _move(self, x: float, y: float, merge_key: str) -> None:
        """Both coordinates in one edit."""
        if self._problem is None:
            return
        to_x, to_y = move_x(self._problem, x), set_target(self._problem, y)
        label = say("explore", "Move input and target")
        self.state_edited.emit(Edit(label, lambda state: to_y.update(to_x.update(state)), merge_key))

    def _step(self, dx: float, dy: float) -> None:
        if self._problem is None or self._state is None or self._model is None or self._model.surface is None:
            return
        x0, x1, y0, y1 = self._model.surface.extent
        probe = self._state.scalar
        x = probe.x + dx * (FINER if x1 - x0 <= 1 else 1)
        y = probe.y + dy * (FINER if y1 - y0 <= 1 else 1)
        self._move(min(max(round(x, 10), x0), x1), min(max(round(y, 10), y0), y1), f"surface-keys-{self._drags}")

    def _end(self) -> None:
        self._drags += 1
        self._before = None
        self.released.emit()

    def _cancel(self) -> None:
        """Back, if the drag has changed anything: else the step before it would be undone."""
        changed = self._before is not None and self._state is not self._before
        self._drags += 1
        self._before = None
        if changed:
            self.cancelled.emit()
