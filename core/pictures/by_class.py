"""What each class, or each group of rows, adds: before weights, with them, and in gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray, IntArray


@final
@dataclass(frozen=True, eq=False, slots=True)
class ClassShares:
    """Of C groups.

    Attributes:
        counts: (C,) rows; mean: (C,) mean loss without weights, nan for none.
        plain, weighted, gradient: (C,) shares of the finite sums, nan where these are 0.
        accuracy: (C,) share of the rows that are predicted rightly, nan without predictions.
    """

    counts: IntArray
    mean: FloatArray
    plain: FloatArray
    weighted: FloatArray
    gradient: FloatArray
    accuracy: FloatArray

    @property
    def never_predicted(self) -> IntArray:
        """Groups that have rows of which none is predicted rightly."""
        return np.flatnonzero((self.counts > 0) & (self.accuracy == 0))


def class_shares(
    groups: IntArray,
    group_count: int,
    kept: BoolArray,
    plain: Array,
    weighted: Array,
    gradient: Array | None = None,
    right: BoolArray | None = None,
) -> ClassShares:
    """Sums over rows (n,) by group; rows that are not kept, or of no group (below 0), count nowhere."""
    sound = kept & (groups >= 0) & (groups < group_count)
    at = groups[sound]
    counts = np.bincount(at, minlength=group_count)
    sums = _sums(at, plain[sound], group_count)
    none = np.full(group_count, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        return ClassShares(
            counts=frozen(counts),
            mean=frozen(sums / counts),
            plain=frozen(_shares(sums)),
            weighted=frozen(_shares(_sums(at, weighted[sound], group_count))),
            gradient=frozen(none if gradient is None else _shares(_sums(at, gradient[sound], group_count))),
            accuracy=frozen(none if right is None else _sums(at, right[sound], group_count) / counts),
        )


def _sums(at: IntArray, terms: Array, count: int) -> FloatArray:
    numbers = terms.astype(np.float64)
    return np.bincount(at, np.where(np.isfinite(numbers), numbers, 0.0), minlength=count).astype(np.float64)


def _shares(sums: FloatArray) -> FloatArray:
    total = sums.sum()
    return sums / total if total else np.full(sums.size, np.nan)
