"""Where the rows of a scatter stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from gui.kit.histogram_layout import TICK_ROOM, decades

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from gui.kit.scatter_figure import ScatterFigure
    from gui.kit.ticks import Ticks

LEFT, RIGHT, TOP, BOTTOM = 62.0, 16.0, 34.0, 38.0
NEAR = 4.0  # px around a point that count as on it
FINE, COARSE = 1, 3  # px: of few and of many rows those closer than this are painted as one
FEW = 5000
WIDEST_POWER = 300.0  # of ten, with which a float can still be reckoned
TICK_HEIGHT = 30.0


@final
@dataclass(frozen=True, eq=False, slots=True)
class ScatterLayout:
    """`area` shows the plane of the figure."""

    area: QRectF
    figure: ScatterFigure

    def point(self, x: float, y: float) -> QPointF:
        """Where a pair of logarithms stands."""
        (x0, y0), (x1, y1) = self.figure.low.tolist(), self.figure.high.tolist()
        across, up = (x - x0) / (x1 - x0), (y - y0) / (y1 - y0)
        return QPointF(self.area.left() + across * self.area.width(), self.area.bottom() - up * self.area.height())

    def within(self, box: QRectF) -> IntArray:
        """The places in the figure's rows that stand in a rectangle."""
        figure, area = self.figure, self.area
        span = figure.high - figure.low
        left, right = ((x - area.left()) / area.width() * span[0] + figure.low[0] for x in (box.left(), box.right()))
        low, high = ((area.bottom() - y) / area.height() * span[1] + figure.low[1] for y in (box.bottom(), box.top()))
        inside = (figure.x >= left) & (figure.x <= right) & (figure.y >= low) & (figure.y <= high)
        return np.flatnonzero(inside)

    def grains(self, places: IntArray) -> FloatArray:
        """(k, 2) px of the rows at these places, those that would lie on each other once."""
        figure, area, grain = self.figure, self.area, FINE if places.size <= FEW else COARSE
        span = figure.high - figure.low
        across = (figure.x[places] - figure.low[0]) / span[0] * (area.width() / grain)
        down = (figure.high[1] - figure.y[places]) / span[1] * (area.height() / grain)
        columns = int(area.width() / grain) + 2
        cells = np.unique(down.astype(np.int64) * columns + across.astype(np.int64))
        rows, along = np.divmod(cells, columns)
        corner = np.array([area.left(), area.top()])
        return corner + (np.stack([along, rows], axis=1) + 0.5) * grain

    def ticks(self, axis: int) -> Ticks:
        """Powers of ten along x (0) or y (1)."""
        room, each = (self.area.width(), TICK_ROOM) if axis == 0 else (self.area.height(), TICK_HEIGHT)
        low, high = float(self.figure.low[axis]), float(self.figure.high[axis])
        bounds = 10.0 ** max(low, -WIDEST_POWER), 10.0 ** min(high, WIDEST_POWER)
        return decades(*bounds, max(int(room // each), 2))


def layout_of(figure: ScatterFigure, width: float, height: float) -> ScatterLayout:
    """In a widget of this size."""
    area = QRectF(LEFT, TOP, max(width - LEFT - RIGHT, 40.0), max(height - TOP - BOTTOM, 20.0))
    return ScatterLayout(area, figure)
