"""The table of groups as it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.text import say
from gui.kit.sample_table_figure import LABEL, SampleTableFigure

if TYPE_CHECKING:
    from core.arrays import IntArray
    from gui.workspaces.batch.compute_groups import Groups


def groups_figure(groups: Groups, selection: IntArray) -> SampleTableFigure:
    """A group is marked as selected if all of its rows are in the (ascending) `selection` of rows."""
    table, request = groups.table, groups.request
    inside = groups.of[selection[groups.request.sheet.table.kept[selection]]]
    held = np.bincount(inside[(inside >= 0) & (inside < table.count)], minlength=table.count)
    counts = table.columns["n"].values
    return SampleTableFigure(
        table=table,
        order=groups.order,
        primary=None,
        selection=np.flatnonzero((held >= counts) & (counts > 0)),
        pinned=None,
        sort=LABEL if request.sort == "id" else request.sort,
        descending=request.descending,
        caption=say("batch", "{count} groups", count=table.count),
    )


def rows_of(groups: Groups, group: int) -> IntArray:
    """The row numbers of a group; of ignored rows none is in a group."""
    return np.flatnonzero((groups.of == group) & groups.request.sheet.table.kept)
