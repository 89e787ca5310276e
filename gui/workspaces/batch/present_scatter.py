"""Loss against gradient, ready to be drawn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from core.text import Text, say
from gui.kit.scatter_figure import ScatterFigure

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.pictures.scatter import Scatter
    from core.table.table import Table


def scatter_figure(table: Table, found: Scatter, primary: int | None, selection: IntArray) -> ScatterFigure:
    """`selection`: numbers of rows, ascending."""
    weighted = "weight" in table.columns
    return ScatterFigure(
        title=say("batch", "loss and gradient"),
        caption=_caption(found),
        x_axis=say("batch", "unweighted loss ℓ (log scale)") if weighted else say("batch", "loss ℓ (log scale)"),
        y_axis=say("batch", "↑ {gradient} (log scale)", gradient=table.columns["grad"].title),
        rows=found.rows,
        x=found.x,
        y=found.y,
        low=found.low,
        high=found.high,
        density=found.density,
        chosen=_places(found, selection, table.count),
        primary=_place(found, primary),
        describe=partial(_describe, table),
        empty=None if found.rows.size else say("batch", "No row has both a finite loss and a finite gradient."),
    )


def _caption(found: Scatter) -> Text:
    """What does not stand where its numbers are."""
    zeros = say("batch", "at the edge, for one of the two is 0: {count}", count=found.zeros)
    lost = say("batch", "left out, not finite: {count}", count=found.lost)
    if found.zeros and found.lost:
        return say("batch", "{zeros} · {lost}", zeros=zeros, lost=lost)
    if found.zeros:
        return zeros
    if found.lost:
        return lost
    if found.density is not None:
        return say("batch", "{count} rows, dark where there are many", count=found.rows.size)
    return say("batch", "{count} rows", count=found.rows.size)


def _describe(table: Table, row: int) -> Text:
    loss, grad = table.columns["loss"], table.columns["grad"]
    return say("batch", "row {row}: loss {loss}, {name} {grad}", row=table.label(row), loss=loss.text(row),
               name=grad.title, grad=grad.text(row))  # fmt: skip


def _places(found: Scatter, selection: IntArray, count: int) -> IntArray:
    """By a mask: a million rows are not searched for one another."""
    chosen = np.zeros(count, dtype=bool)
    chosen[selection[selection < count]] = True
    return np.flatnonzero(chosen[found.rows])


def _place(found: Scatter, row: int | None) -> int | None:
    if row is None:
        return None
    place = int(np.searchsorted(found.rows, row))
    return place if place < found.rows.size and found.rows[place] == row else None
