"""Where the parts of a histogram stand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QRectF

from gui.kit.numbers import MINUS
from gui.kit.ticks import Ticks, ticks

if TYPE_CHECKING:
    from gui.kit.histogram_figure import HistogramFigure

LEFT, RIGHT, TOP, BOTTOM = 48.0, 16.0, 34.0, 38.0
APART, SPECIAL = 14.0, 30.0  # px before the bars that stand apart, and of each
TICK_ROOM = 56.0


@final
@dataclass(frozen=True, slots=True)
class HistogramLayout:
    """The area of the axis, and the scales."""

    area: QRectF
    low: float
    high: float
    log: bool
    tallest: int

    def x(self, value: float) -> float:
        """The column of a value; those off the axis stand at its ends."""
        place = min(max(value, self.low), self.high)
        if self.log:
            share = math.log(place / self.low) / math.log(self.high / self.low)
        else:
            share = (place - self.low) / (self.high - self.low)
        return self.area.left() + share * self.area.width()

    def value(self, x: float) -> float:
        """The value at a column."""
        share = min(max((x - self.area.left()) / self.area.width(), 0.0), 1.0)
        if self.log:
            return self.low * (self.high / self.low) ** share
        return self.low + share * (self.high - self.low)

    def y(self, count: float) -> float:
        return self.area.bottom() - count / self.tallest * self.area.height()

    def special(self, place: int) -> QRectF:
        """The column of a bar that stands apart."""
        left = self.area.right() + APART + place * SPECIAL
        return QRectF(left, self.area.top(), SPECIAL, self.area.height())

    def ticks(self) -> Ticks:
        """Round numbers along the axis."""
        most = max(int(self.area.width() // TICK_ROOM), 2)
        return decades(self.low, self.high, most) if self.log else ticks(self.low, self.high, most)


def layout_of(figure: HistogramFigure, width: float, height: float) -> HistogramLayout:
    """In a widget of this size."""
    apart = APART + SPECIAL * len(figure.specials) if figure.specials else 0.0
    area = QRectF(LEFT, TOP, max(width - LEFT - RIGHT - apart, 40.0), max(height - TOP - BOTTOM, 20.0))
    low, high = float(figure.edges[0]), float(figure.edges[-1])
    return HistogramLayout(area, low, high, figure.log, figure.tallest)


def decades(low: float, high: float, most: int) -> Ticks:
    """Powers of ten between two positive numbers; a range within a decade gets ordinary ticks."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    if last - first < 1:
        return ticks(low, high, min(most, 3))
    step = max(math.ceil((last - first + 1) / most), 1)
    return tuple((10.0**power, _power(power)) for power in range(first, last + 1, step))


def _power(power: int) -> str:
    if -4 <= power <= 4:
        return f"{10.0**power:.{max(-power, 0)}f}"
    return f"1e{power}".replace("-", MINUS)
