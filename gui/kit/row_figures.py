"""Bars over classes, a slice through a loss, and a line search: what their plots draw, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from core.arrays import Array, FloatArray
from core.text import Text, say

REST = -1  # the class index of the column that stands for all classes not shown


@final
@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """One class: its index (REST for "other n"), its name."""

    index: int
    name: str | Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class Panel:
    """One row of bars; `values` and their texts go with the columns.

    Attributes:
        labels: the values as text; short: with a digit less, for narrow columns.
        low, high, ticks: of the vertical axis, in the values' own unit.
        marks: a second value for each column, drawn as dashes; None for none.
        optima: a third one, drawn as dots.
        outline: a fourth one, drawn as the contour of a bar.
    """

    title: Text
    caption: Text
    values: FloatArray
    labels: tuple[str, ...]
    short: tuple[str, ...]
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    marks: FloatArray | None = None
    optima: FloatArray | None = None
    outline: FloatArray | None = None


@final
@dataclass(frozen=True, eq=False, slots=True)
class BarsFigure:
    """Three panels over the same columns.

    Attributes:
        target: class index of the target column, None where the target is spread over the classes.
        focus: class index of the selected column.
        movable_target: whether the dashes can be dragged.
        description: the selected class with its values, for screen readers.
    """

    columns: tuple[Column, ...]
    logits: Panel
    probabilities: Panel
    gradient: Panel
    target: int | None
    focus: int
    movable_target: bool
    description: Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class AxisName:
    """The name of a class's logit as an axis title."""

    text: Text
    is_target: bool


@final
@dataclass(frozen=True, eq=False, slots=True)
class Isoline:
    """All pieces of one level: `paths` are (m, 2) arrays of data coordinates.

    Attributes:
        label: the level's number where it is printed, at `anchor`; "" for none.
    """

    level: float
    paths: tuple[FloatArray, ...]
    bold: bool
    label: str
    anchor: tuple[float, float]


@final
@dataclass(frozen=True, eq=False, slots=True)
class SliceFigure:
    """The loss over two coordinates.

    Attributes:
        extent: x from, x to, y from, y to.
        shade: (rows, columns) uint8 indices into the colour map, the first row at y from.
        legend: the texts at both ends of the colour bar.
        arrows: (k, 4) tail and tip in data coordinates, each pointing down the loss.
        probe: where the disc is; `step`: tip of its own arrow, or None.
        descent: what the arrows are; `hint`: what a drag of the disc does.
    """

    title: Text
    caption: Text
    x: AxisName
    y: AxisName
    extent: tuple[float, float, float, float]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    shade: Array
    legend: tuple[str, str]
    isolines: tuple[Isoline, ...]
    arrows: FloatArray
    probe: tuple[float, float]
    step: tuple[float, float] | None
    description: Text
    descent: Text = say("explore", "descent −∂ℓ/∂z")
    hint: Text = say("explore", "Drag the disc: it moves both logits · arrows move it by 0.1")


@final
@dataclass(frozen=True, eq=False, slots=True)
class LineMark:
    """A point on a line with its words."""

    x: float
    y: float
    text: Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class LineFigure:
    """A curve from its start, with its lowest point and the level below which it cannot go."""

    title: Text
    caption: Text
    x: FloatArray
    y: FloatArray
    high_x: float
    low_y: float
    high_y: float
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    best: LineMark
    floor: LineMark | None
    description: Text
