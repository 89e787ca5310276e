"""Where the pixels of a picture stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from gui.kit.pixel_map_figure import PixelMapFigure

LEFT, RIGHT, TOP, BOTTOM = 48.0, 16.0, 54.0, 26.0
SCALE = 96.0  # px at the right for the colour scale
GAP = 14.0  # px between pictures
Pixel = tuple[int, int]


@final
@dataclass(frozen=True, slots=True)
class PixelMapLayout:
    """`area` is the picture of the losses, `companions` are those before it; each pixel is `side` px wide and high."""

    area: QRectF
    companions: tuple[QRectF, ...]
    side: float
    rows: int
    columns: int

    @property
    def areas(self) -> tuple[QRectF, ...]:
        """Of all pictures, from left to right."""
        return (*self.companions, self.area)

    def box(self, start: Pixel, end: Pixel) -> QRectF:
        """From one pixel to another in the picture of the losses, both included."""
        top, bottom = sorted((start[0], end[0]))
        left, right = sorted((start[1], end[1]))
        corner = self.area.topLeft()
        wide, high = (right - left + 1) * self.side, (bottom - top + 1) * self.side
        return QRectF(corner.x() + left * self.side, corner.y() + top * self.side, wide, high)

    def boxes(self, start: Pixel, end: Pixel) -> list[QRectF]:
        """The same in every picture."""
        box, left = self.box(start, end), self.area.left()
        return [box.translated(area.left() - left, 0) for area in self.areas]

    def picture_at(self, at: QPointF) -> int | None:
        """Which of `areas` is under a point."""
        return next((place for place, area in enumerate(self.areas) if area.contains(at)), None)

    def pixel_at(self, at: QPointF) -> Pixel | None:
        """Row and column of the pixel under a point, in any picture; None outside."""
        picture = self.picture_at(at)
        return None if picture is None else self.nearest(at, picture)

    def nearest(self, at: QPointF, picture: int) -> Pixel:
        """The pixel of a picture under a point, or that at the edge beside it."""
        area = self.areas[picture]
        row, column = (at.y() - area.top()) // self.side, (at.x() - area.left()) // self.side
        return int(min(max(row, 0), self.rows - 1)), int(min(max(column, 0), self.columns - 1))


def layout_of(figure: PixelMapFigure, width: float, height: float) -> PixelMapLayout:
    """In a widget of this size; pixels are squares."""
    (rows, columns), before = figure.shape, len(figure.companions)
    room = max(width - LEFT - RIGHT - SCALE - before * GAP, 40.0), max(height - TOP - BOTTOM, 20.0)
    side = min(room[0] / (columns * (before + 1)), room[1] / rows)
    areas = [QRectF(LEFT + n * (side * columns + GAP), TOP, side * columns, side * rows) for n in range(before + 1)]
    return PixelMapLayout(areas[-1], tuple(areas[:-1]), side, rows, columns)
