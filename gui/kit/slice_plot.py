"""The loss over two coordinates with a disc that moves both."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.i18n import tr_text
from gui.kit.plot_widget import PlotWidget
from gui.kit.slice_paint import SlicePlace, paint_slice, slice_place
from gui.kit.stride import factor

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.row_figures import SliceFigure

REACH = 22.0  # px around the disc that take hold of it; a press elsewhere brings it there
SNAP = 5.0
KEY_STEP = 0.1
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}


@final
class SlicePlot(PlotWidget):
    """Shades, isolines and arrows; the window of coordinates keeps still during a drag.

    Signals:
        moved(float, float): where the disc is dragged to.
        stepped(float, float): by how much keys move it.
        released(), cancelled(), hinted(str)
    """

    moved = Signal(float, float)
    stepped = Signal(float, float)
    released = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: SliceFigure | None = None
        self._held: SlicePlace | None = None
        self._offset = QPointF()
        self._near = False
        self.setMinimumSize(260, 220)

    def sizeHint(self) -> QSize:
        return QSize(474, 478)

    def draw(self, figure: SliceFigure | None) -> None:
        """Show a figure, or nothing."""
        self._figure = figure
        if figure is not None:
            self.setAccessibleName(tr_text(figure.description))
        self.update()

    def place(self) -> SlicePlace:
        """Where the plot is, and its window."""
        assert self._figure is not None
        return self._held or slice_place(self.width(), self.height(), self._figure.extent)

    def is_dragging(self) -> bool:
        """Whether the disc is held."""
        return self._held is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is not None:
            painter = QPainter(self)
            paint_slice(painter, self._figure, self.place(), self._near or self.is_dragging(), self.hasFocus())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._figure is None:
            return
        place, at = self.place(), event.position()
        if not place.rect.contains(at):
            return
        disc = place.point(*self._figure.probe)
        taken = _distance(at, disc) <= REACH
        self._held = place
        self._offset = disc - at if taken else QPointF()
        if not taken:
            self._move(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._move(event)
        elif self._figure is not None:
            self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._held is not None:
            self._held = None
            self.released.emit()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._near = False
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _ARROWS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._held is not None:
            self._held = None
            self.cancelled.emit()
            self.update()
        elif way is not None and self._figure is not None:
            step = KEY_STEP * factor(event.modifiers())
            self.stepped.emit(way[0] * step, way[1] * step)
        else:
            event.ignore()

    def _move(self, event: QMouseEvent) -> None:
        place = self.place()
        x, y = place.coordinates(event.position() + self._offset)
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            x, y = _snapped(place, x, y)
            x, y = round(x, 2), round(y, 2)
        self.moved.emit(x, y)

    def _hover(self, at: QPointF) -> None:
        assert self._figure is not None
        near = _distance(at, self.place().point(*self._figure.probe)) <= REACH
        self.setCursor(Qt.CursorShape.SizeAllCursor if near else Qt.CursorShape.CrossCursor)
        self.hinted.emit(tr_text(self._figure.hint))
        if near != self._near:
            self._near = near
            self.update()


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())


def _snapped(place: SlicePlace, x: float, y: float) -> tuple[float, float]:
    """Onto either axis and the diagonal of equal logits, within SNAP px."""
    x0, x1, y0, y1 = place.extent
    close_x, close_y = SNAP * (x1 - x0) / place.rect.width(), SNAP * (y1 - y0) / place.rect.height()
    x = 0.0 if abs(x) <= close_x else x
    y = 0.0 if abs(y) <= close_y else y
    return (x, x) if y and abs(x - y) <= close_y and y0 <= x <= y1 else (x, y)
