"""Probabilities as bars that can be dragged; the others give way."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.numbers import fixed
from gui.kit.plot_text import width_of
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.share_bar import ShareBar

HEIGHT, NUMBERS, NAMES = 116, 18.0, 20.0
WIDEST, GAP = 30.0, 6.0
STEP = 0.01


@final
class ShareBars(QWidget):
    """Keys: left and right choose a bar, up and down move it by 0.01, Shift ×10, Ctrl ×0.1.

    Signals:
        began(), moved(int, float), ended(), cancelled(): a drag, or a run of keys.
        hovered(bool)
    """

    began = Signal()
    moved = Signal(int, float)
    ended = Signal()
    cancelled = Signal()
    hovered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[ShareBar, ...] = ()
        self._at = 0
        self._dragging = False
        self._key_run = False
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[ShareBar, ...]) -> None:
        """Show these."""
        self._bars = bars
        self._at = min(self._at, max(len(bars) - 1, 0))
        self._tell()
        self.update()

    def cap(self, index: int) -> QPointF:
        """The middle of a bar's upper end."""
        area = self._area()
        return QPointF(self._middle(index), area.bottom() - self._bars[index].share * area.height())

    def sizeHint(self) -> QSize:
        return QSize(260, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        painter.setPen(QPen(color("line2"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        for index, bar in enumerate(self._bars):
            self._paint_bar(painter, area, index, bar)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self._at = index
            self._dragging = True
            self.began.emit()
            self._drag_to(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._drag_to(event.position().y())
            return
        inside = self._index_at(event.position().x()) is not None
        self.setCursor(Qt.CursorShape.SizeVerCursor if inside else Qt.CursorShape.ArrowCursor)
        self.hovered.emit(inside)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragging:
            self._dragging = False
            self.ended.emit()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._bars:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._at = (self._at + step) % len(self._bars)
            self._tell()
            self.update()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._bars:
            self._step(event, 1 if key == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._key_run and not event.isAutoRepeat():
            self._key_run = False
            self.ended.emit()
        super().keyReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(False)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _step(self, event: QKeyEvent, direction: int) -> None:
        if not self._key_run:
            self._key_run = True
            self.began.emit()
        size = STEP
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            size *= 10
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            size /= 10
        self.moved.emit(self._at, min(max(self._bars[self._at].share + direction * size, 0.0), 1.0))

    def _drag_to(self, y: float) -> None:
        area = self._area()
        self.moved.emit(self._at, min(max((area.bottom() - y) / area.height(), 0.0), 1.0))

    def _area(self) -> QRectF:
        return QRectF(0, NUMBERS, self.width(), self.height() - NUMBERS - NAMES)

    def _middle(self, index: int) -> float:
        return (index + 0.5) * self.width() / max(len(self._bars), 1)

    def _index_at(self, x: float) -> int | None:
        index = int(x / max(self.width(), 1) * len(self._bars))
        return index if 0 <= index < len(self._bars) else None

    def _paint_bar(self, painter: QPainter, area: QRectF, index: int, bar: ShareBar) -> None:
        column = self.width() / len(self._bars)
        wide, middle = min(column - GAP if column > 2 * GAP else column * 0.7, WIDEST), self._middle(index)
        top = area.bottom() - bar.share * area.height()
        rect = QRectF(middle - wide / 2, top, wide, max(area.bottom() - top, 1.0))
        painter.fillRect(rect, color("target" if bar.role == "target" else "ctl"))
        line = area.bottom() - bar.posterior * area.height()
        painter.setPen(QPen(color("ink"), 1.6))
        painter.drawLine(QPointF(rect.left() - 2, line), QPointF(rect.right() + 2, line))
        chosen = index == self._at and (self.hasFocus() or self._dragging)
        if chosen:
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 0), 2, 2)
        number = fixed(bar.share, 2)
        if chosen or width_of(number, "tick") < column:
            painter.setFont(font("tick"))
            painter.setPen(color("accent" if chosen else "text2"))
            place = QRectF(middle - 24, min(top, line) - 16, 48, 15)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)
        painter.setFont(font("label-strong"))
        painter.setPen(color({"blank": "text3", "target": "target"}.get(bar.role, "text")))
        painter.drawText(QRectF(middle - 24, area.bottom() + 2, 48, NAMES - 2), Qt.AlignmentFlag.AlignCenter, bar.name)

    def _tell(self) -> None:
        if self._bars:
            bar = self._bars[self._at]
            self.setAccessibleName(f"{bar.name} {fixed(bar.share, 3)}")
