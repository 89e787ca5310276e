"""The loss of every pixel of one picture of a dense batch, ready to be drawn."""

from __future__ import annotations

from functools import partial
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from core.text import Text, say
from gui.kit.pixel_map_figure import PixelMapFigure

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, IntArray
    from core.table.table import Table

NAMED = ("target", "predicted", "p", "input", "loss")  # columns that say what a pixel is, as far as there are any


def has_pixels(table: Table) -> bool:
    """Whether the rows are pixels of pictures: positions in a plane, of several samples or channels."""
    return "loss" in table.columns and len(table.shape) >= 3 and min(table.shape[-2:]) > 1


def pixel_map_figure(
    table: Table, span: tuple[float, float], sample: int, primary: int | None, selection: IntArray
) -> PixelMapFigure:
    """`span`: of the finite losses of all pictures, so that they compare; `selection`: rows, ascending."""
    samples, height, width = prod(table.shape[:-2]), *table.shape[-2:]
    shown = min(max(sample, 0), samples - 1)
    size = height * width
    first = shown * size
    kept = table.kept[first : first + size].reshape(height, width)
    values = table.columns["loss"].values[first : first + size].reshape(height, width)
    return PixelMapFigure(
        title=_title(table.shape[:-2], shown),
        caption=_caption(values[kept], int(np.count_nonzero(~kept))),
        unit=say("batch", "loss ℓ"),
        sample=shown,
        samples=samples,
        first=first,
        values=values,
        low=span[0],
        high=span[1],
        ignored=~kept,
        chosen=_chosen(selection, first, (height, width)),
        primary=None if primary is None or not 0 <= primary - first < size else divmod(primary - first, width),
        describe=partial(_describe, table),
    )


def _title(leading: tuple[int, ...], sample: int) -> Text:
    """By its index along the leading axes, which counts from 0 as in the table."""
    index = ", ".join(str(int(k)) for k in np.unravel_index(sample, leading))
    return say("batch", "loss per pixel of input[{index}]", index=index)


def _caption(losses: Array, ignored: int) -> Text | None:
    lost = int(np.count_nonzero(~np.isfinite(losses)))
    if lost:
        return say(
            "batch", "pixels that are not finite: {lost} · hatched, ignored: {ignored}", lost=lost, ignored=ignored
        )
    return say("batch", "hatched, ignored: {ignored}", ignored=ignored) if ignored else None


def _chosen(selection: IntArray, first: int, shape: tuple[int, int]) -> BoolArray:
    size = shape[0] * shape[1]
    start, end = np.searchsorted(selection, (first, first + size))
    chosen = np.zeros(size, dtype=bool)
    chosen[selection[start:end] - first] = True
    return chosen.reshape(shape)


def _describe(table: Table, row: int) -> Text:
    """Where the pixel is and what its columns say; ignored ones have no loss."""
    height, width = np.unravel_index(row, table.shape)[-2:]
    place = say("batch", "pixel ({h}, {w})", h=int(height), w=int(width))
    if not table.kept[row]:
        return say("batch", "{place}: ignored", place=place)
    said = [_said(table, key, row) for key in NAMED if key in table.columns]
    joined = said[0]
    for more in said[1:]:
        joined = say("batch", "{some}, {more}", some=joined, more=more)
    return say("batch", "{place}: {numbers}", place=place, numbers=joined)


def _said(table: Table, key: str, row: int) -> Text:
    column = table.columns[key]
    return say("batch", "{name} {value}", name=column.title, value=column.text(row))
