"""Histograms that hide nothing: what no bin can hold has a bar of its own, and the rule of the bins is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.arrays import STRETCH, frozen
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray, IntArray

FEWEST, MOST = 8, 60  # bins
Special = Literal["zero", "-inf", "inf", "nan", "ignored"]


@final
@dataclass(frozen=True, eq=False, slots=True)
class Histogram:
    """Counts of values in equal bins, on a log axis equal in the logarithm.

    Attributes:
        edges: (bins + 1,) in the values' own unit; counts: (groups, bins).
        specials: what stands apart, each with its count by group (groups,); only those that there are.
        median: of the finite values; nan without any.
        rule: how the bins were chosen.
    """

    edges: FloatArray
    counts: IntArray
    specials: tuple[tuple[Special, IntArray], ...]
    median: float
    log: bool
    rule: Text

    @property
    def tallest(self) -> int:
        """The most values in one bar."""
        apart = [int(counts.sum()) for _, counts in self.specials]
        return max([int(self.counts.sum(axis=0).max(initial=0)), *apart])


def histogram(values: Array, kept: BoolArray, groups: IntArray | None = None, group_count: int = 1, *,
              log: bool = False) -> Histogram:  # fmt: skip
    """Of (n,) values; rows that are not `kept` are counted as ignored. `groups` (n,) stack in a bar, below 0 to 0."""
    numbers = values.astype(np.float64, copy=False)
    finite = np.isfinite(numbers) & kept
    inside = finite & (numbers > 0) if log else finite
    binned = numbers[inside]
    edges, rule = _edges(binned, log=log)
    shown = binned if inside is finite else numbers[finite]
    median = float(np.median(shown, overwrite_input=True)) if shown.size else float("nan")
    apart: dict[Special, BoolArray] = {
        "zero": finite & ~inside,
        "-inf": kept & np.isneginf(numbers),
        "inf": kept & np.isposinf(numbers),
        "nan": kept & np.isnan(numbers),
        "ignored": ~kept,
    }
    specials: tuple[tuple[Special, IntArray], ...] = tuple(
        (name, frozen(_by_group(groups, where, group_count))) for name, where in apart.items() if where.any()
    )
    return Histogram(
        edges=frozen(edges),
        counts=frozen(_counted(edges, numbers, inside, groups, group_count)),
        specials=specials,
        median=median,
        log=log,
        rule=rule,
    )


def _counted(
    edges: FloatArray, numbers: FloatArray, inside: BoolArray, groups: IntArray | None, group_count: int
) -> IntArray:
    """(group_count, bins) how many of each group fall into each bin."""
    bins = edges.size - 1
    counts = np.zeros(group_count * bins, np.int64)
    for first in range(0, numbers.size, STRETCH):
        part = slice(first, first + STRETCH)
        chosen = inside[part]
        place = np.clip(np.searchsorted(edges, numbers[part][chosen], side="right") - 1, 0, bins - 1)
        if groups is not None:
            place += np.clip(groups[part][chosen], 0, group_count - 1) * bins
        counts += np.bincount(place, minlength=counts.size)
    return counts.reshape(group_count, bins)


def _by_group(groups: IntArray | None, where: BoolArray, group_count: int) -> IntArray:
    """(group_count,) how many of each group are chosen."""
    if groups is None:
        return np.array([np.count_nonzero(where), *[0] * (group_count - 1)])
    return np.bincount(np.clip(groups[where], 0, group_count - 1), minlength=group_count)


def _edges(values: FloatArray, *, log: bool) -> tuple[FloatArray, Text]:
    """Freedman-Diaconis (1981): a width of 2 IQR n^(-1/3), between FEWEST and MOST bins; unit bins for few integers."""
    if not values.size:
        return np.array([0.0, 1.0]), say("pictures", "no finite value")
    low, high = float(values.min()), float(values.max())
    if low == high:
        return _around(low, log=log), say("pictures", "one value")
    if not log and high - low < MOST and np.array_equal(values, np.round(values)):
        return np.arange(low - 0.5, high + 1), say("pictures", "a bin for each integer")
    scaled: FloatArray = np.log(values) if log else values
    quarter, three = np.quantile(scaled, [0.25, 0.75])
    spread = float(scaled.max() - scaled.min())
    width = 2 * (three - quarter) / np.cbrt(scaled.size)
    ideal = spread / width if width > 0 and np.isfinite(spread) else FEWEST
    bins = int(np.clip(np.ceil(ideal), FEWEST, MOST))
    edges: FloatArray = np.linspace(float(scaled.min()), float(scaled.max()), bins + 1)
    rule = say("pictures", "{bins} bins (Freedman–Diaconis)", bins=bins)
    if bins != (asked := int(np.ceil(ideal))):
        rule = say("pictures", "{bins} bins (Freedman–Diaconis asks for {asked})", bins=bins, asked=asked)
    if log:
        edges = np.exp(edges)
    edges[0], edges[-1] = low, high  # exactly, whatever exp and log have rounded
    return edges, rule


def _around(value: float, *, log: bool) -> FloatArray:
    """One bin with the value in its middle."""
    if log:
        return np.array([value / 1.25, value * 1.25])
    half = max(abs(value) * 0.1, 0.5)
    return np.array([value - half, value + half])
