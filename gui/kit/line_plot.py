"""The loss along one line, its lowest point, and the floor below which it cannot go."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.i18n import tr_text
from gui.kit.plot_text import AXIS_GAP, paint_line, paint_tick_left, paint_ticks_below, paint_title
from gui.kit.slice_paint import LEFT, RIGHT
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from gui.kit.row_figures import LineFigure, LineMark

TOP, BOTTOM = 34.0, 40.0
DOT = 4.5
CLEAR = 22.0  # px over the floor that its words need
LIFT = 36.0  # px from the lowest point up to its words


@final
class LinePlot(QWidget):
    """Shows a LineFigure; nothing in it can be moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: LineFigure | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(260, 120)

    def sizeHint(self) -> QSize:
        return QSize(474, 158)

    def draw(self, figure: LineFigure | None) -> None:
        """Show a figure, or nothing."""
        self._figure = figure
        if figure is not None:
            self.setAccessibleName(tr_text(figure.description))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)
        _LinePainting(painter, self._figure, rect).paint()


@final
class _LinePainting:
    """One painting: the same places for all parts."""

    def __init__(self, painter: QPainter, figure: LineFigure, rect: QRectF) -> None:
        self._painter, self._figure, self._rect = painter, figure, rect

    def paint(self) -> None:
        figure, painter = self._figure, self._painter
        paint_title(painter, figure.title, figure.caption, "loss", 20, self._rect.right())
        self._paint_grid()
        floor = figure.floor if figure.floor and figure.low_y <= figure.floor.y <= figure.high_y else None
        if floor is not None:
            self._paint_floor(floor)
        painter.save()
        painter.setClipRect(self._rect.adjusted(-4, -2, 4, 2))
        painter.setPen(QPen(color("loss"), 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x = self._rect.left() + figure.x / figure.high_x * self._rect.width()
        y = self._rect.bottom() - (figure.y - figure.low_y) * self._scale()
        painter.drawPath(pg.functions.arrayToQPath(x, y, connect="finite"))
        painter.restore()
        if floor is not None:
            self._paint_floor_words(floor)
        self._paint_marks()

    def _scale(self) -> float:
        return self._rect.height() / (self._figure.high_y - self._figure.low_y)

    def _at(self, x: float, y: float) -> QPointF:
        figure, rect = self._figure, self._rect
        inside = min(max(y, figure.low_y), figure.high_y)
        return QPointF(
            rect.left() + x / figure.high_x * rect.width(), rect.bottom() - (inside - figure.low_y) * self._scale()
        )

    def _paint_grid(self) -> None:
        figure, rect = self._figure, self._rect
        for value, text in figure.y_ticks:
            y = round(self._at(0, value).y())
            paint_line(self._painter, "grid", QPointF(rect.left(), y), QPointF(rect.right(), y))
            paint_tick_left(self._painter, text, rect.left() - AXIS_GAP, y)
        places = [self._at(value, figure.low_y).x() for value, _ in figure.x_ticks]
        for x in places:
            paint_line(self._painter, "grid", QPointF(round(x), rect.top()), QPointF(round(x), rect.bottom()))
        paint_ticks_below(self._painter, figure.x_ticks, places, rect.bottom() + 5)

    def _paint_floor(self, floor: LineMark) -> None:
        y = self._at(0, floor.y).y()
        pen = QPen(color("target"), 1.2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4, 3])
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(self._rect.left(), y), QPointF(self._rect.right(), y))

    def _paint_floor_words(self, floor: LineMark) -> None:
        y = self._at(0, floor.y).y()
        self._painter.setFont(font("caption"))
        self._painter.setPen(color("target"))
        words = tr_text(floor.text)
        wide = QFontMetricsF(self._painter.font()).horizontalAdvance(words)
        # Flush right or left over the floor, or beside the title where the curve runs through both.
        places = (self._rect.right() - wide, self._rect.left() + 4)
        left = next((x for x in places if self._is_free(x, x + wide, y - CLEAR)), None)
        at = QPointF(self._rect.right() - wide, 20) if left is None else QPointF(left, y - 5)
        self._painter.drawText(at, words)

    def _is_free(self, left: float, right: float, top: float) -> bool:
        """Whether the curve stays above `top` from left to right."""
        figure = self._figure
        start, end = ((x - self._rect.left()) / self._rect.width() * figure.high_x for x in (left, right))
        inside = figure.y[(figure.x >= start) & (figure.x <= end)]
        return all(self._at(0.0, float(y)).y() < top for y in inside)

    def _paint_marks(self) -> None:
        painter, figure = self._painter, self._figure
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("ink"))
        painter.drawEllipse(self._at(0, float(figure.y[0])), DOT, DOT)
        at = self._at(figure.best.x, figure.best.y)
        words = tr_text(figure.best.text)
        painter.setFont(font("label"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
        left = min(at.x() - 4, self._rect.right() - wide)
        baseline = max(at.y() - LIFT, self._rect.top() + 10)
        painter.setPen(QPen(color("loss"), 1))
        painter.drawLine(QPointF(at.x(), baseline + 5), QPointF(at.x(), at.y() - DOT))
        painter.setBrush(color("surface"))
        painter.setPen(QPen(color("loss"), 2))
        painter.drawEllipse(at, DOT, DOT)
        painter.setPen(color("text"))
        painter.drawText(QPointF(left, baseline), words)
