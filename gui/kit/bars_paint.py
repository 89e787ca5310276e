"""Painting of bars over classes: axes, bars, caps, dashes, values and names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from core.text import Text
from gui.kit.bars_layout import CAP_HEIGHT, PANELS, BarsLayout, PanelArea, PanelName
from gui.kit.bars_values import paint_values
from gui.kit.i18n import tr_text
from gui.kit.plot_text import AXIS_GAP, paint_line, paint_tick_left, paint_title, width_of
from gui.kit.row_figures import REST
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from gui.kit.row_figures import BarsFigure, Column, Panel

HALO = 0.16
BAND = 0.08
SLANT_FROM = 13.0  # narrower columns than their names stand upright, and where even that is too tight, only some


@final
@dataclass(frozen=True, slots=True)
class Emphasis:
    """Which class is under the mouse (None: none), and whether the selected one has the keyboard."""

    hovered: int | None
    focused: bool


def paint_bars(painter: QPainter, figure: BarsFigure, places: BarsLayout, emphasis: Emphasis) -> None:
    """The whole picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    panels = (figure.logits, figure.probabilities, figure.gradient)
    for name, panel, area in zip(PANELS, panels, places.areas, strict=True):
        _paint_frame(painter, panel, area, name)
        _paint_band(painter, figure, places, area)
        _paint_bars(painter, figure, panel, places, name)
    _paint_marks(painter, figure, places)
    _paint_caps(painter, figure, places, emphasis)
    wanted = (emphasis.hovered, figure.focus, figure.target)
    singled = frozenset(k for k, column in enumerate(figure.columns) if column.index in wanted)
    for name, panel in zip(PANELS, panels, strict=True):
        paint_values(painter, panel, places, name, singled)
    paint_names(painter, figure, places)


def name_of(column: Column) -> str:
    """A class's own name, or words in the language of the window."""
    return tr_text(column.name) if isinstance(column.name, Text) else column.name


def _paint_frame(painter: QPainter, panel: Panel, area: PanelArea, name: PanelName) -> None:
    role = "grad" if name == "gradient" else "text"
    paint_title(painter, panel.title, panel.caption, role, area.rect.top() - 8, area.rect.right() + 16)
    for value, text in panel.ticks:
        y = round(area.y(value))
        role = "axis" if value == 0 else "grid"
        paint_line(painter, role, QPointF(area.rect.left(), y), QPointF(area.rect.right(), y))
        paint_tick_left(painter, text, area.rect.left() - AXIS_GAP, y)


def _paint_band(painter: QPainter, figure: BarsFigure, places: BarsLayout, area: PanelArea) -> None:
    for k, column in enumerate(figure.columns):
        if figure.target is not None and column.index == figure.target:
            left = places.center(k) - places.column_width / 2
            painter.fillRect(
                QRectF(left, area.rect.top(), places.column_width, area.rect.height()), color("target", BAND)
            )


def _paint_bars(painter: QPainter, figure: BarsFigure, panel: Panel, places: BarsLayout, name: PanelName) -> None:
    area = places.area(name)
    zero = area.y(0.0)
    painter.setPen(Qt.PenStyle.NoPen)
    for k, value in enumerate(panel.values):
        if math.isnan(value):
            continue
        painter.setBrush(color("grad") if name == "gradient" else _bar_color(figure, k))
        y = area.y(float(value))
        bar = QRectF(places.center(k) - places.bar_width / 2, min(y, zero), places.bar_width, max(abs(y - zero), 1.0))
        painter.drawRoundedRect(bar, 1.5, 1.5)
    if panel.outline is not None:
        _paint_outlines(painter, panel, places, area)


def _bar_color(figure: BarsFigure, k: int) -> QColor:
    return color("target" if figure.target is not None and figure.columns[k].index == figure.target else "ctl")


def _paint_outlines(painter: QPainter, panel: Panel, places: BarsLayout, area: PanelArea) -> None:
    assert panel.outline is not None
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("text"), 1.4))
    for k, value in enumerate(panel.outline):
        y, wide = area.y(float(value)), places.bar_width + 6
        painter.drawRect(QRectF(places.center(k) - wide / 2, y, wide, area.y(0.0) - y))


