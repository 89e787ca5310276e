"""The rows that a bar of the histogram counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.arrays import BoolArray
    from gui.workspaces.batch.compute_view import View


def rows_between(view: View, low: float, high: float) -> BoolArray:
    """(count,) the rows of the bin with these ends; the last bin holds its upper end, too."""
    assert view.histogram is not None
    table = view.request.sheet.table
    loss = table.columns["loss"].values
    with np.errstate(invalid="ignore"):
        below = (loss <= high) if high >= view.histogram.edges[-1] else (loss < high)
        return (loss >= low) & below & view.mask & table.kept


def rows_apart(view: View, place: int) -> BoolArray:
    """(count,) the rows of a bar that stands apart: 0, inf, nan, ignored."""
    assert view.histogram is not None
    table, (name, _) = view.request.sheet.table, view.histogram.specials[place]
    loss = table.columns["loss"].values
    if name == "ignored":
        return ~table.kept & view.mask
    found = {"zero": loss == 0, "-inf": np.isneginf(loss), "inf": np.isposinf(loss), "nan": np.isnan(loss)}[name]
    return found & table.kept & view.mask
