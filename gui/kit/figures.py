"""Two linked plots of curves, value above gradient: what they draw, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

from core.arrays import FloatArray
from core.text import Text

# "loss" is solid, the pinned ones have a dash of their own: hue is never alone.
LineRole = Literal["loss", "p1", "p2", "p3"]
Shape = Literal["disc", "flag", "diamond"]
Interval = tuple[float, float]


@final
@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the axes in view: along x, of the value and of the slope."""

    x: Interval
    value: Interval
    slope: Interval


@final
@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A curve; nan cuts it. `caption` stands under its name ("" for nothing)."""

    role: LineRole
    name: str
    caption: str
    x: FloatArray
    y: FloatArray


@final
@dataclass(frozen=True, slots=True)
class Dot:
    """One side of a jump: open where the curve only comes near, closed where it is."""

    x: float
    y: float
    closed: bool
    role: LineRole
    note: Text | None = None


@final
@dataclass(frozen=True, slots=True)
class EdgeMark:
    """A triangle at the upper or lower edge where a curve leaves for a value that no axis can show."""

    x: float
    up: bool
    text: str | Text
    role: str


@final
@dataclass(frozen=True, slots=True)
class Aside:
    """A remark on a part of the curve, printed near the lower corner of that side."""

    side: Literal["left", "right"]
    text: Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class Panel:
    """One of the two plots.

    Attributes:
        title, symbol: "loss", "ℓ(x, y)".
        probe: the value at the probe; `badge`: the same as text; `role` gives their hue.
    """

    title: Text
    symbol: str
    role: Literal["loss", "grad"]
    lines: tuple[Line, ...]
    probe: float
    badge: str
    dots: tuple[Dot, ...] = ()
    edges: tuple[EdgeMark, ...] = ()
    asides: tuple[Aside, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Zone:
    """A tinted part of the axis around `middle`, with the words for it and for its half-width."""

    low: float
    middle: float
    high: float
    text: Text
    width: Text


@final
@dataclass(frozen=True, slots=True)
class Tangent:
    """The slope at the probe, drawn as a piece of line."""

    slope: float
    text: Text


@final
@dataclass(frozen=True, slots=True)
class Handle:
    """Something that can be dragged along the axis.

    Attributes:
        y: where it stands in the upper plot; None for on the axis.
        limits: between which x it may be put, or None for no limit.
        snaps: values of x that catch it.
        name: with values, for screen readers; title and hint are for the card beside the mouse.
        label: what stands beside it, or None. `number`: what a field that opens on it shows.
        endless: whether a drag beyond the edge of the view means infinity.
    """

    key: str
    shape: Shape
    x: float
    y: float | None
    role: str
    limits: Interval | None
    snaps: tuple[float, ...]
    name: Text
    title: Text
    hint: Text
    label: Text | None = None
    number: float = 0.0
    endless: bool = False


@final
@dataclass(frozen=True, eq=False, slots=True)
class CurveFigure:
    """Everything on the two plots.

    Attributes:
        key: what the range in view was chosen for; another key asks for another range.
        home: the range that fits; `kept`: whether the one in view still serves.
        span: the part of the axis that the curves were computed for.
        step: from the probe to where a descent step leads, or None; trail: (k, 2) places left behind.
        notice: why there is nothing to draw.
    """

    key: str
    home: Frame
    kept: bool
    span: Interval
    x_title: Text
    x_badge: str
    x: float
    value: Panel
    slope: Panel
    handles: tuple[Handle, ...]
    description: Text
    zone: Zone | None = None
    tangent: Tangent | None = None
    step: float | None = None
    trail: FloatArray | None = None
    notice: Text | None = None


@final
@dataclass(frozen=True, slots=True)
class ReadOutRow:
    """One line of the card beside the mouse."""

    role: str
    name: str | Text
    texts: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class ReadOut:
    """What the curves say at one x: a title, the heads of the columns, and rows with a mark in their hue."""

    x: float
    title: str
    heads: tuple[Text, ...]
    rows: tuple[ReadOutRow, ...]
