"""The bar over Explore's pictures: the tabs of the loss, and what the tab in front can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from gui.kit.segment import Segment
from gui.workspaces.explore.curve_options import CurveOptions
from gui.workspaces.explore.kinds import tabs_of
from gui.workspaces.explore.row_options import BarsOptions, SimplexOptions
from gui.workspaces.explore.show_edits import set_tab

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.explore.state import ExploreState, Tab

HEIGHT = 40


@final
class ViewBar(QFrame):
    """Signals: state_edited(Edit[ExploreState]), fit_requested(), randomize_requested()."""

    state_edited = Signal(object)
    fit_requested = Signal()
    randomize_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self.setFixedHeight(HEIGHT)
        self._shown: tuple[Problem, ExploreState] | None = None
        self.tabs = Segment()
        self.curve, self.bars, self.simplex = CurveOptions(), BarsOptions(), SimplexOptions()
        self.options = QStackedWidget()
        self._nothing = QWidget()
        for options in (self.curve, self.bars, self.simplex, self._nothing):
            self.options.addWidget(options)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(self.tabs)
        line.addWidget(self.options, 1)
        self.tabs.chosen.connect(self._choose_tab)
        self.curve.fit_requested.connect(self.fit_requested)
        self.bars.randomize_requested.connect(self.randomize_requested)
        for options in (self.curve, self.bars, self.simplex):
            options.state_edited.connect(self.state_edited)
        self._retranslate()

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Show what this tab can be asked, and how it stands."""
        self._shown = (problem, state)
        names: dict[Tab, str] = {
            "curve": self.tr("Curve"),
            "surface": self.tr("Surface"),
            "bars": self.tr("Bars + slice"),
            "simplex": self.tr("Simplex"),
            "frame": self.tr("Frame"),
        }
        offered = [(tab, names[tab]) for tab in tabs_of(problem.loss)]
        if tuple(tab for tab, _ in offered) != self.tabs.keys():
            self.tabs.show_choices(offered)
        self.tabs.choose(state.tab)
        shown = {"curve": self.curve, "bars": self.bars, "simplex": self.simplex}.get(state.tab)
        if shown is not None:
            shown.show_state(problem, state)
        self.options.setCurrentWidget(shown or self._nothing)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.tabs.show_choices(())
            self._retranslate()
            if self._shown is not None:
                self.show_state(*self._shown)
        super().changeEvent(event)

    def _choose_tab(self, tab: Tab) -> None:
        self.state_edited.emit(set_tab(tab))

    def _retranslate(self) -> None:
        self.tabs.setAccessibleName(self.tr("View"))
