"""The loss of every pixel of a picture: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.arrays import BoolArray, FloatArray
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class PixelMapFigure:
    """One of the pictures of a batch, H by W pixels; pixel (h, w) is row `first` + h * W + w.

    Attributes:
        title: what is shown; caption: what is left out or wrong, or None; unit: of the colour scale.
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

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.values.shape[0], self.values.shape[1]

    def row(self, pixel: tuple[int, int]) -> int:
        """The number of the row of a pixel."""
        return self.first + pixel[0] * self.shape[1] + pixel[1]
