"""The painting of loss against gradient."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.kit.color_tables import image_of
from gui.kit.i18n import tr_text
from gui.kit.plot_text import paint_line, paint_tick_left, paint_ticks_below, paint_title, width_of
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from gui.kit.scatter_figure import ScatterFigure
    from gui.kit.scatter_layout import ScatterLayout

DOT, CHOSEN_DOT = 4.0, 6.0  # px across
RING = 6.0  # px around the primary row


def paint_scatter(painter: QPainter, figure: ScatterFigure, places: ScatterLayout) -> None:
    """Title, axes, rows, those selected over them, the primary one over all."""
    _paint_words(painter, figure, places)
    if figure.density is None:
        _paint_axes(painter, places)
        _paint_dots(painter, places.grains(np.arange(figure.rows.size)), DOT, color("text2", 0.6))
    else:
        _paint_density(painter, figure.density, places.area)
        _paint_axes(painter, places)
    if figure.chosen.size:
        _paint_dots(painter, places.grains(figure.chosen), CHOSEN_DOT, color("accent"))
    if figure.primary is not None:
        _paint_primary(painter, places.point(float(figure.x[figure.primary]), float(figure.y[figure.primary])))


def paint_band(painter: QPainter, band: QRectF) -> None:
    """What is being selected."""
    painter.setPen(QPen(color("accent"), 1))
    painter.setBrush(color("accent", 0.16))
    painter.drawRect(band)


def paint_cursor(painter: QPainter, at: QPointF) -> None:
    """Where the keys are."""
    painter.setPen(QPen(color("accent"), 2))
    for across, down in ((9.0, 0.0), (0.0, 9.0)):
        painter.drawLine(QPointF(at.x() - across, at.y() - down), QPointF(at.x() + across, at.y() + down))


def _paint_words(painter: QPainter, figure: ScatterFigure, places: ScatterLayout) -> None:
    area = places.area
    painter.setFont(font("caption"))
    up, across = tr_text(figure.y_axis), tr_text(figure.x_axis)
    painter.setPen(color("text3"))
    start = area.right() - width_of(up, "caption")
    painter.drawText(QPointF(start, 20), up)
    below = QRectF(area.left(), area.bottom() + 19, area.width(), 16)
    painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, across)
    paint_title(painter, figure.title, figure.caption, "text", 20, start - 12)


def _paint_axes(painter: QPainter, places: ScatterLayout) -> None:
    area = places.area
    for value, text in places.ticks(1):
        y = places.point(0.0, math.log10(value)).y()
        paint_line(painter, "grid", QPointF(area.left(), y), QPointF(area.right(), y))
        paint_tick_left(painter, text, area.left() - 8, y)
    below = places.ticks(0)
    columns = [places.point(math.log10(value), 0.0).x() for value, _ in below]
    for x in columns:
        paint_line(painter, "grid", QPointF(x, area.top()), QPointF(x, area.bottom()))
    paint_ticks_below(painter, below, columns, area.bottom() + 4)
    paint_line(painter, "axis", area.bottomLeft(), area.bottomRight())
    paint_line(painter, "axis", area.topLeft(), area.bottomLeft())


def _paint_density(painter: QPainter, density: IntArray, area: QRectF) -> None:
    """Many rows dark, none in the colour of the surface; the first row of counts is the lowest."""
    known = np.where(density > 0, np.log1p(density), np.nan)[::-1]
    painter.drawImage(area, image_of(known, "loss", 0.0, math.log1p(int(density.max())) or 1.0))


def _paint_dots(painter: QPainter, at: FloatArray, across: float, hue: QColor) -> None:
    pen = QPen(hue, across)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in at.tolist()]))


def _paint_primary(painter: QPainter, at: QPointF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for role, wide in (("surface", 4.0), ("ink", 2.0)):
        painter.setPen(QPen(color(role), wide))
        painter.drawEllipse(at, RING, RING)
