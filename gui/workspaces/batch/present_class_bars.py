"""The classes of a batch beside each other: what each adds to loss and gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.text import say
from gui.kit.class_bars_figure import ClassBarsFigure

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.pictures.by_class import ClassShares
    from gui.workspaces.batch.compute_sheet import Sheet

MOST = 20  # classes that are shown: those that add most


def class_bars_figure(sheet: Sheet, shares: ClassShares, selection: IntArray) -> ClassBarsFigure:
    """`selection`: (ascending) rows; a class is marked if all of its rows are among them."""
    count, names = shares.counts.size, sheet.assessed.batch.classes
    shown = _shown(shares)
    caption = say("batch", "and of the gradient") if "grad" in sheet.table.columns else say("batch", "of finite terms")
    if shown.size < count:
        caption = say("batch", "{some} of {count} classes, those that add most", some=shown.size, count=count)
    held = _held(sheet, selection, count)
    return ClassBarsFigure(
        title=say("batch", "share of the loss by class"),
        caption=caption,
        classes=shown,
        names=tuple(_name(names, k, count) for k in map(int, shown)),
        counts=shares.counts[shown],
        plain=shares.plain[shown] if "weight" in sheet.table.columns else None,
        weighted=shares.weighted[shown],
        gradient=shares.gradient[shown],
        chosen=frozenset(np.flatnonzero((held == shares.counts)[shown] & (shares.counts[shown] > 0)).tolist()),
    )


def _name(names: tuple[str, ...], index: int, count: int) -> str:
    """Empty where a class is called by its index."""
    return names[index] if len(names) == count and names[index] != str(index) else ""


def _shown(shares: ClassShares) -> IntArray:
    every = np.arange(shares.counts.size)
    if every.size <= MOST:
        return every
    key = np.nan_to_num(shares.weighted) + np.nan_to_num(shares.gradient)
    return np.sort(np.argsort(-key, kind="stable")[:MOST])


def _held(sheet: Sheet, selection: IntArray, count: int) -> IntArray:
    """(count,) how many rows of each class are selected."""
    assert sheet.groups is not None
    rows = selection[selection < sheet.groups.size]
    inside = sheet.groups[rows[sheet.table.kept[rows]]]
    return np.bincount(inside[(inside >= 0) & (inside < count)], minlength=count)
