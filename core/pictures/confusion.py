"""Which class is taken for which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen

if TYPE_CHECKING:
    from core.arrays import BoolArray, FloatArray, IntArray

MOST = 20  # classes that are told apart in a matrix


@final
@dataclass(frozen=True, eq=False, slots=True)
class Confusion:
    """Counts of target by prediction.

    Attributes:
        classes: (k,) the classes of rows and columns, those with the most rows where there are many.
        counts: (k + 1, k + 1) if classes are left over, the last row and column for these; else (k, k).
        shares: like counts, of the row.
    """

    classes: IntArray
    counts: IntArray
    shares: FloatArray
    others: int

    @property
    def accuracy(self) -> float:
        """Of all rows; the classes left over are not told apart, so only of those that are."""
        own = self.counts[: self.classes.size, : self.classes.size]
        total = own.sum()
        return float(np.trace(own) / total) if total else float("nan")


def confusion(target: IntArray, predicted: IntArray, kept: BoolArray, class_count: int) -> Confusion:
    """Of (n,) rows; targets that are no class count nowhere."""
    sound = kept & (target >= 0) & (target < class_count) & (predicted >= 0) & (predicted < class_count)
    y, p = target[sound], predicted[sound]
    classes = np.arange(class_count)
    if class_count > MOST:
        frequent = np.bincount(y, minlength=class_count) + np.bincount(p, minlength=class_count)
        classes = np.sort(np.argsort(-frequent, kind="stable")[:MOST])
    others = class_count - classes.size
    place = np.full(class_count, classes.size)
    place[classes] = np.arange(classes.size)
    size = classes.size + bool(others)
    counts = np.bincount(place[y] * size + place[p], minlength=size * size).reshape(size, size)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.nan_to_num(counts / counts.sum(axis=1, keepdims=True))
    return Confusion(frozen(classes), frozen(counts), frozen(shares), others)
