"""Painting of a loss over two coordinates: shades, isolines, arrows down the loss, the probe."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTransform

from gui.kit.color_tables import color_table, pixel_image
from gui.kit.i18n import tr_text
from gui.kit.plot_text import AXIS_GAP, paint_tick_left, paint_ticks_below, paint_title
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray
    from gui.kit.row_figures import AxisName, SliceFigure

LEFT, TOP, RIGHT, BOTTOM = 62.0, 34.0, 20.0, 52.0
DISC = 7.0
HEAD = 4.5  # px of an arrow's head; shorter arrows have a smaller one
DOT_BELOW = 2.5  # px: shorter arrows are dots
LEGEND = 96.0
Extent = tuple[float, float, float, float]


@final
@dataclass(frozen=True, slots=True)
class SlicePlace:
    """The plot's rectangle, and the window of coordinates that it shows."""

    rect: QRectF
    extent: Extent

    def point(self, x: float, y: float) -> QPointF:
        """Where coordinates stand."""
        x0, x1, y0, y1 = self.extent
        return QPointF(
            self.rect.left() + (x - x0) / (x1 - x0) * self.rect.width(),
            self.rect.bottom() - (y - y0) / (y1 - y0) * self.rect.height(),
        )

    def coordinates(self, at: QPointF) -> tuple[float, float]:
        """The coordinates of a place, held inside the window."""
        x0, x1, y0, y1 = self.extent
        x = x0 + (at.x() - self.rect.left()) / self.rect.width() * (x1 - x0)
        y = y0 + (self.rect.bottom() - at.y()) / self.rect.height() * (y1 - y0)
        return min(max(x, x0), x1), min(max(y, y0), y1)

    def transform(self) -> QTransform:
        """From coordinates to px."""
        origin, unit = self.point(0.0, 0.0), self.point(1.0, 1.0)
        return QTransform(unit.x() - origin.x(), 0, 0, unit.y() - origin.y(), origin.x(), origin.y())


def slice_place(width: float, height: float, extent: Extent) -> SlicePlace:
    """The plot in a widget of this size."""
    return SlicePlace(QRectF(LEFT, TOP, max(width - LEFT - RIGHT, 1), max(height - TOP - BOTTOM, 1)), extent)


