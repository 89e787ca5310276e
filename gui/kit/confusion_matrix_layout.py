"""Where the cells of a confusion matrix stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from gui.kit.confusion_matrix_figure import ConfusionMatrixFigure

LEFT, TOP, BOTTOM = 132.0, 54.0, 8.0
RECALL = 84.0  # px right of the cells for the share that is right
WIDEST, HIGHEST = 110.0, 30.0


@final
@dataclass(frozen=True, slots=True)
class ConfusionMatrixLayout:
    """Cells of one size."""

    wide: float
    high: float
    count: int

    def cell(self, row: int, column: int) -> QRectF:
        """Target `row`, prediction `column`."""
        return QRectF(LEFT + column * self.wide, TOP + row * self.high, self.wide, self.high)

    def cell_at(self, at: QPointF) -> tuple[int, int] | None:
        """The cell under a point."""
        row, column = int((at.y() - TOP) // self.high), int((at.x() - LEFT) // self.wide)
        return (row, column) if 0 <= row < self.count and 0 <= column < self.count else None


def layout_of(figure: ConfusionMatrixFigure, width: float, height: float) -> ConfusionMatrixLayout:
    """In a widget of this size."""
    count = max(len(figure.names), 1)
    wide = min(max(width - LEFT - RECALL, 40.0) / count, WIDEST)
    high = min(max(height - TOP - BOTTOM, 20.0) / count, HIGHEST)
    return ConfusionMatrixLayout(wide, high, len(figure.names))