def _paint_marks(painter: QPainter, figure: BarsFigure, places: BarsLayout) -> None:
    """Dashes at the target's probabilities, dots at the optimum."""
    panel, area = figure.probabilities, places.area("probabilities")
    reach = min(places.bar_width / 2 + 6, places.column_width / 2 - 0.5)
    dashes = QPen(color("target"), 2.6 if figure.movable_target else 2)
    dashes.setCapStyle(Qt.PenCapStyle.FlatCap)
    dashes.setDashPattern([1.5, 1.0])
    dots = QPen(color("text"), 2.2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    dots.setDashPattern([0.1, 2.0])
    for values, pen in ((panel.marks, dashes), (panel.optima, dots)):
        if values is None:
            continue
        painter.setPen(pen)
        for k, value in enumerate(values):
            y = area.y(float(value))
            painter.drawLine(QPointF(places.center(k) - reach, y), QPointF(places.center(k) + reach, y))


def _paint_caps(painter: QPainter, figure: BarsFigure, places: BarsLayout, emphasis: Emphasis) -> None:
    area = places.area("logits")
    for k, value in enumerate(figure.logits.values):
        if math.isnan(value):
            continue
        index = figure.columns[k].index
        selected = index == figure.focus
        cap = _cap(places, area, k, float(value))
        if selected or index == emphasis.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent", HALO))
            painter.drawRoundedRect(cap.adjusted(-4, -4, 4, 4), 8, 8)
        if selected and emphasis.focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("accent"), 2))
            painter.drawRoundedRect(cap.adjusted(-4, -4, 4, 4), 8, 8)
        painter.setBrush(color("surface"))
        painter.setPen(QPen(color("accent") if selected else _bar_color(figure, k), 2))
        painter.drawRoundedRect(cap, CAP_HEIGHT / 2, CAP_HEIGHT / 2)


def _cap(places: BarsLayout, area: PanelArea, k: int, value: float) -> QRectF:
    wide = min(places.bar_width + 4, places.column_width - 1)
    tall = min(CAP_HEIGHT, wide + 1)
    return QRectF(places.center(k) - wide / 2, area.y(value) - tall / 2, wide, tall)


def paint_names(painter: QPainter, figure: BarsFigure, places: BarsLayout) -> None:
    """Names of the classes, upright where columns are narrow; the target's in its colour."""
    wide = places.column_width
    upright = needs_upright(figure, wide)
    step = max(1, math.ceil(SLANT_FROM / wide))
    always = (figure.target, figure.focus, REST)
    singled = {k for k, column in enumerate(figure.columns) if column.index in always}
    for k, column in enumerate(figure.columns):
        crowded = any(abs(k - other) < step for other in singled)
        if k not in singled and (k % step or crowded):
            continue
        is_target = figure.target is not None and column.index == figure.target
        painter.setPen(color("target" if is_target else "text" if column.index == figure.focus else "text2"))
        painter.setFont(font("label-strong" if is_target else "label"))
        if upright:
            _paint_upright(painter, places, k, name_of(column))
        else:
            _paint_level(painter, places, k, name_of(column))
        if is_target:
            _paint_target_word(painter, places, k)


def needs_upright(figure: BarsFigure, column_width: float) -> bool:
    """Whether a name is wider than its column."""
    room = max(column_width, 24) - 3
    return any(width_of(name_of(column), "label") > room for column in figure.columns)


def _paint_level(painter: QPainter, places: BarsLayout, k: int, name: str) -> None:
    rect = QRectF(places.center(k) - 40, places.names.top() + 2, 80, 18)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, name)


def _paint_upright(painter: QPainter, places: BarsLayout, k: int, name: str) -> None:
    long = places.names.height() - 22
    painter.save()
    painter.translate(places.center(k), places.names.top() + 5)
    painter.rotate(90)
    text = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, long)
    painter.drawText(QRectF(0, -8, long, 16), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


def _paint_target_word(painter: QPainter, places: BarsLayout, k: int) -> None:

    word = QCoreApplication.translate("explore", "target")
    painter.setFont(font("caption"))
    wide = width_of(word, "caption")
    center = min(max(places.center(k), places.names.left() + wide / 2), places.names.right() - wide / 2)
    rect = QRectF(center - wide / 2 - 4, places.names.bottom() - 22, wide + 8, 16)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, word)
