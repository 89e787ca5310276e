"""The curves, their marks and the guides of the probe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPen

from gui.kit.curve_axes import badge_row
from gui.kit.plot_labels import draw_text, draw_triangle
from gui.kit.plot_lines import helper_pen, line_pen, polylines
from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter, QPolygonF

    from gui.kit.figures import CurveFigure, Panel
    from gui.kit.plot_scale import Layout, Scale

TANGENT_SHARE = 0.164  # of the axis, to each side of the probe
DOT = 3.4
ARROW_HEAD = 6.0
Pieces = dict[str, list[tuple[str, "list[QPolygonF]"]]]


def pieces_of(figure: CurveFigure, layout: Layout) -> Pieces:
    """All curves in pixels, the loss itself last so that it lies on top."""
    return {
        which: [
            (line.role, polylines(layout.x.all_to_px(line.x), scale.all_to_px(line.y)))
            for line in reversed(panel.lines)
        ]
        for which, panel, scale in (
            ("value", figure.value, layout.value_y),
            ("slope", figure.slope, layout.slope_y),
        )
    }


def paint_lines(painter: QPainter, layout: Layout, pieces: Pieces, thick: str) -> None:
    """The curves, clipped to their plots; `thick` is the role of the one that is pointed at."""
    for plot, which in ((layout.value, "value"), (layout.slope, "slope")):
        painter.setClipRect(plot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for role, polygons in pieces[which]:
            painter.setPen(line_pen(role, role == thick))
            for polygon in polygons:
                painter.drawPolyline(polygon)
    painter.setClipping(False)


def paint_marks(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """Open and closed ends of jumps, triangles where a curve leaves every axis."""
    for plot, scale, panel in layout.plots(figure):
        for dot in panel.dots:
            at = QPointF(layout.x.to_px(dot.x), scale.to_px(dot.y))
            if plot.contains(at):
                painter.setPen(QPen(color(dot.role), 1.6))
                painter.setBrush(color(dot.role if dot.closed else "surface"))
                painter.drawEllipse(at, DOT, DOT)
        for mark in panel.edges:
            x = layout.x.to_px(mark.x)
            if plot.left() - 1 <= x <= plot.right() + 1:
                draw_triangle(painter, QPointF(x, plot.top() if mark.up else plot.bottom()), mark.up, mark.role)


def paint_target(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """A dashed line through both plots where the target stands."""
    for handle in figure.handles:
        x = layout.x.to_px(handle.x)
        if handle.shape == "flag" and layout.value.left() <= x <= layout.value.right():
            painter.setPen(helper_pen("target", (4, 3), 1.4))
            painter.drawLine(QLineF(x, layout.value.top() + (26 if figure.zone else 0), x, layout.value.bottom()))
            painter.setPen(helper_pen("target", (4, 3)))
            painter.drawLine(QLineF(x, layout.slope.top(), x, layout.slope.bottom()))


def paint_guides(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """From the probe to the axes: dotted to the left, solid down."""
    x = layout.x.to_px(figure.x)
    if not layout.value.left() <= x <= layout.value.right():
        return
    rows: list[float] = []
    for plot, scale, panel in layout.plots(figure):
        y = badge_row(plot, scale, panel)
        if y is None:
            return
        rows.append(y)
        painter.setPen(helper_pen(panel.role, (1.5, 3)))
        painter.drawLine(QLineF(plot.left(), y, x, y))
    painter.setPen(helper_pen("ink", width=1.4))
    painter.drawLine(QLineF(x, rows[0], x, layout.slope.bottom() + 2))
    painter.setPen(QPen(color("surface"), 1.5))
    painter.setBrush(color("grad"))
    painter.drawEllipse(QPointF(x, rows[1]), 5, 5)
    _off_scale(painter, layout.slope, layout.slope_y, figure.slope, x)
    _off_scale(painter, layout.value, layout.value_y, figure.value, x)


def _off_scale(painter: QPainter, plot: QRectF, scale: Scale, panel: Panel, x: float) -> None:
    """The probe's value lies beyond the axis: a triangle points there."""
    y = scale.to_px(panel.probe)
    hue = panel.role if np.isfinite(panel.probe) else "err"
    if y < plot.top() - 1 or y != y:
        draw_triangle(painter, QPointF(x + 14, plot.top() + 1), up=True, hue=hue)
    elif y > plot.bottom() + 1:
        draw_triangle(painter, QPointF(x + 14, plot.bottom() - 1), up=False, hue=hue)


def tangent_line(layout: Layout, figure: CurveFigure) -> QLineF | None:
    """The piece of tangent in pixels, from left to right; a steep one is as long as a flat one."""
    if figure.tangent is None:
        return None
    centre = QPointF(layout.x.to_px(figure.x), layout.value_y.to_px(figure.value.probe))
    across = 1 / layout.x.per_pixel
    down = -figure.tangent.slope / layout.value_y.per_pixel
    reach = TANGENT_SHARE * layout.value.width() / max(float(np.hypot(across, down)), 1e-300)
    half = QPointF(across * reach, down * reach)
    return QLineF(centre - half, centre + half)


def paint_tangent(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """A thin line of its own: not the way a step goes."""
    line = tangent_line(layout, figure)
    if line is not None:
        painter.setClipRect(layout.value)
        painter.setPen(helper_pen("grad", width=1.6))
        painter.drawLine(line)
        painter.setClipping(False)


def paint_descent(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """The places left behind as dots on the curve, and the next step as an arrow on the axis."""
    if figure.trail is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("ink", 0.45))
        painter.setClipRect(layout.value)
        for x, y in figure.trail:
            painter.drawEllipse(QPointF(layout.x.to_px(x), layout.value_y.to_px(y)), 2.6, 2.6)
        painter.setClipping(False)
    plot = layout.value
    start = layout.x.to_px(figure.x)
    if figure.step is None or not plot.left() <= start <= plot.right():
        return
    end = layout.x.to_px(figure.step)
    clipped = not plot.left() <= end <= plot.right()
    end = min(max(end, plot.left()), plot.right())
    if abs(end - start) >= 2:
        _arrow(painter, start, end, plot.bottom(), clipped)


def _arrow(painter: QPainter, start: float, end: float, y: float, clipped: bool) -> None:
    way = 1.0 if end > start else -1.0
    painter.setPen(helper_pen("grad", width=2.4))
    head = min(ARROW_HEAD, abs(end - start))
    painter.drawLine(QLineF(start, y, end - way * head, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("grad"))
    painter.drawPolygon([QPointF(end, y), QPointF(end - way * head, y - 4), QPointF(end - way * head, y + 4)])
    if clipped:
        text = "≫" if way > 0 else "≪"
        draw_text(painter, QPointF(end - way * 12, y - 10), text, "grad", "label-strong", "middle")


def paint_crosshair(painter: QPainter, layout: Layout, figure: CurveFigure, x: float) -> None:
    """A line through both plots at the x that the card speaks of."""
    px = layout.x.to_px(x)
    painter.setPen(helper_pen("ctl", (2, 2), 1))
    for plot, scale, panel in layout.plots(figure):
        painter.setPen(helper_pen("ctl", (2, 2), 1))
        painter.drawLine(QLineF(px, plot.top(), px, plot.bottom()))
        for line in panel.lines:
            y = scale.to_px(float(line.y[int(np.argmin(np.abs(line.x - x)))]))
            if plot.top() <= y <= plot.bottom():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color(line.role))
                painter.drawEllipse(QPointF(px, y), 3.2, 3.2)
