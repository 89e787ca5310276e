"""The Groups picture: what each group of rows adds, in a table that selects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.kit.label import label
from gui.kit.sample_table import SampleTable
from gui.kit.segment import Segment
from gui.workspaces.batch import edits

if TYPE_CHECKING:
    from gui.kit.sample_table_figure import SampleTableFigure
    from gui.workspaces.batch.state import GroupBy


@final
class GroupsView(QWidget):
    """Signals: state_edited(Edit[BatchState]); group_chosen(int): its rows are to be selected."""

    state_edited = Signal(object)
    group_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ways = Segment()
        self._title = label("section")
        self._hint = label("label", "text2")
        self.table = SampleTable()
        line = QHBoxLayout()
        line.setContentsMargins(16, 8, 16, 4)
        line.setSpacing(12)
        for part in (self._title, self.ways, self._hint):
            line.addWidget(part)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.ways.chosen.connect(self._choose_way)
        for chosen in (self.table.primary_chosen, self.table.row_opened):
            chosen.connect(self.group_chosen)
        self.table.sort_chosen.connect(self._sort)
        self._retranslate()

    def show_figure(self, ways: tuple[GroupBy, ...], way: GroupBy, figure: SampleTableFigure) -> None:
        """Show the groups, and in what other ways the rows can be grouped."""
        if ways != self.ways.keys():
            self._offer(ways)
        self.ways.choose(way)
        self.table.show_figure(figure)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _offer(self, ways: tuple[GroupBy, ...]) -> None:
        names: dict[GroupBy, str] = {
            "class": self.tr("by class"),
            "outcome": self.tr("by outcome"),
            "size": self.tr("by size of the loss"),
        }
        self.ways.show_choices([(way, names[way]) for way in ways])

    def _choose_way(self, way: str) -> None:
        self.state_edited.emit(edits.group_by(cast("GroupBy", way)))

    def _sort(self, key: str) -> None:
        self.state_edited.emit(edits.sort_groups_by(key))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("groups of rows"))
        self._hint.setText(self.tr("a click selects the rows of a group"))
        self.ways.setAccessibleName(self.tr("How the rows are grouped"))
        self._offer(cast("tuple[GroupBy, ...]", self.ways.keys()))
