"""The table of samples: which rows are listed, in which order, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.table.part import describe
from core.text import Text, say
from gui.kit.sample_table_figure import LABEL, SampleTableFigure

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, IntArray
    from core.batch import Batch
    from core.table.table import Table


def sample_table_figure(
    table: Table,
    order: IntArray,
    primary: int | None,
    selection: IntArray,
    pin: int | None,
    sort: str,
    descending: bool,
    pictures: Array | None = None,
    changed: frozenset[int] = frozenset(),
) -> SampleTableFigure:
    """The rows `order`, sorted by the column `sort`; `selection` is ascending; without rows the figure says why.

    Raises nothing: rows that are no longer in the table are not shown.
    """
    return SampleTableFigure(
        table=table,
        order=order,
        primary=_known(table, primary),
        selection=_within(table, selection),
        pinned=_known(table, pin),
        sort=LABEL if sort == "id" else sort,
        descending=descending,
        caption=_caption(table, order, sort, descending),
        pictures=pictures,
        changed=changed,
        empty=_empty(table) if not order.size else None,
    )


def listed(order: IntArray, mask: BoolArray) -> IntArray:
    """The rows that pass a filter, in the order of all."""
    return order[mask[order]]


def pictures_of(batch: Batch, table: Table) -> Array | None:
    """(count, H, W) the samples themselves, where each row is one of them."""
    samples = batch.extras.get("samples")
    fits = samples is not None and samples.ndim == 3 and len(samples) == table.count
    return samples if fits else None


def _known(table: Table, row: int | None) -> int | None:
    return row if row is not None and 0 <= row < table.count else None


def _within(table: Table, selection: IntArray) -> IntArray:
    """Of ascending row numbers those that there are."""
    first, last = np.searchsorted(selection, (0, table.count))
    return selection[first:last]


def _caption(table: Table, order: IntArray, sort: str, descending: bool) -> Text:
    part = describe(table, order)
    column = table.columns.get(sort)
    if column is None:
        return say("batch", "{part} · as they came", part=part)
    if descending:
        return say("batch", "{part} · sorted by {column}, largest first", part=part, column=column.title)
    return say("batch", "{part} · sorted by {column}, smallest first", part=part, column=column.title)


def _empty(table: Table) -> Text:
    if not table.count:
        return say("batch", "This batch has no rows.")
    return say("batch", "No row passes the filter; take it away to see all {count}.", count=table.count)
