"""The widgets of the Batch page, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.text import say
from gui.kit.banner import Banner
from gui.kit.busy_line import BusyLine
from gui.kit.class_bars_plot import ClassBarsPlot
from gui.kit.confusion_matrix_plot import ConfusionMatrixPlot
from gui.kit.contribution_plot import ContributionPlot
from gui.kit.elided_label import ElidedLabel
from gui.kit.empty_panel import EmptyPanel
from gui.kit.empty_state import EmptyState
from gui.kit.filter_line import FilterLine
from gui.kit.histogram_plot import HistogramPlot
from gui.kit.i18n import tr_text
from gui.kit.ledger_view import LedgerView
from gui.kit.pixel_map_plot import PixelMapPlot
from gui.kit.row_detail import RowDetail
from gui.kit.sample_table import SampleTable
from gui.kit.scatter_plot import ScatterPlot
from gui.kit.splitter import GRAB, HairlineSplitter
from gui.workspaces.batch.bar_view import BatchBar
from gui.workspaces.batch.groups_view import GroupsView
from gui.workspaces.batch.selection_view import SelectionView
from gui.workspaces.batch.watch_view import WatchView

if TYPE_CHECKING:
    from gui.workspaces.batch.desk_model import DeskModel

PICTURES = 216
BESIDE_WATCH = 160  # px of the pictures over the line of a watched folder, which takes its room from them and the table
NO_BATCH = EmptyState(
    say("batch", "There is no batch here, only a sketch."),
    say("batch", "Open one to see every row of its loss, where the number comes from and what is wrong."),
    say("batch", "Open a batch"),
)
AWAITED = EmptyState(
    say("batch", "No dump was written yet."),
    say("batch", "The first one is shown here as soon as it is; each becomes a step of the line below."),
)
NO_LOSSES = EmptyState(
    say("batch", "There are no losses to count."),
    say("batch", "The loss refuses this batch: the diagnosis says why."),
)


@final
class DeskParts:
    """Attributes: page: what stands under the bar while a batch is open; picture: what is saved of it."""

    def __init__(self) -> None:
        self.bar = BatchBar()
        self.banner = Banner()
        self.busy_line = BusyLine()
        self.histogram, self.class_bars = HistogramPlot(), ClassBarsPlot()
        self.samples: QSplitter = HairlineSplitter(Qt.Orientation.Horizontal)
        self.no_losses = EmptyPanel()
        self.no_losses.show_state(NO_LOSSES)
        self.detail = RowDetail()
        self.contribution, self.confusion = ContributionPlot(), ConfusionMatrixPlot()
        self.scatter, self.pixels = ScatterPlot(), PixelMapPlot()
        self.groups = GroupsView()
        self.pictures = QStackedWidget()
        self.caption, self.selection = ElidedLabel("label", "text2"), SelectionView()
        self.filter_line = FilterLine()
        self.table = SampleTable()
        self.ledger = LedgerView()
        self.picture = QWidget()
        self.empty = EmptyPanel()
        self.empty.show_state(NO_BATCH)
        self.stack = QStackedWidget()
        self.watch = WatchView()
        self.splitter = HairlineSplitter(Qt.Orientation.Vertical)
        self._filter = ""

    def lay_out(self, page: QWidget) -> None:
        """Put them on the page."""
        for part in (self.histogram, self.class_bars):
            self.samples.addWidget(part)
        for part in (self.samples, self.no_losses, self.detail, self.contribution, self.confusion, self.scatter):
            self.pictures.addWidget(part)
        for part in (self.pixels, self.groups):
            self.pictures.addWidget(part)
        splitter = self.splitter
        splitter.addWidget(self.pictures)
        splitter.addWidget(self._lower())
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([PICTURES, 400])
        self.watch.shown.connect(self._make_room)
        inner = _column(self.picture)
        inner.addWidget(splitter, 1)
        inner.addWidget(self.ledger)
        shown = QWidget()
        column = _column(shown)
        for part in (self.bar, self.busy_line, self.banner):
            column.addWidget(part)
        column.addWidget(self.picture, 1)
        for part in (shown, self.empty):
            self.stack.addWidget(part)
        foot = _column(page)
        foot.addWidget(self.stack, 1)
        foot.addWidget(self.watch)

    def _make_room(self, watched: bool) -> None:
        """Lower pictures while a folder is watched, unless the user has set their height."""
        before, after = (PICTURES, BESIDE_WATCH) if watched else (BESIDE_WATCH, PICTURES)
        high, rest = self.splitter.sizes()
        if abs(high - before) <= GRAB:
            self.splitter.setSizes([after, high + rest - after])

    def show_awaited(self, *, awaited: bool) -> None:
        """Without a batch: whether one is expected from a watched folder."""
        self.empty.show_state(AWAITED if awaited else NO_BATCH)

    @property
    def has_table(self) -> bool:
        """Whether there is a batch whose rows are listed."""
        return self.stack.currentIndex() == 0

    def show_page(self, *, has_batch: bool) -> None:
        """The page, or why there is none."""
        self.stack.setCurrentIndex(0 if has_batch else 1)

    def show_filter(self, expression: str) -> None:
        """The filter in force; what is being typed stays while it is the same."""
        if expression != self._filter:
            self._filter = expression
            self.filter_line.show_filter(expression)

    def draw(self, model: DeskModel) -> None:
        """Show what was computed, but for the pictures."""
        self.bar.show_figure(model.bar)
        self.table.show_figure(model.table)
        self.caption.show_words(tr_text(model.table.caption))
        self.selection.show_selection(model.selected, only=model.only is not None)
        self.ledger.show_ledger(model.ledger)

    def _lower(self) -> QWidget:
        """The line of what is listed, over the table."""
        lower, line = QWidget(), QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 2, 16, 4)
        row.setSpacing(16)
        row.addWidget(self.caption)
        row.addWidget(self.selection)
        row.addStretch(1)
        row.addWidget(self.filter_line)
        hairline = QFrame()
        hairline.setObjectName("hairline")
        column = _column(lower)
        column.addWidget(line)
        column.addWidget(hairline)
        column.addWidget(self.table, 1)
        return lower


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
