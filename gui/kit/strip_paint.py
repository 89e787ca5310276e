"""Painting a laid out strip, and where its numbers are for the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.kit.formula_layout import ASCENT, DESCENT, NUMBER_PX, Run, face_font
from gui.kit.strip_layout import HEIGHT, Placed
from gui.kit.theme import color

PILL_HEIGHT = 22
RULE_HEIGHT = 18


def paint_placed(painter: QPainter, placed: Placed, focused: Run | None, hovered: Run | None) -> None:
    """Separators, branch, bars and runs; a ring about the focused number, a firm line under the hovered one."""
    for x in placed.separators:
        painter.fillRect(QRectF(round(x), (HEIGHT - RULE_HEIGHT) / 2, 1, RULE_HEIGHT), color("line2"))
    if placed.pill:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("soft"))
        rect = QRectF(placed.pill[0], (HEIGHT - PILL_HEIGHT) / 2, placed.pill[1], PILL_HEIGHT)
        painter.drawRoundedRect(rect, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    for x, y, width in placed.bars:
        painter.fillRect(QRectF(x, round(y), width, 1), color("text"))
    for run in placed.runs:
        painter.setFont(face_font(run.face, run.level))
        painter.setPen(color(run.role))
        painter.drawText(QPointF(run.x, run.y), run.text)
    for run in placed.numbers:
        _underline(painter, run, run == hovered)
    if focused:
        _ring(painter, focused)


def number_rect(run: Run) -> QRectF:
    """Where a number's digits are."""
    px = NUMBER_PX[run.level]
    return QRectF(run.x, run.y - (ASCENT + 0.06) * px, run.width, (ASCENT + DESCENT) * px)


def distance(run: Run, point: QPointF) -> float:
    """How far a point is from a number, in px; 0 inside."""
    rect = number_rect(run)
    dx = max(rect.left() - point.x(), point.x() - rect.right(), 0.0)
    dy = max(rect.top() - point.y(), point.y() - rect.bottom(), 0.0)
    return max(dx, dy)


def stepped(value: float, text: str, steps: float) -> float:
    """`value` moved by steps of 0.01, or of 1 where `text` shows a whole number."""
    if "." not in text:
        return float(round(value + steps))
    return float(f"{value + 0.01 * steps:.10g}")


def _underline(painter: QPainter, run: Run, firm: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    pen = QPen(color(run.role), 1)
    if not firm:
        pen.setDashPattern([1, 2])
    painter.setPen(pen)
    y = round(run.y + 3)
    painter.drawLine(round(run.x), y, round(run.x + run.width), y)


def _ring(painter: QPainter, run: Run) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("accent"), 2))
    painter.drawRoundedRect(number_rect(run).adjusted(-3, -1, 3, 3), 4, 4)
