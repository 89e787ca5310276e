"""The painting of the bars of classes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.text import say
from gui.kit.class_bars_layout import LEFT
from gui.kit.i18n import tr_text
from gui.kit.numbers import fixed
from gui.kit.plot_text import INDENT, paint_line, paint_tick_left, paint_title, width_of
from gui.kit.row_delegate import CHIP, paint_chip
from gui.kit.theme import color, font, theme
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from gui.kit.class_bars_figure import ClassBarsFigure
    from gui.kit.class_bars_layout import ClassBarsLayout

WITHOUT = say("kit", "no weights")
WITH = say("kit", "with weights")
LOSS = say("kit", "loss")
GRADIENT = say("kit", "gradient")
SAMPLE = 10.0  # px of a piece of the legend
NUMBERED = 26.0  # px of a class from which its share is written
DIMMED = 0.25  # opacity of the other classes while one is under the mouse


def paint_class_bars(
    painter: QPainter, figure: ClassBarsFigure, places: ClassBarsLayout, hovered: int | None, focused: int | None
) -> None:
    """Title, legend, axis, the bars and what is under them."""
    right = places.area.right()
    left = _paint_legend(painter, figure, right)
    paint_title(painter, figure.title, figure.caption, "text", 20, left - 8)
    for share, text in ticks(0, 100 * places.tallest, 4):
        y = places.y(share / 100)
        paint_line(painter, "grid" if share else "axis", QPointF(places.area.left(), y), QPointF(right, y))
        paint_tick_left(painter, f"{text}%" if share else text, LEFT - 8, y)
    for place in range(places.count):
        painter.setOpacity(1.0 if hovered is None or hovered == place else DIMMED)
        _paint_bars(painter, figure, places, place)
        _paint_foot(painter, figure, places, place)
        painter.setOpacity(1.0)
    for place in sorted(figure.chosen | ({focused} if focused is not None else set())):
        painter.setPen(QPen(color("accent"), 2 if place == focused else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(places.column(place).adjusted(1, -2, -1, -4), 4, 4)


def hue_of(index: int) -> QColor:
    """The colour of a class; beyond the palette that of controls."""
    hues = theme().classes
    return QColor(hues[index]) if index < len(hues) else color("ctl")


def _paint_legend(painter: QPainter, figure: ClassBarsFigure, right: float) -> float:
    """From the right; tells where it begins."""
    entries = [("mark", GRADIENT)] if figure.has_gradient else []
    entries += [("full", LOSS)] if figure.plain is None else [("full", WITH), ("open", WITHOUT)]
    x = right
    for kind, name in entries:
        words = tr_text(name)
        x -= width_of(words, "caption")
        painter.setFont(font("caption"))
        painter.setPen(color("text2"))
        painter.drawText(QPointF(x, 20), words)
        x -= SAMPLE + 5
        _paint_sample(painter, kind, QRectF(x, 11, SAMPLE, SAMPLE))
        x -= 12
    return max(x, INDENT)


def _paint_sample(painter: QPainter, kind: str, place: QRectF) -> None:
    if kind == "mark":
        painter.fillRect(QRectF(place.left(), place.center().y() - 1, place.width(), 2), color("grad"))
        return
    painter.setPen(QPen(color("ctl"), 1))
    painter.setBrush(color("ctl", 0.2 if kind == "open" else 1.0))
    painter.drawRect(place)


def _paint_bars(painter: QPainter, figure: ClassBarsFigure, places: ClassBarsLayout, place: int) -> None:
    hue = hue_of(int(figure.classes[place]))
    parts = 1 if figure.plain is None else 2
    if figure.plain is not None:
        pale = QColor(hue)
        pale.setAlphaF(0.2)
        _paint_bar(painter, places, place, float(figure.plain[place]), (0, parts), (hue, pale))
    weighted = float(figure.weighted[place])
    _paint_bar(painter, places, place, weighted, (parts - 1, parts), (hue, hue))
    gradient = float(figure.gradient[place])
    if math.isfinite(gradient):
        whole = places.bar(place, gradient, 0, 1)
        painter.fillRect(QRectF(whole.left() - 2, whole.top() - 1, whole.width() + 4, 2), color("grad"))
    if places.wide >= NUMBERED and math.isfinite(weighted) and weighted > 0:
        bar = places.bar(place, weighted, parts - 1, parts)
        top = bar.top()
        if math.isfinite(gradient) and top - 15 < places.y(gradient) < top + 1:
            top = places.y(gradient) - 1  # above the mark, which would cross it
        painter.setFont(font("tick"))
        painter.setPen(color("text"))
        painter.drawText(
            QRectF(bar.center().x() - 20, top - 15, 40, 14), Qt.AlignmentFlag.AlignCenter, fixed(100 * weighted, 0)
        )


def _paint_bar(
    painter: QPainter,
    places: ClassBarsLayout,
    place: int,
    share: float,
    part: tuple[int, int],
    hues: tuple[QColor, QColor],
) -> None:
    if not math.isfinite(share):
        return
    painter.setPen(QPen(hues[0], 1))
    painter.setBrush(hues[1])
    painter.drawRect(places.bar(place, max(share, 0.0), *part).adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_foot(painter: QPainter, figure: ClassBarsFigure, places: ClassBarsLayout, place: int) -> None:
    column, bottom = places.column(place), places.area.bottom()
    if places.wide >= CHIP:
        under = QRectF(column.left(), bottom + 5, column.width(), CHIP)
        paint_chip(painter, under, under.center().x() - CHIP / 2, int(figure.classes[place]))
    words = str(int(figure.counts[place])) if places.wide < 42 else f"n={int(figure.counts[place])}"
    if width_of(words, "tick") <= column.width():
        painter.setFont(font("tick"))
        painter.setPen(color("text3"))
        painter.drawText(QRectF(column.left(), bottom + 25, column.width(), 14), Qt.AlignmentFlag.AlignCenter, words)
