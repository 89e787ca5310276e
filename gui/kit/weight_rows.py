"""The rows of the weight editor: class, number, bar with a handle, share. One widget, however many classes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.inline_number import HEIGHT as FIELD_HEIGHT
from gui.kit.inline_number import InlineNumber
from gui.kit.numbers import fixed, percent
from gui.kit.stride import factor
from gui.kit.theme import color, font, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.weight_model import WeightModel

ROW = 21
CHIP = 9
VALUE_RIGHT = 116
VALUE_WIDTH = 46
BAR_LEFT = 124
SHARE_WIDTH = 44
BAR_HEIGHT = 10
HANDLE = QSize(4, 15)
EMPTY_TOP = 2.5  # the least weight that a whole bar stands for
MAX_CHIPS = 10


@final
class WeightRows(QWidget):
    """Shows the weights of a WeightModel; drag a bar, or focus a row and use the keys.

    Up and Down choose the row, Left and Right move its bar by 1 % (Shift 10 %, Ctrl 0.1 %), Enter types.

    Signals:
        value_edited(int, float, str): class, weight, merge key ("" for a step of its own).
        released(), cancelled(): the end of a drag or of a run of keys; Esc during a drag.
        row_focused(int): the current row, to be kept in sight.
    """

    value_edited = Signal(int, float, str)
    released = Signal()
    cancelled = Signal()
    row_focused = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: WeightModel | None = None
        self._top = EMPTY_TOP
        self._row = 0
        self._hovered = -1
        self._dragging = False
        self._key_run = False
        self._runs = 0
        self._inline = InlineNumber(self, _is_weight)
        self._inline.typed.connect(self._take_typed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_model(self, model: WeightModel) -> None:
        """Show these weights. During a drag the scale of the bars stays, so that the bar follows the mouse."""
        self._model = model
        if not self._dragging:
            self._top = scale_top(model)
        self._row = min(self._row, max(len(model.names) - 1, 0))
        self.setFixedHeight(ROW * len(model.names))
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def bar_rect(self, row: int) -> QRectF:
        """The track of a row's bar."""
        width = self.width() - BAR_LEFT - SHARE_WIDTH
        return QRectF(BAR_LEFT, row * ROW + (ROW - BAR_HEIGHT) / 2, width, BAR_HEIGHT)

    def handle_x(self, row: int) -> float:
        """Where the handle of a row stands."""
        bar = self.bar_rect(row)
        return bar.left() + bar.width() * self._share_of_top(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._model is None:
            return
        painter = QPainter(self)
        first = event.rect().top() // ROW
        last = min(event.rect().bottom() // ROW + 1, len(self._model.names))
        for row in range(max(first, 0), last):
            self._paint_row(painter, row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or row < 0:
            return
        self._go_to(row)
        if event.position().x() >= BAR_LEFT - 8:
            self._dragging = True
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._drag_to(event.position().x())
            return
        self._hovered = self._row_at(event.position())
        on_bar = self._hovered >= 0 and event.position().x() >= BAR_LEFT - 8
        self.setToolTip(self._model.names[self._hovered] if self._model and self._hovered >= 0 else "")
        self.setCursor(Qt.CursorShape.SizeHorCursor if on_bar else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._dragging:
            self._end_drag()
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if row >= 0:
            if self._dragging:
                self._end_drag()
            self._open_editor(row)

    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._model is None or not self._model.names:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._dragging:
            self._end_drag()
            self.cancelled.emit()
        elif key in _ROW_KEYS:
            self._go_to(min(max(self._row + _ROW_KEYS[key], 0), len(self._model.names) - 1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._key_run = True
            direction = 1 if key == Qt.Key.Key_Right else -1
            self._emit(self._value(self._row) + direction * factor(event.modifiers()) * self._top / 100)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open_editor(self._row)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._key_run and not event.isAutoRepeat():
            self._key_run = False
            self._runs += 1
            self.released.emit()
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._tell()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _value(self, row: int) -> float:
        assert self._model is not None
        return float(self._model.values[row])

    def _share_of_top(self, row: int) -> float:
        share = self._value(row) / self._top
        return min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0

    def _paint_row(self, painter: QPainter, row: int) -> None:
        assert self._model is not None
        middle = row * ROW
        left = 0.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row == self._hovered or (self.hasFocus() and row == self._row):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(QRectF(-4, middle, self.width() + 8, ROW), 4, 4)
        if len(self._model.names) <= MAX_CHIPS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color_of_class(row))
            painter.drawRoundedRect(QRectF(0, middle + (ROW - CHIP) / 2, CHIP, CHIP), 2, 2)
            left = CHIP + 6.0
        self._paint_words(painter, row, left, middle)
        self._paint_bar(painter, row)

    def _paint_words(self, painter: QPainter, row: int, left: float, top: float) -> None:
        assert self._model is not None
        value = self._value(row)
        number = fixed(value, 3 if abs(value) < 100 else 1)
        painter.setPen(color("text"))
        painter.setFont(font("label"))
        room = VALUE_RIGHT - VALUE_WIDTH - left
        name = QFontMetricsF(font("label")).elidedText(self._model.names[row], Qt.TextElideMode.ElideRight, room)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, top, room, ROW), vertical | Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(color("text" if math.isfinite(value) else "err"))
        painter.setFont(font("label-strong"))
        right = vertical | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(VALUE_RIGHT - VALUE_WIDTH, top, VALUE_WIDTH, ROW), right, number)
        painter.setPen(color("text2" if row in (self._hovered, self._row) else "text3"))
        painter.setFont(font("tick"))
        share = percent(float(self._model.shares[row]))
        painter.drawText(QRectF(self.width() - SHARE_WIDTH, top, SHARE_WIDTH, ROW), right, share)

    def _paint_bar(self, painter: QPainter, row: int) -> None:
        assert self._model is not None
        bar = self.bar_rect(row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(bar, color("line"))
        chips = len(self._model.names) <= MAX_CHIPS
        x = self.handle_x(row)
        painter.fillRect(
            QRectF(bar.left(), bar.top(), x - bar.left(), BAR_HEIGHT), color_of_class(row) if chips else color("accent")
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus() and row == self._row
        painter.setPen(QPen(color("accent"), 2 if focused else 1))
        painter.setBrush(color("surface"))
        size = HANDLE
        painter.drawRoundedRect(
            QRectF(x - size.width() / 2, bar.center().y() - size.height() / 2, size.width(), size.height()), 2, 2
        )

    def _row_at(self, point: QPointF) -> int:
        row = int(point.y() // ROW)
        return row if self._model and 0 <= row < len(self._model.names) else -1

    def _go_to(self, row: int) -> None:
        self._row = row
        self._tell()
        self.row_focused.emit(row)
        self.update()

    def _drag_to(self, x: float) -> None:
        bar = self.bar_rect(self._row)
        share = min(max((x - bar.left()) / max(bar.width(), 1), 0.0), 1.0)
        self._emit(self._top * share)

    def _emit(self, value: float) -> None:
        self.value_edited.emit(self._row, float(f"{max(value, 0.0):.3g}"), f"weight-{self._row}-{self._runs}")

    def _end_drag(self) -> None:
        self._dragging = False
        self._runs += 1
        if self._model:
            self.show_model(self._model)

    def _open_editor(self, row: int) -> None:
        place = QRect(VALUE_RIGHT - VALUE_WIDTH - 8, row * ROW - 3, VALUE_WIDTH + 18, FIELD_HEIGHT)
        self._inline.open(row, self._value(row), place, self.accessibleName())

    def _take_typed(self, row: int, value: float) -> None:
        self.value_edited.emit(row, value, "")

    def _tell(self) -> None:
        if self._model and self._model.names:
            words = say(
                "kit",
                "weight of {name}: {value}, {share} of the total",
                name=self._model.names[self._row],
                value=fixed(self._value(self._row), 3),
                share=percent(float(self._model.shares[self._row])),
            )
            self.setAccessibleName(tr_text(words))


_ROW_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


def scale_top(model: WeightModel) -> float:
    """The weight that a whole bar stands for: a little above the largest."""
    finite = [float(value) for value in model.values if math.isfinite(value)]
    largest = max(finite, default=0.0)
    # Weights far below 1 (inverse counts) get a scale of their own.
    return EMPTY_TOP * largest if 0 < largest <= 1 else max(1.06 * largest, EMPTY_TOP)


def color_of_class(index: int) -> QColor:
    """The colour of one of the first ten classes."""
    return QColor(theme().classes[index])


def _is_weight(value: float) -> bool:
    return math.isfinite(value) and value >= 0
