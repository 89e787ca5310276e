"""What stands on the triangle: the point, the target's flag, the flow, one step, corners and remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from gui.kit.i18n import tr_text
from gui.kit.simplex_ground import paint_haloed
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from core.text import Text
    from gui.kit.simplex_figures import TernaryFigure
    from gui.kit.simplex_ground import Triangle

FLAG = 7.0  # half the width of the target's flag
DISC = 7.0
HALO = 15.0


def paint_flow(painter: QPainter, triangle: Triangle, figure: TernaryFigure) -> None:
    """The way down with its step dots, or one step as an arrow."""
    if figure.path is not None:
        path = QPainterPath()
        path.addPolygon(triangle.line(figure.path))
        painter.strokePath(path, QPen(color("grad"), 2))
        for place, words in figure.dots:
            at = triangle.at(*place)
            _paint_dot(painter, at, 3.5, "grad")
            if words is not None:
                _paint_beside_path(painter, at, triangle.at(*figure.path[-1]), tr_text(words))
    if figure.arrow is not None:
        _paint_arrow(painter, triangle.at(*figure.arrow[0]), triangle.at(*figure.arrow[1]))


def _paint_beside_path(painter: QPainter, at: QPointF, end: QPointF, words: str) -> None:
    """Words on the side that the path does not bend to."""
    width = QFontMetricsF(font("label-strong")).horizontalAdvance(words)
    shift = QPointF(-width - 10, 5) if end.x() > at.x() + 8 else QPointF(10, 5)
    paint_haloed(painter, at + shift, words, font("label-strong"), color("grad"))


def paint_target(painter: QPainter, triangle: Triangle, figure: TernaryFigure, focused: bool) -> None:
    """The flag, and hollow dots where smoothing and weights move what it asks for."""
    tip = triangle.at(*figure.target)
    for other, role in ((figure.smoothed, "target"), (figure.best, "accent")):
        if other is not None:
            _paint_ring(painter, triangle.at(*other), role)
    if focused:
        _paint_halo(painter, tip + QPointF(0, -FLAG))
    flag = QPolygonF([tip, tip + QPointF(-FLAG, -1.3 * FLAG), tip + QPointF(FLAG, -1.3 * FLAG)])
    painter.setPen(QPen(color("surface"), 1.5))
    painter.setBrush(color("target"))
    painter.drawPolygon(flag)


def paint_point(painter: QPainter, triangle: Triangle, figure: TernaryFigure, focused: bool) -> None:
    """The disc with its ring, and its coordinates where there is room."""
    at = triangle.at(*figure.point)
    if focused:
        _paint_halo(painter, at)
    painter.setPen(QPen(color("surface"), 2))
    painter.setBrush(color("ink"))
    painter.drawEllipse(at, DISC, DISC)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("surface"))
    painter.drawEllipse(at, 2.5, 2.5)
    kind = font("label-strong")
    paint_haloed(painter, _beside(triangle, at, figure), figure.point_label, kind, color("text"))


def paint_corners(painter: QPainter, triangle: Triangle, figure: TernaryFigure) -> None:
    """The classes' names and p = 1 at each corner, and the remark along an edge."""
    for c, words in enumerate(figure.corners):
        _paint_corner(painter, triangle.corner(c), c, tr_text(words), c == figure.target_corner)
    if figure.edge is not None:
        _paint_edge(painter, triangle, *figure.edge)


def _paint_corner(painter: QPainter, at: QPointF, c: int, name: str, is_target: bool) -> None:
    words = QRectF(at.x() + 14, at.y() - 17, 220, 18)
    if c == 1:
        words = QRectF(at.x() - 8, at.y() + 8, 150, 18)
    if c == 2:
        words = QRectF(at.x() - 142, at.y() + 8, 150, 18)
    flags = Qt.AlignmentFlag.AlignRight if c == 2 else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font("label-strong"))
    painter.setPen(color("target" if is_target else "text"))
    painter.drawText(words, flags | Qt.AlignmentFlag.AlignVCenter, name)
    painter.setFont(font("label"))
    painter.setPen(color("text3"))
    painter.drawText(words.translated(0, 17), flags | Qt.AlignmentFlag.AlignVCenter, "p = 1")


def _paint_edge(painter: QPainter, triangle: Triangle, opposite: int, remark: Text) -> None:
    a, b = triangle.corner((opposite + 1) % 3), triangle.corner((opposite + 2) % 3)
    if a.x() > b.x():
        a, b = b, a
    painter.save()
    painter.translate((a + b) / 2)
    slope = np.degrees(np.arctan2(b.y() - a.y(), b.x() - a.x()))
    painter.rotate(slope)
    painter.setFont(font("label"))
    painter.setPen(color("text2"))
    below = QRectF(-220, 6, 440, 22) if opposite == 0 else QRectF(-220, -28 if opposite == 2 else -44, 440, 22)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, tr_text(remark))
    painter.restore()


def _beside(triangle: Triangle, at: QPointF, figure: TernaryFigure) -> QPointF:
    """The first place around the disc where its words lie inside the triangle and off its way down."""
    width = QFontMetricsF(font("label-strong")).horizontalAdvance(figure.point_label)
    outline = triangle.outline()
    places = [at + QPointF(x, y) for y in (26, -16) for x in (14, -width - 14)]
    way = _way_down(triangle, figure)

    def faults(start: QPointF) -> int:
        box = QRectF(start.x() - 2, start.y() - 13, width + 4, 18)
        outside = sum(not outline.contains(corner) for corner in (box.topLeft(), box.bottomRight()))
        return 3 * outside + 2 * any(box.contains(place) for place in way)

    return min(places, key=faults)


def _way_down(triangle: Triangle, figure: TernaryFigure) -> list[QPointF]:
    if figure.path is not None:
        return triangle.line(figure.path).toList()
    if figure.arrow is None:
        return []
    start, end = (triangle.at(*place) for place in figure.arrow)
    return [start + (end - start) * share for share in np.linspace(0, 1, 9)]


def _paint_dot(painter: QPainter, at: QPointF, radius: float, role: str) -> None:
    painter.setPen(QPen(color("surface"), 1.5))
    painter.setBrush(color(role))
    painter.drawEllipse(at, radius, radius)


def _paint_ring(painter: QPainter, at: QPointF, role: str) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("surface"), 4))
    painter.drawEllipse(at, 5, 5)
    painter.setPen(QPen(color(role), 2))
    painter.drawEllipse(at, 5, 5)


def _paint_halo(painter: QPainter, at: QPointF) -> None:
    painter.setPen(QPen(color("accent"), 2))
    painter.setBrush(color("accent", 0.16))
    painter.drawEllipse(at, HALO, HALO)


def _paint_arrow(painter: QPainter, start: QPointF, end: QPointF) -> None:
    way = end - start
    length = float(np.hypot(way.x(), way.y()))
    if length < 1:
        return
    along, across = way / length, QPointF(-way.y(), way.x()) / length
    painter.setPen(QPen(color("grad"), 2))
    painter.drawLine(start, end - along * 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("grad"))
    painter.drawPolygon(QPolygonF([end, end - along * 9 + across * 4, end - along * 9 - across * 4]))
