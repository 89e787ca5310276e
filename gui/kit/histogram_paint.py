"""The painting of a histogram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.kit.histogram_figure import ALL
from gui.kit.i18n import tr_text
from gui.kit.numbers import fixed
from gui.kit.plot_text import INDENT, paint_line, paint_tick_left, paint_ticks_below, paint_title, width_of
from gui.kit.theme import color, font, theme
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from core.arrays import IntArray
    from gui.kit.histogram_figure import HistogramFigure
    from gui.kit.histogram_layout import HistogramLayout

HANDLE = (9.0, 20.0)


def paint_histogram(
    painter: QPainter, figure: HistogramFigure, places: HistogramLayout, mark: float, *, focused: bool
) -> None:
    """Title, axes, bars, median, the primary value and the marked one (nan for none), threshold."""
    _paint_head(painter, figure, places)
    _paint_zone(painter, figure, places)
    _paint_axes(painter, figure, places)
    for place in range(figure.counts.shape[1]):
        left, right = places.x(float(figure.edges[place])), places.x(float(figure.edges[place + 1]))
        gap = 1.0 if right - left > 3 else 0.0
        _paint_stack(painter, figure, places, QRectF(left, 0, max(right - left - gap, 1.0), 0), figure.counts[:, place])
    for place, (name, counts) in enumerate(figure.specials):
        _paint_special(painter, figure, places, place, tr_text(name), counts)
    _paint_marks(painter, figure, places)
    _paint_pointer(painter, figure, places, mark, full=False)
    _paint_pointer(painter, figure, places, figure.primary, full=True)
    _paint_threshold(painter, figure, places, focused=focused)


def hue_of(group: int) -> QColor:
    """The colour of a class; of no class that of losses, of one beyond the palette that of controls."""
    if group == ALL:
        return color("loss")
    hues = theme().classes
    return QColor(hues[group]) if group < len(hues) else color("ctl")


def _paint_head(painter: QPainter, figure: HistogramFigure, places: HistogramLayout) -> None:
    right = places.area.right() + (len(figure.specials) * 30.0 + 14 if figure.specials else 0)
    room = right
    if figure.summary is not None:
        words = tr_text(figure.summary)
        painter.setFont(font("label-strong"))
        painter.setPen(color("accent"))
        room = right - width_of(words, "label-strong")
        painter.drawText(QPointF(max(room, INDENT), 20), words)
    if room - 12 > INDENT + width_of(tr_text(figure.title), "section"):
        paint_title(painter, figure.title, figure.caption, "text", 20, room - 12)


def _paint_zone(painter: QPainter, figure: HistogramFigure, places: HistogramLayout) -> None:
    if figure.threshold is not None:
        left = places.x(figure.threshold)
        zone = QRectF(left, places.area.top(), places.area.right() - left, places.area.height())
        painter.fillRect(zone, color("soft"))


def _paint_axes(painter: QPainter, figure: HistogramFigure, places: HistogramLayout) -> None:
    area = places.area
    for value, text in ticks(0, places.tallest, 4):
        if value == int(value):
            y = places.y(value)
            paint_line(painter, "grid" if value else "axis", QPointF(area.left(), y), QPointF(area.right(), y))
            paint_tick_left(painter, text, area.left() - 8, y)
    below = places.ticks()
    paint_ticks_below(painter, below, [places.x(value) for value, _ in below], area.bottom() + 4)
    painter.setFont(font("caption"))
    painter.setPen(color("text3"))
    words = QRectF(area.left(), area.bottom() + 19, area.width(), 16)
    painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tr_text(figure.axis))


def _paint_stack(
    painter: QPainter, figure: HistogramFigure, places: HistogramLayout, column: QRectF, counts: IntArray
) -> None:
    """One bar, its groups one upon another."""
    low = 0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for group, count in zip(figure.hues, counts.tolist(), strict=True):
        if count:
            top, bottom = places.y(low + count), places.y(low)
            painter.fillRect(QRectF(column.left(), top, column.width(), bottom - top), hue_of(group))
            low += count
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_special(painter: QPainter, figure: HistogramFigure, places: HistogramLayout, place: int, name: str,
                   counts: IntArray) -> None:  # fmt: skip
    column = places.special(place)
    _paint_stack(painter, figure, places, column.adjusted(5, 0, -5, 0), counts)
    y = places.area.bottom()
    paint_line(painter, "axis", QPointF(column.left() + 2, y), QPointF(column.right() - 2, y))
    total = int(counts.sum())
    painter.setFont(font("tick"))
    painter.setPen(color("text"))
    painter.drawText(QRectF(column.left() - 6, places.y(total) - 15, column.width() + 12, 14),
                     Qt.AlignmentFlag.AlignCenter, str(total))  # fmt: skip
    painter.setPen(color("err" if name in ("inf", "nan", "−inf") else "text3"))
    painter.drawText(QRectF(column.left() - 6, y + 4, column.width() + 12, 16), Qt.AlignmentFlag.AlignCenter,
                     painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 42))  # fmt: skip


def _paint_marks(painter: QPainter, figure: HistogramFigure, places: HistogramLayout) -> None:
    area = places.area
    if figure.median == figure.median:
        x = places.x(figure.median)
        painter.setPen(QPen(color("text"), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top() + 4), QPointF(x, area.bottom()))
        words = f"median {fixed(figure.median, 2)}"
        painter.setFont(font("caption"))
        wide = width_of(words, "caption")
        left = x - wide - 5 if x - wide - 5 > area.left() else x + 5
        painter.fillRect(QRectF(left - 2, area.top() + 1, wide + 4, 15), color("surface", 0.85))
        painter.setPen(color("text2"))
        painter.drawText(QRectF(left, area.top() + 1, wide, 15), Qt.AlignmentFlag.AlignCenter, words)


def _paint_pointer(
    painter: QPainter, figure: HistogramFigure, places: HistogramLayout, value: float, *, full: bool
) -> None:
    """A triangle under the axis, at a value that stands on it."""
    if not figure.edges[0] <= value <= figure.edges[-1]:
        return
    x, y = places.x(value), places.area.bottom() + 1
    painter.setPen(QPen(color("ink"), 1))
    painter.setBrush(color("ink" if full else "surface"))
    painter.drawPolygon([QPointF(x, y), QPointF(x - 4, y + 6), QPointF(x + 4, y + 6)])


def _paint_threshold(painter: QPainter, figure: HistogramFigure, places: HistogramLayout, *, focused: bool) -> None:
    area = places.area
    x = area.left() if figure.threshold is None else places.x(figure.threshold)
    painter.setPen(QPen(color("accent", 1.0 if figure.threshold is not None or focused else 0.5), 2))
    painter.setBrush(color("surface"))
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    wide, high = HANDLE
    handle = QRectF(x - wide / 2, area.center().y() - high / 2, wide, high)
    if focused:
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent", 0.16))
        painter.drawEllipse(handle.center(), 15, 15)
        painter.restore()
    painter.drawRoundedRect(handle, 4, 4)
