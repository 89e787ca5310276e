"""Where the pixels of a picture stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from gui.kit.pixel_map_figure import PixelMapFigure

LEFT, RIGHT, TOP, BOTTOM = 48.0, 16.0, 40.0, 26.0
SCALE = 150.0  # px at the right for the colour scale
Pixel = tuple[int, int]


@final
@dataclass(frozen=True, slots=True)
class PixelMapLayout:
    """`area` is the picture, each of its pixels `side` px wide and high."""

    area: QRectF
    side: float
    rows: int
    columns: int

    def box(self, start: Pixel, end: Pixel) -> QRectF:
        """From one pixel to another, both included."""
        top, bottom = sorted((start[0], end[0]))
        left, right = sorted((start[1], end[1]))
        corner = self.area.topLeft()
        wide, high = (right - left + 1) * self.side, (bottom - top + 1) * self.side
        return QRectF(corner.x() + left * self.side, corner.y() + top * self.side, wide, high)

    def pixel_at(self, at: QPointF) -> Pixel | None:
        """Row and column of the picture under a point; None outside."""
        row, column = (at.y() - self.area.top()) // self.side, (at.x() - self.area.left()) // self.side
        return (int(row), int(column)) if 0 <= row < self.rows and 0 <= column < self.columns else None

    def nearest(self, at: QPointF) -> Pixel:
        """The pixel under a point, or that at the edge beside it."""
        row, column = (at.y() - self.area.top()) // self.side, (at.x() - self.area.left()) // self.side
        return int(min(max(row, 0), self.rows - 1)), int(min(max(column, 0), self.columns - 1))


def layout_of(figure: PixelMapFigure, width: float, height: float) -> PixelMapLayout:
    """In a widget of this size; pixels are squares."""
    rows, columns = figure.shape
    room = max(width - LEFT - RIGHT - SCALE, 40.0), max(height - TOP - BOTTOM, 20.0)
    side = min(room[0] / columns, room[1] / rows)
    return PixelMapLayout(QRectF(LEFT, TOP, side * columns, side * rows), side, rows, columns)
