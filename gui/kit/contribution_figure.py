"""How few rows make most of a loss: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.text import Text

Measure = Literal["loss", "grad"]


@final
@dataclass(frozen=True, eq=False, slots=True)
class ContributionFigure:
    """The rows that count, largest first.

    Attributes:
        sentence: how many rows make half of it; `remark`: what is left out, or None.
        measures: by what it can be counted; measure: by what it is.
        order: (n,) row numbers; shares, cumulative: (n,) of the whole.
        half, ninety: how many rows make 50 % and 90 %.
        primary: the place of the row that everything speaks of, None if it has none; chosen: (n,) places selected.
        empty: why there is nothing to show, or None.
    """

    sentence: Text
    remark: Text | None
    measures: tuple[Measure, ...]
    measure: Measure
    order: IntArray
    shares: FloatArray
    cumulative: FloatArray
    half: int
    ninety: int
    primary: int | None
    chosen: IntArray
    empty: Text | None = None
