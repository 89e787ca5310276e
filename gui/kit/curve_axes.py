"""Grid, axes, ticks and titles of the two linked plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.kit.i18n import tr_text
from gui.kit.plot_labels import BADGE, draw_badge, draw_text
from gui.kit.plot_lines import helper_pen
from gui.kit.plot_scale import kept_inside
from gui.kit.plot_text import width_of
from gui.kit.theme import color
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from gui.kit.figures import CurveFigure, Panel
    from gui.kit.plot_scale import Layout, Scale

PX_A_TICK, PX_A_ROW = 80.0, 62.0
FEWEST_ROWS = 4
CLEAR = 14.0  # px around a badge in which no tick label stands
BADGE_MIDDLE = 36.0  # px left of the plots


def paint_zone(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """The tint of the zone in both plots, under everything else."""
    if figure.zone is None:
        return
    low, high = layout.x.to_px(figure.zone.low), layout.x.to_px(figure.zone.high)
    tint = color("soft", 0.6)
    for plot in (layout.value, layout.slope):
        left, right = max(low, plot.left()), min(high, plot.right())
        if right > left:
            painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), tint)


def paint_axes(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """Grid and tick labels; none within 14 px of a badge, which says the same with more digits."""
    across = ticks(*layout.x.data, round(layout.value.width() / PX_A_TICK))
    columns = [layout.x.to_px(x) for x, _ in across]
    for plot, scale, panel in layout.plots(figure):
        rows = ticks(*scale.data, max(round(plot.height() / PX_A_ROW), FEWEST_ROWS))
        _grid(painter, plot, columns, [scale.to_px(y) for y, _ in rows])
        taken = badge_row(plot, scale, panel)
        for value, text in rows:
            y = scale.to_px(value)
            if taken is None or abs(y - taken) > CLEAR:
                draw_text(painter, QPointF(plot.left() - 8, y), text, "text3", "tick", "right")
    _axis_lines(painter, layout)
    badge = layout.x.to_px(figure.x)
    for (_, text), x in zip(across, columns, strict=True):
        if not abs(x - badge) <= (BADGE[0] + width_of(text, "tick")) / 2 + 4:
            draw_text(painter, QPointF(x, layout.slope.bottom() + 11), text, "text3", "tick", "middle")


def paint_titles(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """What is drawn above each plot, and the name of the axis under both."""
    for plot, panel in ((layout.value, figure.value), (layout.slope, figure.slope)):
        title, y = tr_text(panel.title), plot.top() - 17
        box = draw_text(painter, QPointF(16, y), title, panel.role, "section")
        draw_text(painter, QPointF(box.right() + 7, y), panel.symbol, "text3", "label")
    at = QPointF(layout.slope.right(), layout.slope.bottom() + 30)
    draw_text(painter, at, tr_text(figure.x_title), "text2", "label", "right")


def paint_badges(painter: QPainter, layout: Layout, figure: CurveFigure) -> None:
    """Loss and gradient of the probe at the left, its place below."""
    for plot, scale, panel in layout.plots(figure):
        y = badge_row(plot, scale, panel)
        if y is not None:
            hue = panel.role if panel.probe - panel.probe == 0 else "err"
            draw_badge(painter, QPointF(BADGE_MIDDLE, y), panel.badge, hue)
    x = layout.x.to_px(figure.x)
    if layout.value.left() <= x <= layout.value.right():
        draw_badge(painter, QPointF(x, layout.slope.bottom() + 11), figure.x_badge, "ink")


def badge_row(plot: QRectF, scale: Scale, panel: Panel) -> float | None:
    """The pixel row of the probe's value, kept inside the plot; near the upper edge for nan."""
    if not panel.badge:
        return None
    return kept_inside(scale.to_px(panel.probe), plot)


def _grid(painter: QPainter, plot: QRectF, columns: list[float], rows: list[float]) -> None:
    lines = [QLineF(round(x), plot.top(), round(x), plot.bottom()) for x in columns]
    _crisp(painter, "grid", [*lines, *(_row(plot, y) for y in rows)])


def _axis_lines(painter: QPainter, layout: Layout) -> None:
    """The foot of the upper plot, and zero in the lower one."""
    zero = layout.slope_y.to_px(0.0)
    in_view = layout.slope.top() < zero < layout.slope.bottom()
    zeros = [_row(layout.slope, zero)] if in_view else []
    _crisp(painter, "axis", [_row(layout.value, layout.value.bottom()), *zeros])


def _crisp(painter: QPainter, role: str, lines: list[QLineF]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(helper_pen(role, width=1))
    painter.drawLines(lines)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _row(plot: QRectF, y: float) -> QLineF:
    return QLineF(plot.left(), round(y), plot.right(), round(y))
