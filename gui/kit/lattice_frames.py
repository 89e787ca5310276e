"""A widget over frames: a drag on them moves the playhead, which is a column through all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.kit.frame_axis import GUTTER
from gui.kit.i18n import tr_text
from gui.kit.plot_text import INDENT
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from core.text import Text
    from gui.kit.frame_axis import FrameAxis

START = 4.0  # px that the mouse moves before a press that may also be a click becomes a drag


class FramesWidget(QWidget):
    """Knows its axis and the frames that may be chosen; subclasses paint.

    Signals:
        began(), moved(int), ended(), cancelled(): a drag of the playhead.
        clicked(QPointF): a press that did not become a drag.
        pointed(object): where the mouse is over the frames, or None.
    """

    began = Signal()
    moved = Signal(int)
    ended = Signal()
    cancelled = Signal()
    clicked = Signal(QPointF)
    pointed = Signal(object)
    drags_at_once = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis: FrameAxis | None = None
        self._frames = 0
        self._pressed: QPointF | None = None
        self._dragging = False
        self.setMouseTracking(True)

    @property
    def is_dragging(self) -> bool:
        """Whether the playhead is held."""
        return self._dragging

    def show_axis(self, axis: FrameAxis, frames: int) -> None:
        """Stand over these frames, of which those before `frames` can be chosen."""
        self._axis, self._frames = axis, frames
        self.update()

    def place_of(self, frame: int) -> QPointF:
        """The middle of a frame."""
        assert self._axis is not None
        return QPointF(self._axis.x(frame + 0.5), self.height() / 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._is_over(event.position()):
            super().mousePressEvent(event)
            return
        self._pressed = event.position()
        if self.drags_at_once:
            self._begin()
            self._move_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is not None and not self._dragging and abs(at.x() - self._pressed.x()) >= START:
            self._begin()
        if self._dragging:
            self._move_to(at)
        elif self._pressed is None:
            self.pointed.emit(at if self._is_over(at) else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        at, was_drag = self._pressed, self._dragging
        self._pressed, self._dragging = None, False
        if was_drag:
            self.ended.emit()
        else:
            self.clicked.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self.cancel()
            return
        super().keyPressEvent(event)

    def cancel(self) -> None:
        """Give the playhead back to where the drag began."""
        self._pressed, self._dragging = None, False
        self.cancelled.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def _is_over(self, at: QPointF) -> bool:
        return self._axis is not None and self._axis.left <= at.x() < self._axis.right

    def _begin(self) -> None:
        self._dragging = True
        self.began.emit()

    def _move_to(self, at: QPointF) -> None:
        assert self._axis is not None
        shown = self._axis.shown
        frame = min(max(self._axis.frame_at(at.x()), shown.start), shown.stop - 1, self._frames - 1)
        self.moved.emit(max(frame, 0))


def paint_playhead(painter: QPainter, axis: FrameAxis, frame: int, top: float, bottom: float) -> None:
    """The column of a frame, tinted, with a dashed line through its middle."""
    if not axis.first <= frame < axis.last:
        return
    left, right, middle = axis.x(frame), axis.x(frame + 1), axis.x(frame + 0.5)
    painter.fillRect(QRectF(left, top, max(right - left, 1.5), bottom - top), color("accent", 0.13))
    if right - left >= 3:
        pen = QPen(color("accent", 0.7), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(middle, top), QPointF(middle, bottom))


def paint_unread(painter: QPainter, axis: FrameAxis, read: int, top: float, bottom: float) -> None:
    """Frames after the last one read: veiled and hatched, behind a line in the colour of errors."""
    edge = axis.x(read)
    area = QRectF(edge, top, axis.right - edge, bottom - top)
    painter.fillRect(area, color("surface", 0.6))
    painter.fillRect(area, QBrush(color("line2"), Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(color("err"), 2))
    painter.drawLine(QPointF(edge, top), QPointF(edge, bottom))


def paint_name(painter: QPainter, title: Text, caption: Text | None, role: str, baseline: float) -> None:
    """The name of a part in the gutter, and a line under it."""
    painter.setFont(font("section"))
    painter.setPen(color(role))
    painter.drawText(QPointF(INDENT, baseline), tr_text(title))
    if caption is not None:
        painter.setFont(font("tick"))
        painter.setPen(color("text3"))
        painter.drawText(
            QRectF(INDENT, baseline + 4, GUTTER - INDENT - 22, 30), Qt.TextFlag.TextWordWrap, tr_text(caption)
        )
