"""The emissions of one sequence and the bars of one of its frames: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray
    from core.text import Text

SymbolRole = Literal["blank", "target", "other"]


@final
@dataclass(frozen=True, slots=True)
class Symbol:
    """A class as it is written, and what it is in this sequence."""

    name: str
    role: SymbolRole


@final
@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """What the model saw: (height, width) uint8, `width` / `per_frame` frames wide; paper is bright, sound is not."""

    pixels: Array
    per_frame: float
    is_paper: bool


@final
@dataclass(frozen=True, eq=False, slots=True)
class EmissionFigure:
    """Probabilities over frames.

    Attributes:
        probs: (rows, columns) one row a symbol; frames share a column where there are more of them than pixels.
        frames: T; frame: where the playhead stands.
        labels: frames whose number is written.
        unlisted: how many classes have no row.
    """

    title: Text
    caption: Text
    picture: Picture | None
    symbols: tuple[Symbol, ...]
    probs: FloatArray
    frames: int
    frame: int
    labels: tuple[int, ...]
    legend: Text
    description: Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class FrameBars:
    """One frame: for each symbol its probability, its posterior, and the gradient."""

    title: Text
    caption: Text
    gradient_title: Text
    gradient_caption: Text
    symbols: tuple[Symbol, ...]
    probs: tuple[float, ...]
    prob_labels: tuple[str, ...]
    occupancy: tuple[float, ...]
    gradient: tuple[float, ...]
    gradient_labels: tuple[str, ...]
    description: Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class Fact:
    """A sentence about the sequence, in the colour of its role."""

    text: Text
    role: str = "text2"


@final
@dataclass(frozen=True, slots=True)
class Choice:
    """A sequence in the list."""

    sequence: int
    text: Text
