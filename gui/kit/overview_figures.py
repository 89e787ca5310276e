"""A whole lattice drawn small, and its weakest labels: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray, IntArray
    from core.text import Text
    from gui.kit.frame_figures import Picture
    from gui.kit.lattice_figures import Scale

UNREACHABLE = 0  # the level that has no colour


@final
@dataclass(frozen=True, slots=True)
class Token:
    """A label with the frames that speak it, both inclusive, and how sure the model is of them.

    Attributes:
        state: its row in the lattice.
        role: the hue of its confidence.
    """

    name: str
    place: Text
    first: int
    last: int
    state: int
    confidence: float
    text: str
    role: str


@final
@dataclass(frozen=True, eq=False, slots=True)
class OverviewFigure:
    """The whole lattice.

    Attributes:
        levels: (rows, columns) uint8 place in a table of colours, UNREACHABLE or 1 to 255.
        frames, states: what the image spans.
        path: (frames,) the row of the best path, empty if there is none.
        strip: the picture of all frames, or None; then `emission`, (K, columns), stands there.
        spoken: where each label is spoken; weakest: those of least confidence.
    """

    title: Text
    caption: Text
    scale: Scale
    levels: Array
    frames: int
    states: int
    path: IntArray
    strip_title: Text
    strip_caption: Text
    strip: Picture | None
    emission: FloatArray | None
    spoken_title: Text
    spoken: tuple[Token, ...]
    weakest_title: Text
    weakest_caption: Text
    weakest: tuple[Token, ...]
