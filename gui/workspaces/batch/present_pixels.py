"""The loss of every pixel of one picture of a dense batch, ready to be drawn."""

from __future__ import annotations

from functools import partial
from math import prod
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.text import Text, say
from gui.kit.pixel_map_figure import Companion, PixelMapFigure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.arrays import Array, BoolArray, IntArray
    from core.table.table import Table

LEAST_SHARE = 1e-4  # of the largest loss: what is below has the first colour of a scale of factors
PICTURES = ("image", "images", "samples")
NO_EXTRAS: Mapping[str, Array] = MappingProxyType({})
NAMED = ("target", "predicted", "p", "input", "loss")  # columns that say what a pixel is, as far as there are any


def has_pixels(table: Table) -> bool:
    """Whether the rows are pixels of pictures: positions in a plane, of several samples or channels."""
    return "loss" in table.columns and len(table.shape) >= 3 and min(table.shape[-2:]) > 1


def pixel_map_figure(
    table: Table,
    span: tuple[float, float],
    sample: int | None,
    primary: int | None,
    selection: IntArray,
    extras: Mapping[str, Array] = NO_EXTRAS,
) -> PixelMapFigure:
    """`span`: of the finite losses of all pictures, so that they compare; `selection`: rows, ascending;
    `sample`: which picture, or None for that of the primary row.

    `extras` are the batch's: among them may be the pictures that the model saw.
    """
    samples, height, width = prod(table.shape[:-2]), *table.shape[-2:]
    size = height * width
    shown = min(max((primary or 0) // size if sample is None else sample, 0), samples - 1)
    first = shown * size
    kept = table.kept[first : first + size].reshape(height, width)
    values = table.columns["loss"].values[first : first + size].reshape(height, width)
    logarithmic = 0 <= span[0] < span[1]
    return PixelMapFigure(
        title=_title(table.shape[:-2], shown),
        caption=_caption(values[kept], int(np.count_nonzero(~kept))),
        unit=say("batch", "loss ℓ (log scale)") if logarithmic else say("batch", "loss ℓ"),
        sample=shown,
        samples=samples,
        first=first,
        values=values,
        low=max(span[0], span[1] * LEAST_SHARE) if logarithmic else span[0],
        high=span[1],
        ignored=~kept,
        chosen=_chosen(selection, first, (height, width)),
        primary=None if primary is None or not 0 <= primary - first < size else divmod(primary - first, width),
        describe=partial(_describe, table),
        companions=(
            *_seen(extras, shown, samples, (height, width)),
            *_told(table, slice(first, first + size), (height, width)),
        ),
        logarithmic=logarithmic,
    )


def _seen(extras: Mapping[str, Array], sample: int, samples: int, size: tuple[int, int]) -> Iterator[Companion]:
    """The picture that the model saw, if the batch came with one of the same pixels."""
    for key in PICTURES:
        array = extras.get(key)
        if array is None or array.dtype.kind not in "uif":
            continue
        stacked = array if array.shape[:1] == (samples,) and array.shape[1:3] == size else array[np.newaxis]
        if len(stacked) != samples or stacked.shape[1:3] != size or stacked.shape[3:] not in ((), (1,), (3,)):
            continue
        yield Companion(say("batch", "picture"), _as_bytes(stacked[sample]), "rgb")
        return


def _as_bytes(picture: Array) -> Array:
    """(H, W, 3) bytes of a picture in grey or colour; floats from 0 to 1, or from the least to the largest."""
    wide = picture.astype(np.float64)
    if picture.dtype.kind == "f":
        low, high = (0.0, 1.0) if wide.min() >= 0 and wide.max() <= 1 else (wide.min(), wide.max())
        wide = 255 * (wide - low) / ((high - low) or 1.0)
    height, width = picture.shape[:2]
    channels = np.clip(wide, 0, 255).astype(np.uint8).reshape(height, width, -1)
    return np.broadcast_to(channels, (height, width, 3))


def _told(table: Table, rows: slice, size: tuple[int, int]) -> Iterator[Companion]:
    """The target and what was predicted: classes, or numbers on one scale."""
    target, predicted = table.columns.get("target"), table.columns.get("predicted")
    if target is not None and predicted is not None and target.kind == predicted.kind == "class":
        for column in (target, predicted):
            yield Companion(column.title, column.values[rows].reshape(size), "class")
        return
    predicted = table.columns.get("p") or table.columns.get("input")
    if target is not None and predicted is not None:
        pair = [column.values[rows].astype(np.float64) for column in (target, predicted)]
        low, high = _ends(np.concatenate(pair))
        for column, values in zip((target, predicted), pair, strict=True):
            yield Companion(column.title, ((values - low) / (high - low)).reshape(size), "share")


def _ends(values: Array) -> tuple[float, float]:
    """0 and 1 of shares, else the least and the largest of the finite numbers."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    return low, high if high > low else low + 1.0


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
