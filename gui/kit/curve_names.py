"""Direct labels: the name of each curve at its end, the words of zone, target, probe and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF

from core.text import Text
from gui.kit.curve_paint import tangent_line
from gui.kit.i18n import tr_text
from gui.kit.numbers import MINUS
from gui.kit.plot_labels import APART, EndLabel, draw_plated, draw_text, elided, spread
from gui.kit.plot_lines import helper_pen
from gui.kit.plot_scale import RIGHT
from gui.kit.plot_text import width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from gui.kit.figures import CurveFigure, Line, Panel
    from gui.kit.plot_scale import Layout, Scale

INSIDE = 12.0
BESIDE = 15.0
ROOM = RIGHT - 10.0
FLAT = 6.0  # px
STEEP_MARK = 26.0  # px: beside a triangle the curve itself still climbs


def paint_names(painter: QPainter, layout: Layout, figure: CurveFigure, taken: list[QRectF]) -> None:
    """Names at the right edge, 15 px apart; a curve that leaves before gets its name where it leaves."""
    for plot, scale, panel in layout.plots(figure):
        ends: list[EndLabel] = []
        for line in panel.lines:
            y = _right_end(line, plot, layout.x, scale)
            if y is not None:
                ends.append(EndLabel(y, line.role, line.name, line.caption))
            else:
                _name_where_it_leaves(painter, line, plot, layout.x, scale, taken)
        lowest = plot.bottom() - (APART if panel.role == "loss" else 0)
        for label, row in zip(ends, spread(ends, plot.top() + 5, lowest), strict=True):
            at = QPointF(plot.right() + 10, row)
            draw_text(painter, at, elided(label.name, "label-strong", ROOM), label.role, "label-strong")
            if label.caption:
                below = QPointF(at.x(), row + APART)
                hue = "err" if label.caption.split()[0].lstrip(MINUS) in ("inf", "nan") else "text3"
                draw_text(painter, below, elided(label.caption, "tick", ROOM), hue, "tick")


def _right_end(line: Line, plot: QRectF, x: Scale, scale: Scale) -> float | None:
    """The row at which a curve meets the right edge (or ends, if it ends before), if that is in view."""
    in_view = np.flatnonzero(np.isfinite(line.y) & (line.x >= x.data[0]) & (line.x <= x.data[1]))
    if not in_view.size:
        return None
    y = scale.to_px(float(line.y[in_view[-1]]))
    return y if plot.top() - 1 <= y <= plot.bottom() + 1 else None


def _name_where_it_leaves(
    painter: QPainter, line: Line, plot: QRectF, x: Scale, scale: Scale, taken: list[QRectF]
) -> None:
    y = scale.all_to_px(line.y)
    seen = np.flatnonzero((y >= plot.top()) & (y <= plot.bottom()) & (line.x >= x.data[0]) & (line.x <= x.data[1]))
    text = f"{line.name}  {line.caption}".rstrip()
    width = width_of(text, "label-strong")
    if seen.size:
        last = int(seen[-1])
        at = QPointF(x.to_px(float(line.x[last])) + BESIDE, plot.top() + INSIDE)
        after = y[min(last + 1, y.size - 1)]
        if after > plot.bottom():
            at.setY(plot.bottom() - INSIDE)
    else:
        at = QPointF(plot.right() - width - BESIDE, plot.top() + INSIDE)
    if at.x() + width > plot.right() - 4:
        at.setX(at.x() - 2 * BESIDE - width)
    while any(box.intersects(QRectF(at.x(), at.y() - 7, width, 14)) for box in taken):
        at.setY(at.y() + APART)
    taken.append(draw_plated(painter, at, text, line.role, "label-strong"))


def paint_zone_words(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """The zone's name, and its half-width as a measured distance."""
    zone, plot = figure.zone, layout.value
    if zone is None:
        return
    middle, high = layout.x.to_px(zone.middle), layout.x.to_px(zone.high)
    text = tr_text(zone.text)
    half = width_of(text, "tick") / 2
    if high - middle < half or not plot.left() + half < middle < plot.right() - half:
        return
    draw_text(painter, QPointF(middle, plot.top() + 14), text, "loss", "tick", "middle")
    if high > plot.right():
        return
    y, top = plot.top() + 44, layout.value_y.to_px(_height_of(figure))
    painter.setPen(helper_pen("loss", (1.5, 3)))
    painter.drawLine(QLineF(high, plot.top() + 36, high, max(top, y)))
    painter.setPen(helper_pen("loss", width=1))
    painter.drawLine(QLineF(middle + 3, y, high - 1, y))
    painter.drawPolyline([QPointF(high - 6, y - 4), QPointF(high - 1, y), QPointF(high - 6, y + 4)])
    width = tr_text(zone.width)
    if high - middle > width_of(width, "label-strong") + 8:
        draw_plated(painter, QPointF((middle + high) / 2, y - 11), width, "loss", "label-strong", "middle")


