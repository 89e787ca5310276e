"""The numbers of a row side by side: value, probability, gradient, one band under another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.inline_number import HEIGHT as FIELD
from gui.kit.inline_number import InlineNumber
from gui.kit.plot_text import width_of
from gui.kit.plot_widget import PlotWidget
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from core.text import Text
    from gui.kit.row_detail_figure import RowColumn, RowDetailFigure

GUTTER, RIGHT, TOP, NAMES = 96.0, 16.0, 8.0, 20.0
VALUES = 24.0  # px of the band of numbers
WIDEST, BAR = 112.0, 30.0
NUMBER = 14.0


@final
class RowBands(PlotWidget):
    """Keys: left and right choose a number, Enter or typing digits opens it.

    Signals:
        typed(int, float): the place of the number in the row, and what was typed.
        hinted(str)
    """

    typed = Signal(int, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: RowDetailFigure | None = None
        self._at = 0
        self.field = InlineNumber(self, lambda value: value == value)
        self.field.typed.connect(self._take)
        self.setMinimumSize(280, 120)

    def sizeHint(self) -> QSize:
        return QSize(560, 190)

    def show_figure(self, figure: RowDetailFigure) -> None:
        """Show a row; a field that is open is closed, its row may be another."""
        self.field.close()
        self._figure = figure
        self._at = min(self._at, max(len(figure.columns) - 1, 0))
        self._tell()
        self.update()

    def number_rect(self, column: int) -> QRectF:
        """Where the number of a column stands."""
        wide = self._column_width()
        return QRectF(GUTTER + column * wide, TOP + NAMES, wide, VALUES)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None or not self._figure.columns:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter, self._figure)
        largest = max((abs(c.grad) for c in self._figure.columns if math.isfinite(c.grad)), default=0.0)
        for place, column in enumerate(self._figure.columns):
            self._paint_column(painter, place, column, largest)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._column_at(event.position())
        if place is not None:
            self._at = place
            self._tell()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._column_at(event.position()) is not None:
            self._open()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._column_at(event.position()) is not None
        self.hinted.emit(self.tr("Double-click a number to try another; the batch itself stays") if over else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), len(self._figure.columns) if self._figure else 0
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            self._at = (self._at + (1 if key == Qt.Key.Key_Right else -1)) % count
            self._tell()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and count:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        assert self._figure is not None
        column = self._figure.columns[self._at]
        rect = self.number_rect(self._at)
        wide = max(rect.width(), 72.0)
        place = QRect(round(rect.center().x() - wide / 2), round(rect.top() - 2), round(wide), FIELD)
        self.field.open(column.index, column.value, place, column.name)

    def _take(self, key: object, value: float) -> None:
        assert isinstance(key, int)
        self.typed.emit(key, value)

    def _column_width(self) -> float:
        count = len(self._figure.columns) if self._figure else 1
        return min((self.width() - GUTTER - RIGHT) / max(count, 1), WIDEST)

    def _column_at(self, at: QPointF) -> int | None:
        if self._figure is None:
            return None
        place = int((at.x() - GUTTER) // self._column_width())
        return place if at.x() >= GUTTER and place < len(self._figure.columns) else None

    def _bands(self) -> tuple[QRectF, QRectF]:
        """The areas of the probabilities and of the gradients."""
        top = TOP + NAMES + VALUES + 6
        room = self.height() - top - 6
        has_probs = self._figure is not None and self._figure.prob_name is not None
        middle = top + (room / 2 if has_probs else 0)
        return QRectF(0, top, self.width(), middle - top), QRectF(0, middle, self.width(), top + room - middle)

    def _paint_names(self, painter: QPainter, figure: RowDetailFigure) -> None:
        probs, grads = self._bands()
        values = QRectF(0, TOP + NAMES, self.width(), VALUES)
        for band, name, role in (
            (values, figure.value_name, "text"),
            (probs, figure.prob_name, "text"),
            (grads, figure.grad_name, "grad"),
        ):
            if name is not None:
                self._paint_name(painter, band, name, role)
        if figure.rest:
            painter.setPen(color("text3"))
            painter.setFont(font("caption"))
            words = tr_text(say("batch", "other {count}", count=figure.rest))
            left = GUTTER + len(figure.columns) * self._column_width() + 8
            painter.drawText(QPointF(left, TOP + 14), words)

    def _paint_name(self, painter: QPainter, band: QRectF, name: Text, role: str) -> None:
        painter.setFont(font("section"))
        painter.setPen(color(role))
        area = QRectF(16, band.top(), GUTTER - 20, min(band.height(), 24.0))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr_text(name))

    def _paint_column(self, painter: QPainter, place: int, column: RowColumn, largest: float) -> None:
        rect = self.number_rect(place)
        asked = column.share > 0
        painter.setFont(font("label-strong" if asked else "label"))
        painter.setPen(color("target" if asked else "text2"))
        name = painter.fontMetrics().elidedText(column.name, Qt.TextElideMode.ElideRight, int(rect.width()) - 4)
        painter.drawText(QRectF(rect.left(), TOP, rect.width(), NAMES), Qt.AlignmentFlag.AlignCenter, name)
        self._paint_number(painter, rect, column, focused=place == self._at and self.hasFocus())
        probs, grads = self._bands()
        if column.prob == column.prob:
            self._paint_prob(painter, QRectF(rect.left(), probs.top(), rect.width(), probs.height()), column)
        if self._figure is not None and self._figure.grad_name is not None:
            self._paint_grad(painter, QRectF(rect.left(), grads.top(), rect.width(), grads.height()), column, largest)

    def _paint_number(self, painter: QPainter, rect: QRectF, column: RowColumn, *, focused: bool) -> None:
        painter.setFont(font("label-strong" if column.changed else "label"))
        painter.setPen(color("accent" if column.changed else "text" if math.isfinite(column.value) else "err"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, column.value_text)
        wide = min(width_of(column.value_text, "label") + 2, rect.width())
        y = rect.center().y() + 9
        painter.setPen(QPen(color("text3"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(rect.center().x() - wide / 2, y), QPointF(rect.center().x() + wide / 2, y))
        if focused:
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(3, 1, -3, -1), 4, 4)

    def _paint_prob(self, painter: QPainter, area: QRectF, column: RowColumn) -> None:
        bottom, high = area.bottom() - 2, max(area.height() - NUMBER - 4, 1.0)
        wide = min(BAR, area.width() - 6)
        left = area.center().x() - wide / 2
        painter.fillRect(
            QRectF(left, bottom - column.prob * high, wide, column.prob * high),
            color("target" if column.share > 0 else "ctl"),
        )
        painter.setPen(QPen(color("line2"), 1))
        painter.drawLine(QPointF(area.left() + 2, bottom), QPointF(area.right() - 2, bottom))
        if column.share == column.share and column.share > 0:
            y = bottom - column.share * high
            painter.setPen(QPen(color("text"), 1.6, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(left - 4, y), QPointF(left + wide + 4, y))
        self._write(painter, QRectF(area.left(), bottom - column.prob * high - NUMBER - 1, area.width(), NUMBER),
                    column.prob_text, "text")  # fmt: skip

    def _paint_grad(self, painter: QPainter, area: QRectF, column: RowColumn, largest: float) -> None:
        middle, high = area.center().y(), max(area.height() / 2 - NUMBER - 2, 1.0)
        painter.setPen(QPen(color("line2"), 1))
        painter.drawLine(QPointF(area.left() + 2, middle), QPointF(area.right() - 2, middle))
        if not math.isfinite(column.grad):
            self._write(
                painter, QRectF(area.left(), middle - NUMBER - 1, area.width(), NUMBER), column.grad_text, "err"
            )
            return
        length = column.grad / largest * high if largest else 0.0
        wide = min(BAR, area.width() - 6)
        painter.fillRect(
            QRectF(area.center().x() - wide / 2, middle - max(length, 0), wide, abs(length)), color("grad")
        )
        top = middle - length - NUMBER - 1 if length >= 0 else middle - length + 1
        self._write(painter, QRectF(area.left(), top, area.width(), NUMBER), column.grad_text, "text")

    def _write(self, painter: QPainter, rect: QRectF, text: str, role: str) -> None:
        if width_of(text, "tick") <= rect.width():
            painter.setFont(font("tick"))
            painter.setPen(color(role))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _tell(self) -> None:
        """Say the chosen column to a screen reader."""
        figure = self._figure
        if figure is None or not figure.columns:
            self.setAccessibleName("")
            return
        column = figure.columns[self._at]
        words = say("batch", "{name}: value {value}, probability {prob}, gradient {grad}", name=column.name,
                    value=column.value_text, prob=column.prob_text, grad=column.grad_text)  # fmt: skip
        self.setAccessibleName(tr_text(words))
