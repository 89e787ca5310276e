"""What some rows of a table are of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import fixed
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.table.table import Table


def describe(table: Table, rows: IntArray) -> Text:
    """How many rows these are and, where the table has shares, how much of the loss they hold."""
    share = table.columns.get("share")
    if rows.size == table.count:
        return say("table", "1 row") if rows.size == 1 else say("table", "{count} rows", count=rows.size)
    if share is None:
        return say("table", "{some} of {count} rows", some=rows.size, count=table.count)
    # Added from exact numbers: a million shares of float32 would lose their sum.
    held = float(np.sum(share.values[rows], dtype=np.float64))
    return say("table", "{some} of {count} rows, {share}% of the loss", some=rows.size, count=table.count,
               share=fixed(held, 0))  # fmt: skip
