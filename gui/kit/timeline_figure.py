"""What a timeline shows: lines of losses over steps, and the steps that can be gone to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.text import Text

QUIET, WARNING, ERROR = 0, 1, 2
USUAL, SPIKE = 0.95, 50.0  # a number so many times the quantile that nearly all keep below is a spike
WIDE, DEEPEST = (
    12.0,
    1e4,
)  # times the median, from which the largest asks for a logarithmic scale; what that spans at most


@final
@dataclass(frozen=True, eq=False, slots=True)
class TimelineLine:
    """A line; nan cuts it.

    Attributes:
        number: its last value, beside its end; dash: 0 solid, else which of the dashes.
    """

    name: Text
    number: str
    role: str
    dash: int
    x: FloatArray
    y: FloatArray


@final
@dataclass(frozen=True, eq=False, slots=True)
class TimelineMark:
    """A named point of a line."""

    x: float
    y: float
    words: Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class TimelineFigure:
    """Lines, and a scrubber under them.

    Attributes:
        name: with values, for screen readers.
        lines: those of losses, on one scale; the last is painted on top.
        norm: of the gradient, on a scale of its own below.
        stops: (n,) ascending x that can be gone to; severity: (n,) QUIET, WARNING or ERROR.
        marker: the stop that is shown, None if none of them is; `marker_words` names it.
        best: the lowest point.
    """

    name: Text
    lines: tuple[TimelineLine, ...]
    norm: TimelineLine | None
    stops: FloatArray
    severity: IntArray
    marker: int | None
    marker_words: Text | None
    best: TimelineMark | None


@final
@dataclass(frozen=True, slots=True)
class Scale:
    """The range of an axis."""

    low: float
    high: float
    log: bool

    def share(self, value: float | FloatArray) -> FloatArray:
        """How far up the axis a value stands, 0 to 1; below the range of a logarithmic one at its foot."""
        given = np.asarray(value, np.float64)
        with np.errstate(invalid="ignore", over="ignore"):
            if self.log:
                return np.log(np.maximum(given, self.low) / self.low) / np.log(self.high / self.low)
            return (given - self.low) / (self.high - self.low)


def thinned(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """A line in px with at most two points a column, its lowest and its highest; short ones as they are."""
    column = np.floor(x)
    starts = np.flatnonzero(np.diff(column, prepend=-np.inf))
    if 2 * starts.size >= x.size:
        return x, y
    low, high = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    return np.repeat(column[starts] + 0.5, 2), np.stack([low, high], axis=1).ravel()


def worst_by_slot(x: FloatArray, severity: IntArray, width: float) -> tuple[FloatArray, IntArray]:
    """Of marks in px the worst of each slot of `width` px, at its own place; quiet ones are left out."""
    loud = np.flatnonzero(severity > QUIET)
    if not loud.size:
        return x[:0], severity[:0]
    slot = np.floor(x[loud] / width)
    order = np.lexsort((-severity[loud], slot))
    first = order[np.flatnonzero(np.diff(slot[order], prepend=-np.inf))]
    return x[loud[first]], severity[loud[first]]


def scale_of(lines: tuple[TimelineLine, ...]) -> Scale:
    """From 0, or the lowest number below it, to the highest; spikes far above nearly all leave the picture.

    Positive numbers of several sizes, as those of one sample beside a mean, get a logarithmic scale.
    """
    numbers = np.concatenate([line.y[np.isfinite(line.y)] for line in lines]) if lines else np.empty(0)
    if not numbers.size:
        return Scale(0.0, 1.0, log=False)
    low, high = float(numbers.min()), float(numbers.max())
    usual = float(np.quantile(numbers, USUAL))
    if high > SPIKE * usual > 0:
        high = SPIKE / 2 * usual
    if low >= 0 and high > WIDE * np.median(numbers):
        positive = numbers[numbers > 0]
        return Scale(max(float(positive.min()), high / DEEPEST), high, log=True)
    low = min(low, 0.0)
    return Scale(low, high if high > low else low + 1.0, log=False)
