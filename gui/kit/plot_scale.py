"""From data to pixels and back, and where the two linked plots lie in their widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from gui.kit.figures import CurveFigure, Frame, Interval, Panel

LEFT, RIGHT, TOP, GAP, BOTTOM = 64.0, 104.0, 34.0, 54.0, 52.0
VALUE_SHARE = 0.677
EDGE = 10.0  # px from the edge: where a probe stands whose value is beyond
FARTHEST = 1e5  # px: beyond it the painter's own arithmetic suffers


@final
@dataclass(frozen=True, slots=True)
class Scale:
    """A straight map from an interval of data to one of pixels."""

    data: Interval
    pixels: Interval

    @property
    def per_pixel(self) -> float:
        """Data units in one pixel, positive."""
        return abs((self.data[1] - self.data[0]) / (self.pixels[1] - self.pixels[0]))

    def to_px(self, value: float) -> float:
        """Where `value` lies; infinities and what is too far stay countable, nan stays nan."""
        (low, high), (first, last) = self.data, self.pixels
        px = first + (value - low) / (high - low) * (last - first)
        return px if px != px else min(max(px, -FARTHEST), FARTHEST)

    def all_to_px(self, values: FloatArray) -> FloatArray:
        """The same for an array; infinities become nan, so that they cut a line."""
        (low, high), (first, last) = self.data, self.pixels
        with np.errstate(invalid="ignore", over="ignore"):
            px = first + (values - low) / (high - low) * (last - first)
        return np.where(np.isinf(values), np.nan, np.clip(px, -FARTHEST, FARTHEST))

    def from_px(self, px: float) -> float:
        """The data at a pixel."""
        (low, high), (first, last) = self.data, self.pixels
        return low + (px - first) / (last - first) * (high - low)


def kept_inside(y: float, plot: QRectF) -> float:
    """A pixel row in the plot, near its edge for what lies beyond; above for nan."""
    if y != y or y < plot.top():
        return plot.top() + EDGE
    return plot.bottom() - EDGE if y > plot.bottom() else y


@final
@dataclass(frozen=True, slots=True)
class Layout:
    """The two plots of a widget of some size, and the scales of a frame in them."""

    value: QRectF
    slope: QRectF
    x: Scale
    value_y: Scale
    slope_y: Scale

    @staticmethod
    def of(width: float, height: float, frame: Frame) -> Layout:
        """The upper plot takes two thirds of the height; both share the x axis."""
        across = max(width - LEFT - RIGHT, 40.0)
        down = max(height - TOP - GAP - BOTTOM, 60.0)
        upper = round(VALUE_SHARE * down)
        value = QRectF(LEFT, TOP, across, upper)
        slope = QRectF(LEFT, TOP + upper + GAP, across, down - upper)
        return Layout(
            value,
            slope,
            Scale(frame.x, (LEFT, LEFT + across)),
            Scale(frame.value, (value.bottom(), value.top())),
            Scale(frame.slope, (slope.bottom(), slope.top())),
        )

    def plots(self, figure: CurveFigure) -> tuple[tuple[QRectF, Scale, Panel], ...]:
        """Upper and lower plot, each with its vertical scale and what is drawn in it."""
        return (self.value, self.value_y, figure.value), (self.slope, self.slope_y, figure.slope)

    def column(self, x: float) -> float:
        """The pixel column of x, at the edge for what lies beyond; left for nan."""
        px = self.x.to_px(x)
        return self.value.left() if px != px else min(max(px, self.value.left()), self.value.right())

    def plot_at(self, y: float) -> str | None:
        """Which plot the pixel row y crosses: "value", "slope" or None."""
        if self.value.top() <= y <= self.value.bottom():
            return "value"
        return "slope" if self.slope.top() <= y <= self.slope.bottom() else None
