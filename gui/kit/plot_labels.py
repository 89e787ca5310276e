"""Text on plots: badges, labels with a halo, and a pass that keeps labels apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.kit.plot_text import width_of
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.kit.theme import FontRole

APART = 15.0
BADGE = (48.0, 18.0)
RADIUS = 4.0
CENTRE = Qt.AlignmentFlag.AlignCenter


@final
@dataclass(frozen=True, slots=True)
class EndLabel:
    """A name, and under it perhaps a number, beside the end of a curve at pixel row y."""

    y: float
    role: str
    name: str
    caption: str

    @property
    def height(self) -> float:
        """Rows of 15 px."""
        return 2 * APART if self.caption else APART


def spread(labels: Sequence[EndLabel], top: float, bottom: float) -> list[float]:
    """(n,) the row of each label's middle line, near its wish, in its order, without overlap."""
    order = sorted(range(len(labels)), key=lambda i: labels[i].y)
    rows = [0.0] * len(labels)
    edge = top
    for i in order:
        rows[i] = max(min(labels[i].y, bottom), edge)
        edge = rows[i] + labels[i].height
    excess = edge - APART - bottom
    for i in reversed(order):  # what was pushed out below pushes back up
        if excess <= 0:
            break
        rows[i] -= excess
        above = [rows[j] + labels[j].height for j in order[: order.index(i)]]
        excess = max(above, default=rows[i]) - rows[i]
    return rows


def elided(text: str, role: FontRole, room: float) -> str:
    """As much of a text as fits into so many px."""
    if width_of(text, role) <= room:
        return text
    return QFontMetricsF(font(role)).elidedText(text, Qt.TextElideMode.ElideRight, room)


def draw_text(painter: QPainter, at: QPointF, text: str, hue: str, role: FontRole, align: str = "left") -> QRectF:
    """Text on one line, its middle at `at.y()` and its left end, middle or right end at `at.x()`."""
    metrics = QFontMetricsF(font(role))
    width = width_of(text, role)
    left = at.x() - {"left": 0.0, "middle": width / 2, "right": width}[align]
    painter.setFont(font(role))
    painter.setPen(color(hue))
    painter.drawText(QPointF(left, at.y() + metrics.capHeight() / 2), text)
    return QRectF(left, at.y() - 8, width, 16)


def draw_plated(painter: QPainter, at: QPointF, text: str, hue: str, role: FontRole, align: str = "left") -> QRectF:
    """The same on a plate of the plot's own colour, for text that lies on lines."""
    width = width_of(text, role)
    left = at.x() - {"left": 0.0, "middle": width / 2, "right": width}[align]
    plate = QRectF(left - 3, at.y() - 8, width + 6, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("surface", 0.82))
    painter.drawRoundedRect(plate, 3, 3)
    draw_text(painter, at, text, hue, role, align)
    return plate


def draw_badge(painter: QPainter, middle: QPointF, text: str, hue: str) -> QRectF:
    """A filled rounded value, at an axis where a guide ends."""
    width = max(BADGE[0], width_of(text, "label-strong") + 12)
    box = QRectF(middle.x() - width / 2, middle.y() - BADGE[1] / 2, width, BADGE[1])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(hue))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    draw_text(painter, middle, text, "surface" if hue == "ink" else "onaccent", "label-strong", "middle")
    return box


def draw_triangle(painter: QPainter, tip: QPointF, up: bool, hue: str) -> None:
    """A mark at an edge: here a curve goes on where no axis reaches."""
    size = 7.0 if up else -7.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(hue))
    painter.drawPolygon([tip, QPointF(tip.x() - 5, tip.y() + size), QPointF(tip.x() + 5, tip.y() + size)])
