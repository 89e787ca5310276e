"""What a histogram shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.text import Text

ALL = -1  # the hue of a bar that is of no class


@final
@dataclass(frozen=True, eq=False, slots=True)
class HistogramFigure:
    """Bars over an axis, and beside it those of what has no place on it.

    Attributes:
        title, caption: what is counted; summary: what lies beyond the threshold, at the right.
        axis: what the axis is, with its unit and scale.
        edges: (bins + 1,); counts: (groups, bins), stacked from below.
        hues: the class of each group, ALL for none.
        specials: names and counts (groups,) of what stands apart.
        median: nan for none; primary: the value of the row that everything speaks of, nan for none.
        threshold: None stands at the left end: nothing is left out.
    """

    title: Text
    caption: Text
    summary: Text | None
    axis: Text
    edges: FloatArray
    counts: IntArray
    hues: tuple[int, ...]
    specials: tuple[tuple[Text, IntArray], ...]
    log: bool
    median: float
    primary: float
    threshold: float | None

    @property
    def tallest(self) -> int:
        """The most in one bar, at least 1."""
        apart = [int(counts.sum()) for _, counts in self.specials]
        return max([int(self.counts.sum(axis=0).max(initial=0)), *apart, 1])
