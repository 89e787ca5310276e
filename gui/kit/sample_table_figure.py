"""What the table of samples shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

if TYPE_CHECKING:
    from core.arrays import Array, IntArray
    from core.table.table import Column, Table
    from core.text import Text

LABEL = "#"  # the key of the column that names the rows


@final
@dataclass(frozen=True, eq=False, slots=True)
class SampleTableFigure:
    """The rows that are listed.

    Attributes:
        order: (k,) row numbers, first to last.
        primary: the row that everything speaks of; selection: sorted row numbers; pinned: one to compare with.
        sort: the key of the column that they are sorted by.
        caption: by what they are sorted, how many there are, how much of the loss they hold.
        pictures: (count, H, W) ink on paper by row number, or None.
        changed: rows with a number that is not what came.
        empty: what is said where no row is listed.
    """

    table: Table
    order: IntArray
    primary: int | None
    selection: IntArray
    pinned: int | None
    sort: str
    descending: bool
    caption: Text
    pictures: Array | None = None
    changed: frozenset[int] = frozenset()
    empty: Text | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns beside the one that names the rows."""
        return tuple(column for key, column in self.table.columns.items() if key != "id")

    def place_of(self, row: int | None) -> int | None:
        """Where a row stands in the list; None if it is not in it."""
        if row is None:
            return None
        found = np.flatnonzero(self.order == row)
        return int(found[0]) if found.size else None

    def is_selected(self, row: int) -> bool:
        """Whether a step would apply to the row."""
        # A row of another dtype would have the whole selection converted, for every cell that is painted.
        place = int(self.selection.searchsorted(self.selection.dtype.type(row)))
        return place < self.selection.size and int(self.selection[place]) == row
