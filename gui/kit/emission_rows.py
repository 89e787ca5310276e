"""A row of cells for each class over the frames in view: probabilities, or a gradient with its sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from gui.kit.color_tables import color_table, image_of
from gui.kit.frame_axis import GUTTER
from gui.kit.lattice_frames import FramesWidget, paint_name, paint_playhead, paint_unread
from gui.kit.lattice_nodes import readable_on
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from core.arrays import FloatArray
    from gui.kit.frame_axis import FrameAxis
    from gui.kit.lattice_figures import EmissionFigure, StackFigure

LEAST_ROW, MOST_ROW = 12.0, 20.0
TOP, BOTTOM = 4.0, 2.0
SUMS = 16.0
NUMBER_COLUMN, NUMBER_ROW = 34.0, 12.5  # px that a cell needs for its number
SUM_COLUMN = 18.0
GRID_COLUMN = 9.0  # px of a column from which cells are parted by lines
ROLES = {"blank": "text3", "target": "text", "other": "text2"}


def height_for(rows: int, room: float, has_sums: bool) -> float:
    """The height of so many rows where `room` would be theirs."""
    return TOP + BOTTOM + rows * min(max(room / max(rows, 1), LEAST_ROW), MOST_ROW) + (SUMS if has_sums else 0.0)


@final
class EmissionRows(FramesWidget):
    """Draws an EmissionFigure on a frame axis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack: StackFigure | None = None

    def draw(self, stack: StackFigure, axis: FrameAxis, frames: int) -> None:
        """Show the emissions of a stack."""
        self._stack = stack
        self.show_axis(axis, frames)

    def frame_at(self, x: float) -> int | None:
        """The frame at a place, the nearest one beside the frames; None before there are any."""
        if self._axis is None or not self._frames:
            return None
        shown = self._axis.shown
        return min(max(self._axis.frame_at(x), shown.start, 0), shown.stop - 1, self._frames - 1)

    def cell_at(self, at: QPointF) -> tuple[int, str] | None:
        """The frame and the name of the symbol under a place; None where no emission is drawn."""
        if self._stack is None or self._axis is None or self._stack.emission.scale == "gradient":
            return None
        figure, frame = self._stack.emission, self._axis.frame_at(at.x())
        area = self._area(figure)
        if not area.contains(at) or frame >= self._frames:
            return None
        row = int((at.y() - area.top()) / area.height() * len(figure.rows))
        return frame, figure.rows[min(row, len(figure.rows) - 1)].name

    def place_of_cell(self, frame: int, name: str) -> QPointF:
        """The middle of the cell of a symbol."""
        assert self._stack is not None
        assert self._axis is not None
        figure = self._stack.emission
        row, area = [label.name for label in figure.rows].index(name), self._area(figure)
        return QPointF(self._axis.x(frame + 0.5), area.top() + (row + 0.5) * area.height() / len(figure.rows))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._stack is None or self._axis is None:
            return
        painter = QPainter(self)
        stack, figure, axis = self._stack, self._stack.emission, self._axis
        area = self._area(figure)
        if axis.left >= GUTTER:
            role = "grad" if figure.scale == "gradient" else "text"
            paint_name(painter, figure.title, figure.caption, role, TOP + 12)
        last = figure.first + figure.values.shape[1]
        painter.drawImage(_columns(axis, area, figure.first, last), _image(figure.values, figure))
        if figure.unread is not None:
            painter.drawImage(_columns(axis, area, last, stack.last), _image(figure.unread, figure))
        self._paint_grid(painter, figure, area)
        paint_playhead(painter, axis, stack.playhead, 0, self.height())
        self._paint_numbers(painter, figure, area)
        self._paint_symbols(painter, figure, area)
        if stack.read is not None:
            paint_unread(painter, axis, stack.read, 0, self.height())
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _area(self, figure: EmissionFigure) -> QRectF:
        assert self._axis is not None
        foot = SUMS if figure.sums else 0.0
        return QRectF(self._axis.left, TOP, self._axis.right - self._axis.left, self.height() - TOP - BOTTOM - foot)

    def _paint_grid(self, painter: QPainter, figure: EmissionFigure, area: QRectF) -> None:
        assert self._axis is not None
        axis = self._axis
        if axis.column < GRID_COLUMN:
            return
        lines = [QLineF(axis.x(frame), area.top(), axis.x(frame), area.bottom()) for frame in axis.shown]
        pitch = area.height() / len(figure.rows)
        heights = (area.top() + row * pitch for row in range(1, len(figure.rows)))
        lines += [QLineF(area.left(), y, area.right(), y) for y in heights]
        painter.setPen(QPen(color("surface", 0.55), 1))
        painter.drawLines(lines)

    def _paint_symbols(self, painter: QPainter, figure: EmissionFigure, area: QRectF) -> None:
        pitch = area.height() / len(figure.rows)
        for row, label in enumerate(figure.rows):
            painter.setFont(font("tick" if label.role == "blank" or pitch < 13 else "label-strong"))
            painter.setPen(color(ROLES[label.role]))
            rect = QRectF(area.left() - 60, area.top() + row * pitch - 3, 48, pitch + 6)
            words = QFontMetricsF(painter.font()).elidedText(label.name, Qt.TextElideMode.ElideRight, 46)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_numbers(self, painter: QPainter, figure: EmissionFigure, area: QRectF) -> None:
        assert self._axis is not None
        axis, pitch = self._axis, area.height() / len(figure.rows)
        painter.setFont(font("tick"))
        if axis.column >= NUMBER_COLUMN and pitch >= NUMBER_ROW:
            for row, texts in enumerate(figure.texts):
                for i, text in enumerate(texts):
                    if text:
                        painter.setPen(readable_on(_pixel(figure, row, i)))
                        rect = QRectF(axis.x(figure.first + i), area.top() + row * pitch - 1, axis.column, pitch + 2)
                        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        if figure.sums:
            self._paint_sums(painter, figure, area)

    def _paint_sums(self, painter: QPainter, figure: EmissionFigure, area: QRectF) -> None:
        """What each frame sums to; of narrow columns only that of the playhead."""
        assert self._axis is not None
        assert self._stack is not None
        axis = self._axis
        painter.setPen(color("grad"))
        head = QRectF(area.left() - 60, area.bottom() + 1, 48, SUMS - 2)
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "Σ")
        if axis.column >= SUM_COLUMN:
            for i, text in enumerate(figure.sums):
                rect = QRectF(axis.x(figure.first + i), area.bottom() + 1, axis.column, SUMS - 2)
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        elif figure.sum is not None:
            x = min(max(axis.x(self._stack.playhead + 0.5), axis.left + 20), axis.right - 20)
            painter.drawText(QRectF(x - 24, area.bottom() + 1, 48, SUMS - 2), Qt.AlignmentFlag.AlignCenter, figure.sum)


def _image(values: FloatArray, figure: EmissionFigure) -> QImage:
    if figure.scale == "gradient":
        return image_of(values, "gradient", -1.0, 1.0)
    return image_of(values, "probability", 0.0, 1.0)


def _pixel(figure: EmissionFigure, row: int, i: int) -> int:
    value = float(figure.values[row, i])
    share = (value + 1) / 2 if figure.scale == "gradient" else value
    if not np.isfinite(share):
        return color("surface").rgba()
    table = color_table("gradient" if figure.scale == "gradient" else "probability")
    return int(table[int(np.clip(share * 255, 0, 255))])


def _columns(axis: FrameAxis, area: QRectF, first: int, last: int) -> QRectF:
    return QRectF(axis.x(first), area.top(), axis.x(last) - axis.x(first), area.height())
