"""How few rows make how much of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray, IntArray

HALF, NINETY = 0.5, 0.9


@final
@dataclass(frozen=True, eq=False, slots=True)
class Contribution:
    """Rows by the size of what they add, the largest first.

    Attributes:
        order: (k,) row numbers of the finite terms; shares: (k,) of the sum of their sizes.
        cumulative: (k,) running sum of the shares.
        half, ninety: how many rows make 50 % and 90 %; 0 where all terms are 0.
        infinite: rows whose term is not finite, which have no share; negative: whether terms of both signs are added.
    """

    order: IntArray
    shares: FloatArray
    cumulative: FloatArray
    half: int
    ninety: int
    infinite: int
    negative: bool


def contribution(terms: Array, kept: BoolArray) -> Contribution:
    """Of (n,) terms, each row's part of the loss or the size of its gradient."""
    numbers = terms.astype(np.float64, copy=False)
    finite = np.flatnonzero(np.isfinite(numbers) & kept).astype(np.int32)
    sizes: FloatArray = numbers[finite]
    negative = bool((sizes < 0).any())
    # In place, and the largest first: of a million rows each copy counts.
    np.negative(np.abs(sizes, out=sizes), out=sizes)
    ranked: IntArray = np.argsort(sizes, kind="stable").astype(np.int32)
    total = -float(sizes.sum())
    shares: FloatArray = sizes[ranked]
    del sizes
    shares *= -1.0 / total if total > 0 else 0.0
    cumulative: FloatArray = np.cumsum(shares)
    return Contribution(
        order=frozen(finite[ranked]),
        shares=frozen(shares, np.float32),
        cumulative=frozen(cumulative, np.float32),
        half=_reached(cumulative, HALF),
        ninety=_reached(cumulative, NINETY),
        infinite=int(np.count_nonzero(kept)) - finite.size,
        negative=negative,
    )


def sentence(found: Contribution, measure: str) -> Text:
    """What the strip shows, in words; `measure` is "loss" or "grad"."""
    values = {"half": found.half, "count": found.order.size, "ninety": found.ninety}
    if not found.half:
        return say("pictures", "no row adds anything")
    if measure == "grad":
        return say("pictures", "{half} of {count} rows make half the gradient, {ninety} make 90 %", **values)
    return say("pictures", "{half} of {count} rows make half the loss, {ninety} make 90 %", **values)


def _reached(cumulative: FloatArray, share: float) -> int:
    if not cumulative.size or cumulative[-1] <= 0:
        return 0
    reached = share * float(cumulative[-1]) * (1 - 1e-12)
    return min(int(np.count_nonzero(cumulative < reached)) + 1, cumulative.size)
