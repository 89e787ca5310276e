"""The words around a plot: its title with a caption, and the numbers along its axes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from gui.kit.i18n import tr_text
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from core.text import Text
    from gui.kit.theme import FontRole
    from gui.kit.ticks import Ticks

INDENT = 16.0
AXIS_GAP = 8.0


@lru_cache(maxsize=4096)
def width_of(text: str, face: FontRole) -> float:
    """The width of a text in px; remembered, for the same few hundred are asked for at every paint."""
    return QFontMetricsF(font(face)).horizontalAdvance(text)


def paint_title(painter: QPainter, title: Text, caption: Text, role: str, baseline: float, right: float) -> None:
    """A bold title in the colour of its role, and what it shows behind it, cut at `right`."""
    painter.setFont(font("section"))
    painter.setPen(color(role))
    words = tr_text(title)
    painter.drawText(QPointF(INDENT, baseline), words)
    x = INDENT + width_of(words, "section") + 6
    painter.setFont(font("caption"))
    painter.setPen(color("text3"))
    metrics = QFontMetricsF(font("caption"))
    shown = metrics.elidedText(tr_text(caption), Qt.TextElideMode.ElideRight, max(right - x, 0))
    painter.drawText(QPointF(x, baseline), shown)


def paint_tick_left(painter: QPainter, text: str, right: float, y: float) -> None:
    """A number that ends at `right`, at height y."""
    painter.setFont(font("tick"))
    painter.setPen(color("text3"))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(0, y - 8, right, 16), flags, text)


def paint_ticks_below(painter: QPainter, ticks: Ticks, places: list[float], top: float) -> None:
    """Numbers centred under their places."""
    painter.setFont(font("tick"))
    painter.setPen(color("text3"))
    for (_, text), x in zip(ticks, places, strict=True):
        painter.drawText(QRectF(x - 30, top, 60, 16), Qt.AlignmentFlag.AlignCenter, text)


def paint_line(painter: QPainter, role: str, start: QPointF, end: QPointF) -> None:
    """A crisp line of 1 px."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(color(role), 1))
    painter.drawLine(start, end)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
