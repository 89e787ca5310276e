"""The table of samples as Qt asks for it: nothing is copied, whatever its length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui.kit.i18n import tr_text
from gui.kit.sample_table_figure import LABEL

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from core.table.table import Column
    from gui.kit.sample_table_figure import SampleTableFigure

    Index = QModelIndex | QPersistentModelIndex


@final
class SampleTableModel(QAbstractTableModel):
    """Column 0 names the rows, the others are those that fit."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.figure: SampleTableFigure | None = None
        self.columns: tuple[Column, ...] = ()

    def show_figure(self, figure: SampleTableFigure, columns: tuple[Column, ...]) -> None:
        """Show these columns of a figure; only what is drawn changes if rows and columns are the same."""
        same = self.figure is not None and self.figure.order is figure.order and self.columns == columns
        if same:
            self.figure = figure
            return
        self.beginResetModel()
        self.figure, self.columns = figure, columns
        self.endResetModel()

    def row_of(self, index: Index) -> int:
        """The number in the batch of the row at an index."""
        assert self.figure is not None
        return int(self.figure.order[index.row()])

    def key_of(self, section: int) -> str:
        return LABEL if section == 0 else self.columns[section - 1].key

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if self.figure is None or parent.isValid() else self.figure.order.size

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 1 + len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.figure is None or not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self.row_of(index)
        return self.figure.table.label(row) if index.column() == 0 else self.columns[index.column() - 1].text(row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # what Qt asks for by role
        if orientation != Qt.Orientation.Horizontal or self.figure is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        key = self.key_of(section)
        title = LABEL if section == 0 else tr_text(self.columns[section - 1].title)
        arrow = (" ↓" if self.figure.descending else " ↑") if key == self.figure.sort else ""
        return title + arrow
