"""Loss against gradient: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.arrays import FloatArray, IntArray
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class ScatterFigure:
    """n rows in the plane of the logarithms to base 10.

    Attributes:
        title, caption: what is shown, and which rows are on an edge or left out.
        x_axis, y_axis: what the axes are, with their scale.
        rows: (n,) row numbers; x, y: (n,) places; low, high: (2,) corners of the plane.
        density: (cells, cells) counts by y and x, instead of points where they are too many; else None.
        chosen: the places in `rows` that are selected; primary: that of the row that everything speaks of, or None.
        describe: what a row is, in words.
        empty: why there is nothing to show, or None.
    """

    title: Text
    caption: Text
    x_axis: Text
    y_axis: Text
    rows: IntArray
    x: FloatArray
    y: FloatArray
    low: FloatArray
    high: FloatArray
    density: IntArray | None
    chosen: IntArray
    primary: int | None
    describe: Callable[[int], Text]
    empty: Text | None = None
