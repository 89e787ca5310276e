"""Grid, axes, ticks and titles of the two linked plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF

from gui.kit.i18n import tr_text
from gui.kit.plot_labels import BADGE, draw_badge, draw_text
from gui.kit.plot_lines import helper_pen
from gui.kit.plot_scale import kept_inside
from gui.kit.plot_text import width_of
from gui.kit.theme import color
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from gui.kit.figures import CurveFigure, Panel
    from gui.kit.plot_scale import Layout, Scale

PX_A_TICK = {"x": 80.0, "y": 62.0, "y of a low plot": 40.0}
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


def paint_axes(painter: QPainter, layout: Layout, figure: CurveFigure, badge_x: float | None) -> None:
    """Grid and tick labels; none within 14 px of a badge, which says the same with more digits."""
    painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)
    across = ticks(*layout.x.data, round(layout.value.width() / PX_A_TICK["x"]))
    for plot, scale, px in ((layout.value, layout.value_y, "y"), (layout.slope, layout.slope_y, "y of a low plot")):
        rows = ticks(*scale.data, max(round(plot.height() / PX_A_TICK[px]), 2))
        _grid(painter, plot, [layout.x.to_px(x) for x, _ in across], [scale.to_px(y) for y, _ in rows])
    painter.setPen(color("axis"))
    painter.drawLine(_row(layout.value, layout.value.bottom()))
    zero = layout.slope_y.to_px(0.0)
    if layout.slope.top() < zero < layout.slope.bottom():
        painter.drawLine(_row(layout.slope, zero))
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    for text_at, text in across:
        x = layout.x.to_px(text_at)
        if badge_x is None or abs(x - badge_x) > BADGE[0] / 2 + width_of(text, "tick") / 2 + 4:
            draw_text(painter, QPointF(x, layout.slope.bottom() + 11), text, "text3", "tick", "middle")
    for plot, scale, panel, px in (
        (layout.value, layout.value_y, figure.value, "y"),
        (layout.slope, layout.slope_y, figure.slope, "y of a low plot"),
    ):
        taken = badge_row(plot, scale, panel)
        for value, text in ticks(*scale.data, max(round(plot.height() / PX_A_TICK[px]), 2)):
            y = scale.to_px(value)
            if taken is None or abs(y - taken) > CLEAR:
                draw_text(painter, QPointF(plot.left() - 8, y), text, "text3", "tick", "right")


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
    for plot, scale, panel in (
        (layout.value, layout.value_y, figure.value),
        (layout.slope, layout.slope_y, figure.slope),
    ):
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
    painter.setPen(helper_pen("grid", width=1))
    lines = [QLineF(round(x), plot.top(), round(x), plot.bottom()) for x in columns]
    painter.drawLines([*lines, *(_row(plot, y) for y in rows)])


def _row(plot: QRectF, y: float) -> QLineF:
    return QLineF(plot.left(), round(y), plot.right(), round(y))
