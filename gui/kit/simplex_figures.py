"""What the triangle of probability vectors and the column beside it show: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.text import Text

Point = tuple[float, float]  # on the plane of core.simplex: x 0..1 to the right, y upwards


@final
@dataclass(frozen=True, eq=False, slots=True)
class Isolines:
    """(k, 2) lines on the plane, at one value of the loss."""

    level: float
    lines: tuple[FloatArray, ...]


@final
@dataclass(frozen=True, eq=False, slots=True)
class TernaryField:
    """The ground that points move on; unchanged while they do.

    Attributes:
        heat: (k, k) values on core.simplex.triangle_grid; low, high: what the ends of the colours stand for.
        reverse: isolines of a second loss, drawn dashed, () for none.
        reach: (k, 2) border of the part that can be reached, or None.
    """

    heat: FloatArray
    low: float
    high: float
    isolines: tuple[Isolines, ...]
    reverse: tuple[Isolines, ...]
    reach: FloatArray | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class TernaryFigure:
    """The field and what stands on it.

    Attributes:
        corners: what is written at the top, left and right one; target_corner: which of them is the target, or None.
        point: the prediction; target: the flag.
        smoothed: what smoothing makes of the target; best: where the loss is least; None where it is the flag itself.
        path: (k, 2) the flow; dots: places on it, some with words; arrow: one step from the point.
        edge: a remark along the edge opposite a corner.
        description, target_description: the handles with their values, for screen readers.
    """

    field: TernaryField
    corners: tuple[Text, Text, Text]
    target_corner: int | None
    point: Point
    point_label: str
    target: Point
    smoothed: Point | None
    best: Point | None
    path: FloatArray | None
    dots: tuple[tuple[Point, Text | None], ...]
    arrow: tuple[Point, Point] | None
    edge: tuple[int, Text] | None
    title: Text
    caption: Text
    legend: tuple[str, str]
    notes: tuple[Text, ...]
    description: Text
    target_description: Text


@final
@dataclass(frozen=True, slots=True)
class SmallBars:
    """Three bars over the range low..high, with lines at `ticks`; `marks` are dashes across the bars."""

    title: Text
    caption: Text
    values: tuple[float, float, float]
    labels: tuple[str, str, str]
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    role: str
    title_role: str
    marks: tuple[float, float, float] | None = None


@final
@dataclass(frozen=True, slots=True)
class SplitBar:
    """One number as the sum of two: left + right = whole."""

    title: Text
    left: float
    right: float
    whole_label: str
    left_label: Text
    right_label: Text


@final
@dataclass(frozen=True, slots=True)
class SimplexColumn:
    """The charts beside the triangle; `target` is the class that is green, or None."""

    names: tuple[str, str, str]
    target: int | None
    charts: tuple[SmallBars, ...]
    split: SplitBar | None
    notes: tuple[Text, ...]
