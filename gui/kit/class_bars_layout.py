"""Where the bars of the classes stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from gui.kit.class_bars_figure import ClassBarsFigure

LEFT, RIGHT, TOP, BOTTOM = 48.0, 16.0, 34.0, 44.0
WIDEST = 64.0  # px of a class
FILLED = 0.72  # of that its bars


@final
@dataclass(frozen=True, slots=True)
class ClassBarsLayout:
    """The area of the axis; each class has a column of `wide` px in it."""

    area: QRectF
    wide: float
    count: int
    tallest: float

    def y(self, share: float) -> float:
        """The height of a share."""
        return self.area.bottom() - share / self.tallest * self.area.height()

    def column(self, place: int) -> QRectF:
        """A class from the top of the axis to what is written under it."""
        left = self.area.left() + place * self.wide
        return QRectF(left, self.area.top(), self.wide, self.area.height() + BOTTOM)

    def bar(self, place: int, share: float, part: int, parts: int) -> QRectF:
        """The bar of a share; `part` of so many `parts` side by side."""
        wide = self.wide * FILLED / parts
        left = self.area.left() + (place + (1 - FILLED) / 2) * self.wide + part * wide
        return QRectF(left, self.y(share), wide, self.area.bottom() - self.y(share))

    def place_at(self, x: float) -> int | None:
        """The class at a column of px."""
        place = int((x - self.area.left()) // self.wide)
        return place if 0 <= place < self.count else None


def layout_of(figure: ClassBarsFigure, width: float, height: float) -> ClassBarsLayout:
    """In a widget of this size."""
    area = QRectF(LEFT, TOP, max(width - LEFT - RIGHT, 40.0), max(height - TOP - BOTTOM, 20.0))
    count = len(figure.names)
    # Room for the number on the tallest bar.
    tallest = figure.tallest * area.height() / max(area.height() - 14, 10)
    return ClassBarsLayout(area, min(area.width() / max(count, 1), WIDEST), count, tallest)
