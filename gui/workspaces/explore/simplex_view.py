"""The Simplex tab: the triangle, the column beside it, and the edits that dragging them makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from core.text import Text, say
from gui.edit import Edit
from gui.kit.empty_panel import EmptyPanel
from gui.kit.i18n import tr_text
from gui.kit.simplex_column import SimplexBars
from gui.kit.simplex_plot import SimplexPlot
from gui.kit.workspace import WorkspaceView
from gui.workspaces.explore.row_edits import set_target
from gui.workspaces.explore.simplex_edits import (
    SNAP,
    Update,
    flow_switched,
    point_at,
    reduced_to_three,
    target_at,
    weights_of_three,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.arrays import FloatArray
    from core.problem import Problem
    from gui.workspaces.explore.present_simplex import SimplexModel
    from gui.workspaces.explore.state import ExploreState

DIGITS = {Qt.Key.Key_0: 0, Qt.Key.Key_1: 1, Qt.Key.Key_2: 2}


@final
class SimplexView(WorkspaceView):
    """Keys: arrows move the handle in focus, 0 1 2 choose the target, F shows the flow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._state: ExploreState | None = None
        self._before: ExploreState | None = None
        self._drags = 0
        self.plot = SimplexPlot()
        self.column = SimplexBars()
        self.empty = EmptyPanel()
        picture = QWidget()
        row = QHBoxLayout(picture)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.plot, 1)
        row.addWidget(self.column)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(picture)
        self._pages.addWidget(self.empty)
        self.setFocusProxy(self.plot)
        self._connect()

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Remember what edits start from; the picture comes with `draw`."""
        self._problem, self._state = problem, state

    def draw(self, model: SimplexModel) -> None:
        """Paint what was computed."""
        if model.figure is not None and model.column is not None:
            self.plot.draw(model.figure)
            self.column.draw(model.column)
        elif model.empty is not None:
            self.empty.show_state(model.empty)
        self._pages.setCurrentIndex(0 if model.figure is not None else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        corner = DIGITS.get(Qt.Key(event.key()))
        if corner is not None:
            self._edit(say("explore", "Choose the target"), set_target(corner))
        elif event.key() == Qt.Key.Key_F:
            self._edit(say("explore", "Switch the gradient flow"), flow_switched)
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.plot.began.connect(self._begin)
        self.plot.point_moved.connect(self._move_point)
        self.plot.target_moved.connect(self._move_target)
        self.plot.ended.connect(self.released)
        self.plot.cancelled.connect(self._cancel)
        self.plot.hovered.connect(self._hint)
        self.empty.pressed.connect(self._use_three)

    def _begin(self) -> None:
        self._drags += 1
        self._before = self._state

    def _cancel(self) -> None:
        """Back, if the drag has changed anything: else the step before it would be undone."""
        if self._state is not self._before:
            self.cancelled.emit()

    def _move_point(self, p: FloatArray) -> None:
        if self._problem is not None:
            self._edit(say("explore", "Move the prediction"), point_at(self._problem.loss, p), "point")

    def _move_target(self, q: FloatArray, free: bool) -> None:
        if self._problem is not None:
            snap = 0.0 if free else SNAP
            self._edit(say("explore", "Move the target"), target_at(self._problem.loss, q, snap), "target")

    def _use_three(self) -> None:
        """The classes and their weights together, in one step."""
        self._begin()
        if self._problem is None or self._state is None:
            return
        label, probe = say("explore", "Use three classes"), self._state.classes
        if weights_of_three(self._problem, probe) is not self._problem:
            key = f"simplex-three-{self._drags}"
            self.problem_edited.emit(Edit(label, lambda problem: weights_of_three(problem, probe), key))
        self._edit(label, reduced_to_three, "three")
        self.released.emit()

    def _edit(self, label: Text, update: Update, what: str | None = None) -> None:
        key = None if what is None else f"simplex-{what}-{self._drags}"
        self.state_edited.emit(Edit(label, update, key))

    def _hint(self, handle: str) -> None:
        hints = {
            "point": say("explore", "Drag the prediction · arrows move it · Shift ×10, Ctrl ×0.1"),
            "target": say("explore", "Drag the target · 0–2 choose a class · Alt: no snapping"),
        }
        self.hinted.emit(tr_text(hints[handle]) if handle else "")
