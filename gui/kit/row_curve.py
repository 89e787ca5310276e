"""The loss of one number of a batch as a curve, the row on it with its slope, the target below."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.plot_text import AXIS_GAP, paint_line, paint_tick_left, paint_ticks_below, width_of
from gui.kit.theme import color, font
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from core.text import Text
    from gui.kit.row_curve_figure import RowCurveFigure

LEFT, RIGHT, TOP, BOTTOM = 56.0, 24.0, 32.0, 40.0
HEADROOM = 1.08  # of the axis over the largest loss
NO_POLE = 0.98  # of the points lie below the upper end: BCELoss is 100 at a single one
DOT = 5.0
TANGENT = 44.0  # px of the slope to either side


@final
class RowCurve(QWidget):
    """Shows a RowCurveFigure; nothing in it can be moved, for the numbers beside it can be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: RowCurveFigure | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 120)

    def sizeHint(self) -> QSize:
        return QSize(420, 190)

    def show_figure(self, figure: RowCurveFigure) -> None:
        """Show this curve."""
        self._figure = figure
        words = say("kit", "Loss {loss} at {at}", loss=f"{figure.loss:.4g}", at=f"{figure.at:.4g}")
        self.setAccessibleName(f"{tr_text(figure.title)}. {tr_text(words)}")
        self.update()

    def place(self, x: float, y: float) -> QPointF:
        """Where a number and its loss stand, at most at the edge."""
        rect, (left, right), (low, high) = self._rect(), self._span(), self._ends()
        up = min(max((y - low) / (high - low), 0.0), 1.0)
        return QPointF(rect.left() + (x - left) / (right - left) * rect.width(), rect.bottom() - up * rect.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter, self._figure)
        self._paint_axes(painter)
        if self._figure.target is not None:
            self._paint_target(painter, self._figure.target)
        self._paint_curve(painter, self._figure)
        self._paint_row(painter, self._figure)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _rect(self) -> QRectF:
        return QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)

    def _span(self) -> tuple[float, float]:
        assert self._figure is not None
        return float(self._figure.x[0]), float(self._figure.x[-1])

    def _ends(self) -> tuple[float, float]:
        """Of the axis of losses: from 0, or below where a loss is, to the largest but for a pole, the row's own too."""
        assert self._figure is not None
        finite = self._figure.y[np.isfinite(self._figure.y)]
        own = self._figure.loss if math.isfinite(self._figure.loss) else 0.0
        most = float(np.quantile(finite, NO_POLE, method="lower")) if finite.size else 0.0
        low, high = min(float(finite.min(initial=0.0)), own), max(most, own, 0.0)
        return HEADROOM * low, HEADROOM * high if high > low else low + 1.0

    def _paint_words(self, painter: QPainter, figure: RowCurveFigure) -> None:
        painter.setFont(font("section"))
        painter.setPen(color("text"))
        painter.drawText(QPointF(8, 18), tr_text(figure.title))
        painter.setFont(font("caption"))
        painter.setPen(color("text2"))
        axis = tr_text(figure.axis)
        painter.drawText(QPointF(self.width() - RIGHT - width_of(axis, "caption"), self.height() - 6), axis)

    def _paint_axes(self, painter: QPainter) -> None:
        rect, (left, right), (low, high) = self._rect(), self._span(), self._ends()
        for value, text in ticks(low, high, 3):
            y = self.place(left, value).y()
            paint_line(painter, "grid", QPointF(rect.left(), round(y)), QPointF(rect.right(), round(y)))
            paint_tick_left(painter, text, rect.left() - AXIS_GAP, y)
        below = ticks(left, right, max(int(rect.width() / 70), 1))
        paint_ticks_below(painter, below, [self.place(value, 0).x() for value, _ in below], rect.bottom() + 4)

    def _paint_target(self, painter: QPainter, target: float) -> None:
        rect, x = self._rect(), self.place(target, 0).x()
        painter.setPen(QPen(color("target"), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        _paint_beside(painter, say("kit", "target"), QPointF(x, rect.top() + 10), rect, "target")

    def _paint_curve(self, painter: QPainter, figure: RowCurveFigure) -> None:
        rect, (left, right), (low, high) = self._rect(), self._span(), self._ends()
        x = rect.left() + (figure.x - left) / (right - left) * rect.width()
        y = rect.bottom() - (figure.y - low) / (high - low) * rect.height()
        painter.save()
        painter.setClipRect(rect.adjusted(-1, -1, 1, 2))
        painter.setPen(QPen(color("loss"), 2.2))
        painter.drawPath(pg.functions.arrayToQPath(x, y, connect="finite"))
        painter.restore()

    def _paint_row(self, painter: QPainter, figure: RowCurveFigure) -> None:
        """The point, and its derivative as a line through it."""
        rect, (left, right), (low, high) = self._rect(), self._span(), self._ends()
        if not (math.isfinite(figure.at) and math.isfinite(figure.loss)):
            return
        at = self.place(figure.at, figure.loss)
        if math.isfinite(figure.slope):
            # In px down for each px right.
            rise = -figure.slope * (rect.height() / (high - low)) / (rect.width() / (right - left))
            wide = TANGENT / math.hypot(1.0, rise)
            painter.save()
            painter.setClipRect(rect.adjusted(-8, -8, 8, 8))
            painter.setPen(QPen(color("grad"), 2.0))
            painter.drawLine(at - QPointF(wide, wide * rise), at + QPointF(wide, wide * rise))
            painter.restore()
        painter.setPen(QPen(color("surface"), 2.0))
        painter.setBrush(color("ink"))
        painter.drawEllipse(at, DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_beside(painter: QPainter, text: Text, at: QPointF, rect: QRectF, role: str) -> None:
    """Right of a point, or left of it where there is no room."""
    words = tr_text(text)
    wide = width_of(words, "caption")
    x = at.x() + 5 if at.x() + 5 + wide <= rect.right() else at.x() - 5 - wide
    painter.setFont(font("caption"))
    painter.setPen(color(role))
    painter.drawText(QPointF(x, at.y()), words)
