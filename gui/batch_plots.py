"""The pictures that are computed: what each asks for, how it is drawn, what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, cast, final

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.jobs import Job
from gui.workspaces.batch import compute_groups, compute_plots, edits
from gui.workspaces.batch.compute_groups import Groups, GroupsRequest
from gui.workspaces.batch.compute_plots import Counted, PlotRequest
from gui.workspaces.batch.present_class_bars import class_bars_figure
from gui.workspaces.batch.present_confusion_matrix import confusion_matrix_figure, rows_of_cell
from gui.workspaces.batch.present_contribution import contribution_figure
from gui.workspaces.batch.present_groups import groups_figure, rows_of
from gui.workspaces.batch.present_pixels import pixel_map_figure
from gui.workspaces.batch.present_scatter import scatter_figure

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.pictures.by_class import ClassShares
    from core.pictures.confusion import Confusion
    from core.pictures.contribution import Contribution
    from core.pictures.scatter import Scatter
    from gui.kit.class_bars_plot import ClassBarsPlot
    from gui.kit.confusion_matrix_plot import ConfusionMatrixPlot
    from gui.kit.contribution_plot import ContributionPlot
    from gui.kit.pixel_map_plot import PixelMapPlot
    from gui.kit.scatter_plot import ScatterPlot
    from gui.workspaces.batch.compute_sheet import Sheet
    from gui.workspaces.batch.groups_view import GroupsView
    from gui.workspaces.batch.state import BatchState, Measure

# What is asked of a worker, and how it is computed.
Question = tuple[object, Callable[[Any], Job[Any]]]


class Picture(Protocol):
    """One of the pictures."""

    @property
    def widget(self) -> QWidget:
        """What shows it."""
        ...

    def question(self, sheet: Sheet, state: BatchState) -> Question | None:
        """What is to be computed; None where this batch has no such picture."""
        ...

    def draw(self, found: Any, state: BatchState) -> None:
        """Show the answer."""
        ...


@final
class ClassBars(QObject):
    """Signals: rows_chosen(IntArray)."""

    rows_chosen = Signal(object)

    def __init__(self, widget: ClassBarsPlot, parent: QObject) -> None:
        super().__init__(parent)
        self.widget = widget
        self._sheet: Sheet | None = None
        widget.class_chosen.connect(self._choose)

    def question(self, sheet: Sheet, state: BatchState) -> Question | None:  # noqa: ARG002 asked of every picture
        if not compute_plots.has_shares(sheet):
            return None
        return PlotRequest(sheet, "samples"), compute_plots.count_shares

    def draw(self, found: Counted[ClassShares], state: BatchState) -> None:
        self._sheet = found.request.sheet
        self.widget.show_figure(class_bars_figure(self._sheet, found.found, state.selection))

    def _choose(self, index: int) -> None:
        if self._sheet is not None and self._sheet.groups is not None:
            self.rows_chosen.emit(np.flatnonzero((self._sheet.groups == index) & self._sheet.table.kept))


@final
class ContributionStrip(QObject):
    """Signals: rows_chosen(IntArray), state_edited(Edit[BatchState])."""

    rows_chosen = Signal(object)
    state_edited = Signal(object)

    def __init__(self, widget: ContributionPlot, parent: QObject) -> None:
        super().__init__(parent)
        self.widget = widget
        widget.rows_chosen.connect(self.rows_chosen)
        widget.measure_chosen.connect(self._measure)

    def question(self, sheet: Sheet, state: BatchState) -> Question | None:
        measure = state.measure if state.measure in compute_plots.measures_of(sheet) else "loss"
        return PlotRequest(sheet, "contribution", measure), compute_plots.count_contribution

    def draw(self, found: Counted[Contribution], state: BatchState) -> None:
        measures = compute_plots.measures_of(found.request.sheet)
        figure = contribution_figure(found.found, found.request.measure, measures, state.primary, state.selection)
        self.widget.show_figure(figure)

    def _measure(self, measure: str) -> None:
        self.state_edited.emit(edits.measure_by(cast("Measure", measure)))


@final
class ConfusionMatrix(QObject):
    """Signals: rows_chosen(IntArray)."""

    rows_chosen = Signal(object)

    def __init__(self, widget: ConfusionMatrixPlot, parent: QObject) -> None:
        super().__init__(parent)
        self.widget = widget
        self._shown: Counted[Confusion] | None = None
        widget.cell_chosen.connect(self._choose)

    def question(self, sheet: Sheet, state: BatchState) -> Question | None:  # noqa: ARG002 asked of every picture
        return PlotRequest(sheet, "confusion"), compute_plots.count_confusion

    def draw(self, found: Counted[Confusion], state: BatchState) -> None:
        self._shown = found
        figure = confusion_matrix_figure(found.request.sheet, found.found, state.primary, state.selection)
        self.widget.show_figure(figure)

    def _choose(self, row: int, column: int) -> None:
        if self._shown is not None:
            self.rows_chosen.emit(rows_of_cell(self._shown.request.sheet, self._shown.found, row, column))


@final
class LossByGradient(QObject):
    """Signals: rows_chosen(IntArray)."""

    rows_chosen = Signal(object)

    def __init__(self, widget: ScatterPlot, parent: QObject) -> None:
        super().__init__(parent)
        self.widget = widget
        widget.rows_chosen.connect(self.rows_chosen)

    def question(self, sheet: Sheet, state: BatchState) -> Question | None:  # noqa: ARG002 asked of every picture
        return PlotRequest(sheet, "scatter"), compute_plots.place_rows

    def draw(self, found: Counted[Scatter], state: BatchState) -> None:
        table = found.request.sheet.table
        self.widget.show_figure(scatter_figure(table, found.found, state.primary, state.selection))


@final
class PixelMap(QObject):
    """Signals: rows_chosen(IntArray), state_edited(Edit[BatchState])."""

    rows_chosen = Signal(object)
    state_edited = Signal(object)

    def __init__(self, widget: PixelMapPlot, parent: QObject) -> None:
        super().__init__(parent)
        self.widget = widget
        widget.rows_chosen.connect(self.rows_chosen)
        widget.row_chosen.connect(self._choose)
        widget.sample_chosen.connect(self._turn)

    def question(self, sheet: Sheet, state: BatchState) -> Question | None:  # noqa: ARG002 asked of every picture
        return PlotRequest(sheet, "pixels"), compute_plots.span_losses

    def draw(self, found: Counted[tuple[float, float]], state: BatchState) -> None:
        sheet = found.request.sheet
        extras = sheet.assessed.batch.extras
        figure = pixel_map_figure(sheet.table, found.found, state.sample, state.primary, state.selection, extras)
        self.widget.show_figure(figure)

    def _choose(self, row: int) -> None:
        self.state_edited.emit(edits.choose_primary(row))

    def _turn(self, sample: int) -> None:
        self.state_edited.emit(edits.show_sample(sample))


@final
class GroupsTable(QObject):
    """Signals: rows_chosen(IntArray), state_edited(Edit[BatchState])."""

    rows_chosen = Signal(object)
    state_edited = Signal(object)

    def __init__(self, widget: GroupsView, parent: QObject) -> None:
        super().__init__(parent)
        self.widget = widget
        self._groups: Groups | None = None
        widget.state_edited.connect(self.state_edited)
        widget.group_chosen.connect(self._choose)

    def question(self, sheet: Sheet, state: BatchState) -> Question | None:
        ways = compute_groups.groupings_of(sheet)
        way = state.group_by if state.group_by in ways else ways[0]
        return GroupsRequest(sheet, way, state.group_sort, state.group_descending), compute_groups.compute

    def draw(self, found: Groups, state: BatchState) -> None:
        self._groups = found
        ways = compute_groups.groupings_of(found.request.sheet)
        self.widget.show_figure(ways, found.request.by, groups_figure(found, state.selection))

    def _choose(self, group: int) -> None:
        if self._groups is not None:
            self.rows_chosen.emit(rows_of(self._groups, group))
