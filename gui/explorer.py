"""The Explore workspace put together: rows of the batch, view bar, banner, tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.app_edits import choose_row, on_explore, on_problem
from gui.desk_page import DeskPage
from gui.kit.banner import Banner
from gui.kit.busy_line import BusyLine
from gui.kit.splitter import HairlineSplitter
from gui.row_list import RowList
from gui.runtime.pane import Outcome, Pane
from gui.workspaces.explore.bars_view import BarsView
from gui.workspaces.explore.curve_view import CurveView
from gui.workspaces.explore.frame_view import FrameView
from gui.workspaces.explore.simplex_view import SimplexView
from gui.workspaces.explore.surface_view import SurfaceView
from gui.workspaces.explore.view_bar import ViewBar
from gui.workspaces.explore.workspace import PARTS, shown

if TYPE_CHECKING:
    from gui.edit import Edit
    from gui.row_model import RowListModel
    from gui.state import AppState
    from gui.workspaces.explore.state import Tab

TabView = CurveView | SurfaceView | BarsView | SimplexView | FrameView
VIEWS: dict[Tab, type[TabView]] = {
    "curve": CurveView,
    "surface": SurfaceView,
    "bars": BarsView,
    "simplex": SimplexView,
    "frame": FrameView,
}
ROWS_WIDTH = 236


@final
class Explorer(DeskPage):
    """Shows a state; makes each tab's view when it is first needed.

    Signals:
        edited(Edit[AppState]): what the user did.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._stack = QStackedWidget()
        super().__init__(self._stack, Banner(), BusyLine(), parent)
        self.rows = RowList()
        self.bar = ViewBar()
        self._views: dict[Tab, TabView] = {}
        self._state: AppState | None = None
        self._pane = Pane(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self._connect()

    @property
    def view(self) -> TabView | None:
        """The tab in front."""
        return self._views.get(self._state.explore.tab) if self._state else None

    def show_state(self, state: AppState) -> None:
        """Show editors at once, and the picture as soon as it is computed."""
        self._state = state
        tab = state.explore.tab
        self.bar.show_state(state.problem, state.explore)
        view = self._view_of(tab)
        self._stack.setCurrentWidget(view)
        view.show_state(state.problem, state.explore)
        self.rows.setVisible(state.problem.batch is not None)
        self.rows.show_row(state.explore.row)
        self._compute()

    def show_rows(self, model: RowListModel, row: int | None) -> None:
        """The rows of the batch under the loss in force, and which of them is in the probe."""
        self.rows.show_model(model)
        self.rows.show_row(row)

    def focus_view(self) -> None:
        """Give the keys to the tab in front."""
        (self.view or self).setFocus()

    def close(self) -> bool:
        """Stop what is being computed, for good."""
        self._pane.close()
        return super().close()

    def _compute(self) -> None:
        assert self._state is not None
        problem, explore = self._state.problem, self._state.explore
        part = PARTS[explore.tab]
        view = self._views[explore.tab]
        seen = (view.span,) if isinstance(view, CurveView) else ()
        request = part.request(problem, explore, *seen)
        self._pane.ask(request, part.compute, quick=part.quick)

    def _receive(self, outcome: Outcome) -> None:
        assert self._state is not None
        state, tab = self._state, self._state.explore.tab
        model = PARTS[tab].present(state.problem, state.explore, outcome.result)
        self.dim(False)
        self._views[tab].draw(model)
        self.computed.emit(shown(tab, model), outcome.seconds)

    def _view_of(self, tab: Tab) -> TabView:
        if tab not in self._views:
            view = VIEWS[tab]()
            view.state_edited.connect(self._edit_explore)
            view.problem_edited.connect(self._edit_problem)
            view.released.connect(self.released)
            view.cancelled.connect(self.cancelled)
            view.hinted.connect(self.hinted)
            if isinstance(view, CurveView):
                view.span_changed.connect(self._compute)
            self._views[tab] = view
            self._stack.addWidget(view)
        return self._views[tab]

    def _edit_explore(self, edit: Edit[Any]) -> None:
        self.banner.clear()
        self.edited.emit(on_explore(edit))

    def _edit_problem(self, edit: Edit[Any]) -> None:
        self.banner.clear()
        self.edited.emit(on_problem(edit))

    def _choose_row(self, row: int) -> None:
        self.edited.emit(choose_row(row))

    def _fit(self) -> None:
        view = self.view
        if isinstance(view, CurveView):
            view.fit()

    def _randomize(self) -> None:
        view = self.view
        if isinstance(view, BarsView):
            view.randomize()

    def _connect(self) -> None:
        self._pane.computed.connect(self._receive)
        self._pane.failed.connect(self.fail)
        self._pane.busy.connect(self.set_busy)
        self.bar.state_edited.connect(self._edit_explore)
        self.bar.fit_requested.connect(self._fit)
        self.bar.randomize_requested.connect(self._randomize)
        self.rows.row_chosen.connect(self._choose_row)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.busy_line, self.banner):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self._splitter: QSplitter = HairlineSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.rows)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([ROWS_WIDTH, 700])
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._splitter)
