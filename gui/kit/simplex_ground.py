"""The triangle as a still picture: colours, isolines, borders between the winning classes, names of the corners."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from core.simplex import CORNERS, HEIGHT, to_barycentric, to_plane
from gui.kit.color_tables import color_table, image_of, pixel_image
from gui.kit.numbers import MINUS
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.arrays import FloatArray
    from gui.kit.simplex_figures import Isolines, TernaryField

LABELLED = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 3.0)
MARGINS = (52.0, 86.0, 36.0, 71.0)  # left, top, right, bottom of the pane
LABEL_GAP = 14.0  # between two numbers on the edge
ON_EDGE = 0.004
LINE = 1.0  # any wider and Qt strokes outlines: thirty times slower over thousands of points


@final
class Triangle:
    """Where the plane of the simplex lies in a pane of `width` × `height` pixels."""

    def __init__(self, width: float, height: float) -> None:
        left, top, right, bottom = MARGINS
        self.side = max(40.0, min(width - left - right, (height - top - bottom) / HEIGHT))
        self.left = left + (width - left - right - self.side) / 2
        self.bottom = top + (height - top - bottom + self.side * HEIGHT) / 2

    def at(self, x: float, y: float) -> QPointF:
        """A point of the plane in pixels."""
        return QPointF(self.left + self.side * x, self.bottom - self.side * y)

    def of(self, p: FloatArray) -> QPointF:
        """A probability vector in pixels."""
        x, y = to_plane(p)
        return self.at(float(x), float(y))

    def back(self, position: QPointF) -> FloatArray:
        """(3,) barycentric coordinates of a pixel, some negative outside."""
        x, y = (position.x() - self.left) / self.side, (self.bottom - position.y()) / self.side
        return to_barycentric(np.array([x, y]))

    def corner(self, index: int) -> QPointF:
        return self.at(*CORNERS[index])

    def outline(self) -> QPainterPath:
        path = QPainterPath()
        path.addPolygon(QPolygonF([self.corner(0), self.corner(1), self.corner(2)]))
        path.closeSubpath()
        return path

    def line(self, points: FloatArray) -> QPolygonF:
        """(k, 2) points of the plane as a line in pixels."""
        return QPolygonF([self.at(x, y) for x, y in points.tolist()])


def paint_ground(painter: QPainter, triangle: Triangle, field: TernaryField) -> None:
    """Everything that stays while points move, but for the corners' names."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _paint_heat(painter, triangle, field)
    _paint_grid(painter, triangle)
    _paint_isolines(painter, triangle, field.isolines)
    _paint_reverse(painter, triangle, field.reverse)
    _paint_borders(painter, triangle)
    if field.reach is not None:
        _paint_reach(painter, triangle, field.reach)
    painter.setPen(QPen(color("ctl"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(triangle.outline())
    _paint_levels(painter, triangle, field.isolines)


def paint_legend(painter: QPainter, rect: QRectF, low: str, high: str) -> None:
    """The colours from `low` to `high` on one line."""
    painter.setFont(font("tick"))
    painter.setPen(color("text3"))
    metrics = QFontMetricsF(font("tick"))
    start, end = metrics.horizontalAdvance(low) + 6, metrics.horizontalAdvance(high) + 6
    bar = rect.adjusted(start, 3, -end, -3)
    painter.drawImage(bar, pixel_image(color_table("loss")[None, :]))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, low)
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, high)


def paint_haloed(painter: QPainter, at: QPointF, text: str, kind: QFont, hue: QColor) -> None:
    """Text readable on any ground; `at` is the left end of its base line."""
    path = QPainterPath()
    path.addText(at, kind, text)
    painter.strokePath(path, _halo_pen())
    painter.fillPath(path, hue)


def _halo_pen() -> QPen:
    pen = QPen(color("surface", 0.75), 3)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _paint_heat(painter: QPainter, triangle: Triangle, field: TernaryField) -> None:
    image = image_of(field.heat, "loss", field.low, field.high)
    steps = image.width() - 1
    painter.save()
    painter.setClipPath(triangle.outline())
    # Column j, row i of the picture stands at j/steps from left to right and i/steps from left to top.
    across = (triangle.corner(2) - triangle.corner(1)) / steps
    up = (triangle.corner(0) - triangle.corner(1)) / steps
    start = triangle.corner(1) - across / 2 - up / 2
    painter.setTransform(QTransform(across.x(), across.y(), up.x(), up.y(), start.x(), start.y()), combine=True)
    painter.drawImage(0, 0, image)
    painter.restore()


def _paint_grid(painter: QPainter, triangle: Triangle) -> None:
    painter.setPen(QPen(color("axis", 0.35), 1, Qt.PenStyle.DotLine))
    for share in (0.25, 0.5, 0.75):
        for c in range(3):
            ends = np.full((2, 3), 0.0)
            ends[:, c] = share
            ends[0, (c + 1) % 3] = ends[1, (c + 2) % 3] = 1 - share
            painter.drawLine(triangle.of(ends[0]), triangle.of(ends[1]))


def _paint_isolines(painter: QPainter, triangle: Triangle, isolines: tuple[Isolines, ...]) -> None:
    for bold, alpha in ((False, 0.4), (True, 1.0)):
        chosen = [isoline for isoline in isolines if (isoline.level in LABELLED) == bold]
        painter.setPen(QPen(color("text2", alpha), LINE))
        painter.drawPath(_path(triangle, chosen))


def _paint_reverse(painter: QPainter, triangle: Triangle, isolines: tuple[Isolines, ...]) -> None:
    pen = QPen(color("p1"), LINE)
    pen.setDashPattern([5, 3])
    painter.setPen(pen)
    painter.drawPath(_path(triangle, isolines))
    for isoline in isolines:
        if isoline.level in LABELLED:
            points = max(isoline.lines, key=len)
            x, y = points[len(points) // 3]
            at = triangle.at(x, y) + QPointF(-8, 4)
            paint_haloed(painter, at, _level_text(isoline.level), font("tick"), color("p1"))


def _path(triangle: Triangle, isolines: Iterable[Isolines]) -> QPainterPath:
    path = QPainterPath()
    for isoline in isolines:
        for points in isoline.lines:
            path.addPolygon(triangle.line(points))
    return path


def _paint_borders(painter: QPainter, triangle: Triangle) -> None:
    """From the middle of the triangle to the middle of each edge: where another class wins."""
    painter.setPen(QPen(color("text2", 0.8), 1, Qt.PenStyle.DashLine))
    middle = triangle.of(np.full(3, 1 / 3))
    for c in range(3):
        painter.drawLine(middle, (triangle.corner(c) + triangle.corner((c + 1) % 3)) / 2)


def _paint_reach(painter: QPainter, triangle: Triangle, reach: FloatArray) -> None:
    path = QPainterPath()
    path.addPolygon(triangle.line(reach))
    path.closeSubpath()
    painter.fillPath(triangle.outline().subtracted(path), color("surface", 0.5))
    painter.strokePath(path, QPen(color("warn"), 2))


def _paint_levels(painter: QPainter, triangle: Triangle, isolines: tuple[Isolines, ...]) -> None:
    """The bold levels' numbers where their lines run furthest right; none closer than a line to the one before."""
    kind = font("label")
    taken: list[QPointF] = []
    for isoline in isolines:
        if isoline.level not in LABELLED:
            continue
        points = np.concatenate(isoline.lines)
        x, y = points[points[:, 0].argmax()]
        at = _label_place(triangle, float(x), float(y))
        if all(abs(at.x() - other.x()) > 2 * LABEL_GAP or abs(at.y() - other.y()) > LABEL_GAP for other in taken):
            text = _level_text(isoline.level) if taken else f"ℓ = {_level_text(isoline.level)}"
            paint_haloed(painter, at, text, kind, color("text2"))
            taken.append(at)


def _label_place(triangle: Triangle, x: float, y: float) -> QPointF:
    p = to_barycentric(np.array([x, y]))
    at = triangle.at(x, y)
    if p[1] < ON_EDGE:  # on the right edge
        return at + QPointF(9, 4)
    if p[0] < ON_EDGE:  # on the bottom edge
        return at + QPointF(-4, 15)
    return at + QPointF(5, 4)


def _level_text(level: float) -> str:
    return f"{level:g}".replace("-", MINUS)