def paint_slice(painter: QPainter, figure: SliceFigure, place: SlicePlace, halo: bool, focused: bool) -> None:
    """The whole picture."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.save()
    painter.setClipRect(place.rect)
    _paint_shade(painter, figure, place)
    _paint_isolines(painter, figure, place)
    _paint_arrows(painter, figure, place)
    painter.restore()
    painter.setPen(QPen(color("axis"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.rect)
    _paint_axes(painter, figure, place)
    _paint_legend(painter, figure, place)
    _paint_probe(painter, figure, place, halo, focused)


def _paint_shade(painter: QPainter, figure: SliceFigure, place: SlicePlace) -> None:
    """Values belong to grid points: the image reaches half a cell beyond the outermost ones."""
    x0, x1, y0, y1 = figure.extent
    rows, columns = figure.shade.shape
    half_x, half_y = (x1 - x0) / (columns - 1) / 2, (y1 - y0) / (rows - 1) / 2
    image = _image(figure.shade)
    target = QRectF(place.point(x0 - half_x, y1 + half_y), place.point(x1 + half_x, y0 - half_y))
    painter.drawImage(target, image)


def _image(shade: Array) -> QImage:
    return pixel_image(color_table("loss")[shade[::-1]])


def _paint_isolines(painter: QPainter, figure: SliceFigure, place: SlicePlace) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for bold in (False, True):
        path = QPainterPath()
        for isoline in figure.isolines:
            if isoline.bold == bold:
                for piece in isoline.paths:
                    path.addPath(_path(piece))
        # Wider than 1 px and Qt strokes outlines: thirty times slower over thousands of points.
        painter.setPen(QPen(color("text", 0.95 if bold else 0.4), 1))
        painter.drawPath(place.transform().map(path))
    painter.setFont(font("label-strong"))
    metrics = QFontMetricsF(font("label-strong"))
    for isoline in figure.isolines:
        if isoline.label:
            _paint_label(painter, metrics, isoline.label, place.point(*isoline.anchor))


def _paint_label(painter: QPainter, metrics: QFontMetricsF, text: str, at: QPointF) -> None:
    wide = metrics.horizontalAdvance(text)
    outline = QPainterPath()
    outline.addText(QPointF(at.x() - wide / 2, at.y() + metrics.capHeight() / 2), painter.font(), text)
    painter.strokePath(outline, QPen(color("surface", 0.75), 3))
    painter.fillPath(outline, color("text"))


def _path(points: FloatArray) -> QPainterPath:
    return pg.functions.arrayToQPath(points[:, 0], points[:, 1], connect="all", finiteCheck=False)


def _paint_arrows(painter: QPainter, figure: SliceFigure, place: SlicePlace) -> None:
    path = QPainterPath()
    for x0, y0, x1, y1 in figure.arrows:
        add_arrow(path, place.point(x0, y0), place.point(x1, y1), HEAD)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Flat caps: hundreds of round ones cost 3 ms, these 0.1 ms.
    painter.setPen(QPen(color("grad"), 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawPath(path)


def _arrow_pen(width: float) -> QPen:
    return QPen(color("grad"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def add_arrow(path: QPainterPath, tail: QPointF, tip: QPointF, head: float) -> None:
    """A shaft with two barbs; a mere dot where it would be shorter than its width."""
    dx, dy = tip.x() - tail.x(), tip.y() - tail.y()
    length = math.hypot(dx, dy)
    path.moveTo(tail)
    if length < DOT_BELOW:
        path.lineTo(tail.x() + 1.4, tail.y())
        return
    path.lineTo(tip)
    barb = min(head, length / 2) / length
    for side in (0.6, -0.6):
        path.moveTo(tip)
        path.lineTo(tip.x() - barb * (dx - side * dy), tip.y() - barb * (dy + side * dx))


def _paint_axes(painter: QPainter, figure: SliceFigure, place: SlicePlace) -> None:
    x0, x1, y0, y1 = place.extent
    rect = place.rect
    x_ticks = tuple(tick for tick in figure.x_ticks if x0 <= tick[0] <= x1)
    paint_ticks_below(painter, x_ticks, [place.point(x, y0).x() for x, _ in x_ticks], rect.bottom() + 5)
    for y, text in figure.y_ticks:
        if y0 <= y <= y1:
            paint_tick_left(painter, text, rect.left() - AXIS_GAP, place.point(x0, y).y())
    legend = _paint_arrow_legend(painter, rect, tr_text(figure.descent))
    _paint_axis_name(painter, figure.x, QRectF(rect.left(), rect.bottom() + 22, legend - rect.left(), 18))
    painter.save()
    painter.translate(25, rect.center().y())
    painter.rotate(-90)
    _paint_axis_name(painter, figure.y, QRectF(-rect.height() / 2, -9, rect.height(), 18))
    painter.restore()


def _paint_axis_name(painter: QPainter, name: AxisName, rect: QRectF) -> None:
    painter.setFont(font("label-strong"))
    painter.setPen(color("target" if name.is_target else "text"))
    text = QFontMetricsF(painter.font()).elidedText(tr_text(name.text), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _paint_arrow_legend(painter: QPainter, rect: QRectF, words: str) -> float:
    """What the arrows are, flush right; gives where it begins."""
    painter.setFont(font("caption"))
    start = rect.right() - QFontMetricsF(painter.font()).horizontalAdvance(words)
    painter.setPen(color("text2"))
    painter.drawText(QPointF(start, rect.bottom() + 35), words)
    path = QPainterPath()
    add_arrow(path, QPointF(start - 34, rect.bottom() + 31), QPointF(start - 8, rect.bottom() + 31), 6)
    painter.setPen(_arrow_pen(1.6))
    painter.drawPath(path)
    return start - 40


def _paint_legend(painter: QPainter, figure: SliceFigure, place: SlicePlace) -> None:
    """Title, and flush right the colours with what their ends stand for."""
    painter.setFont(font("caption"))
    metrics = QFontMetricsF(painter.font())
    low, high = figure.legend
    bar_right = place.rect.right() - metrics.horizontalAdvance(high) - 6
    bar = QRectF(bar_right - LEGEND, 12, LEGEND, 8)
    ramp = color_table("loss")[None, :]
    painter.drawImage(bar, pixel_image(ramp))
    painter.setPen(QPen(color("line2"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    painter.setPen(color("text2"))
    painter.drawText(QPointF(bar_right + 6, 20), high)
    start = bar.left() - 6 - metrics.horizontalAdvance(low)
    painter.drawText(QPointF(start, 20), low)
    paint_title(painter, figure.title, figure.caption, "loss", 20, start - 12)


def _paint_probe(painter: QPainter, figure: SliceFigure, place: SlicePlace, halo: bool, focused: bool) -> None:
    at, rect = place.point(*figure.probe), place.rect
    if not rect.adjusted(-1, -1, 1, 1).contains(at):
        return
    guide = QPen(color("text", 0.8), 1, Qt.PenStyle.CustomDashLine)
    guide.setCapStyle(Qt.PenCapStyle.FlatCap)
    guide.setDashPattern([2, 3])
    painter.setPen(guide)
    painter.drawLine(QPointF(at.x(), rect.top()), QPointF(at.x(), rect.bottom()))
    painter.drawLine(QPointF(rect.left(), at.y()), QPointF(rect.right(), at.y()))
    if figure.step is not None:
        path = QPainterPath()
        add_arrow(path, at, place.point(*figure.step), 10)
        painter.setPen(_arrow_pen(3))
        painter.drawPath(path)
    paint_disc(painter, at, halo, focused)


def paint_disc(painter: QPainter, at: QPointF, halo: bool, focused: bool) -> None:
    """The probe: a disc with a ring; a halo under the mouse, an accent ring with the keyboard."""
    painter.setPen(Qt.PenStyle.NoPen)
    if halo or focused:
        painter.setBrush(color("accent", 0.16))
        painter.drawEllipse(at, 15, 15)
    painter.setBrush(color("surface"))
    painter.drawEllipse(at, DISC + 2, DISC + 2)
    painter.setBrush(color("ink"))
    painter.drawEllipse(at, DISC, DISC)
    painter.setBrush(color("surface"))
    painter.drawEllipse(at, 2.6, 2.6)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawEllipse(at, DISC + 4, DISC + 4)
