"""The rows of a table in the order of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.arrays import BoolArray, IntArray
    from core.table.table import Table


def sorted_rows(table: Table, key: str, *, descending: bool) -> IntArray:
    """(count,) row numbers by a column, equal ones as they came: nan first, ignored rows last.

    Ids are sorted from A to Z, unless `descending`. A column that is not there leaves the rows as they came.
    """
    every = np.arange(table.count, dtype=np.int32)
    column = table.columns.get(key)
    if column is None:
        return every
    values = column.values
    if values.dtype.kind not in "biuf":
        _, values = np.unique(values, return_inverse=True)
    numbers = values if values.dtype.kind == "f" else values.astype(np.float64)
    ranked = np.argsort(-numbers if descending else numbers, kind="stable").astype(np.int32)
    ranked = _first(ranked, np.isnan(numbers[ranked]))
    return _first(ranked, table.kept[ranked])


def _first(rows: IntArray, chosen: BoolArray) -> IntArray:
    """The rows with those that are `chosen` before the others."""
    return rows if chosen.all() or not chosen.any() else np.concatenate([rows[chosen], rows[~chosen]])