def _height_of(figure: CurveFigure) -> float:
    return next((handle.y for handle in figure.handles if handle.key == "beta+" and handle.y is not None), 0.0)


def paint_axis_words(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """Probe and target in words between the plots, each on the side away from the other."""
    y = layout.value.bottom() + 16
    flag = next((handle for handle in figure.handles if handle.shape == "flag"), None)
    for handle in figure.handles:
        if handle.label is None:
            continue
        x = layout.column(handle.x)
        is_flag = handle.shape == "flag"
        text = tr_text(handle.label)
        width = width_of(text, "label-strong")
        probe_right = flag is None or figure.x >= flag.x
        to_right = (not probe_right) if is_flag else probe_right
        if to_right and x + BESIDE + width > layout.value.right() + 60:
            to_right = False
        if not to_right and x - BESIDE - width < 8:
            to_right = True
        at = QPointF(x + (BESIDE if to_right else -BESIDE), y)
        draw_plated(painter, at, text, "target" if is_flag else "text", "label-strong", "left" if to_right else "right")


def paint_remarks(painter: QPainter, layout: Layout, figure: CurveFigure) -> list[QRectF]:
    """The tangent's slope, straight parts, and what stands at edges and jumps; gives the boxes taken."""
    taken = _panel_remarks(painter, layout.value, layout.x, layout.value_y, figure.value)
    taken += _panel_remarks(painter, layout.slope, layout.x, layout.slope_y, figure.slope)
    plot = layout.value
    for aside in figure.value.asides:
        x = plot.left() + 10 if aside.side == "left" else plot.right() - 10
        align = "left" if aside.side == "left" else "right"
        taken.append(draw_plated(painter, QPointF(x, plot.bottom() - 26), tr_text(aside.text), "text3", "tick", align))
    found = tangent_line(layout, figure)
    if found is not None and figure.tangent is not None:
        taken.append(_tangent_words(painter, plot, found, tr_text(figure.tangent.text)))
    return taken


def _tangent_words(painter: QPainter, plot: QRectF, line: QLineF, text: str) -> QRectF:
    """Beside the upper end of the tangent, or under the lower one: a convex curve runs above both places."""
    width = width_of(text, "label-strong")
    room = plot.adjusted(6, 10, -6 - width, -10)
    if abs(line.dy()) < FLAT:
        at = QPointF(line.p2().x() - width, line.y2() - BESIDE)
    else:
        upper, lower = (line.p2(), line.p1()) if line.dy() < 0 else (line.p1(), line.p2())
        at = QPointF(upper.x() + (8 if upper.x() > lower.x() else -8 - width), upper.y())
        if not room.contains(at):
            at = QPointF(lower.x() - width / 2, lower.y() + BESIDE)
    at = QPointF(min(max(at.x(), room.left()), room.right()), min(max(at.y(), room.top()), room.bottom()))
    return draw_plated(painter, at, text, "grad", "label-strong")


def _panel_remarks(painter: QPainter, plot: QRectF, x: Scale, scale: Scale, panel: Panel) -> list[QRectF]:
    taken: list[QRectF] = []
    for mark in panel.edges:
        px = x.to_px(mark.x)
        if plot.left() - 1 <= px <= plot.right() + 1:
            y = plot.top() + 6 if mark.up else plot.bottom() - 6
            taken.append(_beside(painter, plot, QPointF(px, y), _words(mark.text), mark.role, STEEP_MARK))
    for dot in panel.dots:
        at = QPointF(x.to_px(dot.x), scale.to_px(dot.y))
        if dot.note is not None and plot.contains(at):
            taken.append(_beside(painter, plot, QPointF(at.x(), at.y() + 12), tr_text(dot.note), dot.role, 10.0))
    return taken


def _beside(painter: QPainter, plot: QRectF, at: QPointF, text: str, hue: str, away: float) -> QRectF:
    to_left = at.x() > plot.center().x()
    at = QPointF(at.x() + (-away if to_left else away), at.y())
    return draw_plated(painter, at, text, hue, "tick", "right" if to_left else "left")


def _words(text: str | Text) -> str:
    return tr_text(text) if isinstance(text, Text) else text
