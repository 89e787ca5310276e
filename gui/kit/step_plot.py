"""A few curves over the steps of a descent, with the step shown marked; a drag goes from step to step."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.step_figure import StepFigure, StepLine

LEFT, RIGHT, TOP, AXIS, NAME_ROW, BOTTOM = 34.0, 8.0, 10.0, 18.0, 17.0, 4.0
NAMES_LEFT = 8.0
PLOT = 76.0
DOT = 4.0
TICKS = 20
DASHES: tuple[list[float], ...] = ([], [5.0, 2.5], [1.5, 2.0])  # curves differ not only in hue
KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_Home: -(10**6),
    Qt.Key.Key_End: 10**6,
}


@final
class StepPlot(QWidget):
    """Keys: arrows go a step, Shift ten, Home and End to the ends.

    Signals:
        began(), moved(int), ended(), cancelled(): a drag, or a run of keys.
        hovered(bool)
    """

    began = Signal()
    moved = Signal(int)
    ended = Signal()
    cancelled = Signal()
    hovered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: StepFigure | None = None
        self._dragging = False
        self._key_run = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: StepFigure) -> None:
        """Show curves and the step they stand at."""
        self._figure = figure
        self.setFixedHeight(round(TOP + PLOT + AXIS + len(figure.lines) * NAME_ROW + BOTTOM))
        self.setAccessibleName(
            tr_text(say("kit", "step {step} of {steps}", step=figure.step, steps=figure.steps))
            + "".join(f", {tr_text(line.name)} {line.text}" for line in figure.lines)
        )
        self.update()

    def place_of(self, step: int) -> QPointF:
        """Where a step stands on the axis."""
        return QPointF(self._x(step), TOP + PLOT)

    def sizeHint(self) -> QSize:
        return QSize(260, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        figure = self._figure
        if figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axis(painter, figure)
        for place, line in enumerate(figure.lines):
            self._paint_line(painter, figure, line, DASHES[place % len(DASHES)])
            self._paint_name(painter, line, TOP + PLOT + AXIS + place * NAME_ROW, DASHES[place % len(DASHES)])
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, self.height() - 2), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._figure is not None:
            self._dragging = True
            self.began.emit()
            self._move_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragging:
            self._dragging = False
            self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = KEYS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
        elif step is None or self._figure is None:
            super().keyPressEvent(event)
        else:
            if not self._key_run:
                self._key_run = True
                self.began.emit()
            fast = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._go(self._figure.step + step * fast)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._key_run and not event.isAutoRepeat():
            self._key_run = False
            self.ended.emit()
        super().keyReleaseEvent(event)

    def enterEvent(self, _event: QEvent) -> None:
        self.hovered.emit(True)

    def leaveEvent(self, _event: QEvent) -> None:
        self.hovered.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._figure is not None:
            self.show_figure(self._figure)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _x(self, step: float) -> float:
        assert self._figure is not None
        return LEFT + step / max(self._figure.steps, 1) * (self.width() - LEFT - RIGHT)

    def _move_to(self, x: float) -> None:
        assert self._figure is not None
        self._go(round((x - LEFT) / max(self.width() - LEFT - RIGHT, 1) * self._figure.steps))

    def _go(self, step: int) -> None:
        assert self._figure is not None
        self.moved.emit(min(max(step, 0), self._figure.steps))

    def _paint_axis(self, painter: QPainter, figure: StepFigure) -> None:
        bottom = TOP + PLOT
        painter.setPen(QPen(color("grid"), 1))
        painter.drawLine(QPointF(LEFT, TOP), QPointF(self.width() - RIGHT, TOP))
        painter.setPen(QPen(color("axis"), 1))
        painter.drawLine(QPointF(LEFT, bottom), QPointF(self.width() - RIGHT, bottom))
        painter.setFont(font("tick"))
        painter.setPen(color("text3"))
        beside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share, y in (("1", TOP), ("0", bottom)):
            painter.drawText(QRectF(0, y - 8, LEFT - 6, 16), beside, share)
        words = tr_text(say("kit", "step"))
        painter.drawText(QRectF(0, bottom + 2, LEFT - 6, 14), Qt.AlignmentFlag.AlignRight, words)
        for step in range(0, figure.steps + 1, TICKS):
            where = min(max(self._x(step), LEFT + 8), self.width() - RIGHT - 8)
            painter.drawText(QRectF(where - 20, bottom + 2, 40, 14), Qt.AlignmentFlag.AlignCenter, str(step))
        painter.setPen(QPen(color("accent"), 1.2))
        painter.drawLine(QPointF(self._x(figure.step), TOP), QPointF(self._x(figure.step), bottom))

    def _paint_line(self, painter: QPainter, figure: StepFigure, line: StepLine, dashes: list[float]) -> None:
        places = [
            QPointF(self._x(k), TOP + (1.0 - float(value)) * PLOT)
            for k, value in enumerate(line.values)
            if np.isfinite(value)
        ]
        painter.setPen(_pen(line.role, dashes))
        painter.drawPolyline(QPolygonF(places))
        value = float(line.values[figure.step])
        if np.isfinite(value):
            painter.setPen(QPen(color("surface2"), 1.5))
            painter.setBrush(color(line.role))
            painter.drawEllipse(QPointF(self._x(figure.step), TOP + (1.0 - value) * PLOT), DOT, DOT)

    def _paint_name(self, painter: QPainter, line: StepLine, top: float, dashes: list[float]) -> None:
        middle = top + NAME_ROW / 2
        painter.setPen(_pen(line.role, dashes))
        painter.drawLine(QPointF(NAMES_LEFT, middle), QPointF(NAMES_LEFT + 20, middle))
        row = QRectF(NAMES_LEFT + 28, top, self.width() - NAMES_LEFT - RIGHT - 28, NAME_ROW)
        painter.setFont(font("label"))
        painter.setPen(color("text2"))
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr_text(line.name))
        painter.setFont(font("label-strong"))
        painter.setPen(color("text"))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.text)


def _pen(role: str, dashes: list[float]) -> QPen:
    pen = QPen(color(role), 2.0)
    if dashes:
        pen.setDashPattern(dashes)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
