"""Sections through a surface: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.text import Text
    from gui.kit.ticks import Ticks


@final
@dataclass(frozen=True, eq=False, slots=True)
class SectionFigure:
    """The loss along one axis of the surface, the other coordinate held.

    Attributes:
        position, value: (k,) the curve; first, last: the ends of the axis it shares with the surface.
        low, high: of the loss's own axis; what lies beyond is cut.
        probe: position and value of the disc.
        role: the colour of the title.
    """

    title: Text
    caption: Text
    position: FloatArray
    value: FloatArray
    first: float
    last: float
    low: float
    high: float
    ticks: Ticks
    probe: tuple[float, float]
    probe_label: str
    role: str
    description: Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """A name, and its value in the colour of its role."""

    name: Text
    value: str
    role: str
