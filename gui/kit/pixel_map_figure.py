"""The loss of every pixel of a picture, and what it was computed from: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.arrays import Array, BoolArray, FloatArray
    from core.text import Text


# How the numbers of a picture become colours: of classes, of shares from 0 to 1, or as they are, (H, W, 3) bytes.
Coloring = Literal["class", "share", "rgb"]


@final
@dataclass(frozen=True, eq=False, slots=True)
class Companion:
    """A picture beside that of the losses, of the same pixels: `values` (H, W), or (H, W, 3) bytes for "rgb"."""

    title: Text
    values: Array
    coloring: Coloring


@final
@dataclass(frozen=True, eq=False, slots=True)
class PixelMapFigure:
    """One of the pictures of a batch, H by W pixels; pixel (h, w) is row `first` + h * W + w.

    Attributes:
        title: what is shown; caption: what is left out or wrong, or None; unit: of the colour scale.
        companions: what stands before it, from left to right.
        logarithmic: whether equal factors have equal steps of colour; then `low` is above 0.
        sample: which of so many `samples`, from 0.
        values: (H, W) losses, nan and inf too; low, high: the ends of the colour scale.
        ignored: (H, W) pixels that do not count; chosen: (H, W) those selected.
        primary: the pixel that everything speaks of, None if it is in another picture.
        describe: what a row is, in words: target, prediction, loss.
    """

    title: Text
    caption: Text | None
    unit: Text
    sample: int
    samples: int
    first: int
    values: FloatArray
    low: float
    high: float
    ignored: BoolArray
    chosen: BoolArray
    primary: tuple[int, int] | None
    describe: Callable[[int], Text]
    companions: tuple[Companion, ...] = ()
    logarithmic: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.values.shape[0], self.values.shape[1]

    def row(self, pixel: tuple[int, int]) -> int:
        """The number of the row of a pixel."""
        return self.first + pixel[0] * self.shape[1] + pixel[1]
