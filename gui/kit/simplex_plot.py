"""The triangle of probability vectors: a disc to drag, a flag to drag, and the way down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.simplex import CORNERS, to_barycentric
from gui.kit.i18n import tr_text
from gui.kit.plot_text import INDENT, paint_title
from gui.kit.simplex_ground import Triangle, paint_ground, paint_legend
from gui.kit.simplex_marks import FLAG, paint_corners, paint_flow, paint_point, paint_target
from gui.kit.theme import color, font, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from core.arrays import FloatArray
    from gui.kit.simplex_figures import Point, TernaryFigure

Handle = Literal["point", "target"]
GRAB = 22.0  # half of the 44 px in which a handle is caught
TITLE_BASELINE = 20.0
NOTE_TOP, NOTE_LINE = 34.0, 18.0
LEGEND = (118.0, 16.0)
STEP = 0.01
# Where each arrow key goes, as a change of (top, left, right) that sums to 0.
ARROWS = {
    Qt.Key.Key_Left: (0.0, 1.0, -1.0),
    Qt.Key.Key_Right: (0.0, -1.0, 1.0),
    Qt.Key.Key_Up: (1.0, -0.5, -0.5),
    Qt.Key.Key_Down: (-1.0, 0.5, 0.5),
}


@final
class SimplexPlot(QWidget):
    """Draws a TernaryFigure and tells where its handles are taken; it moves nothing by itself.

    Signals:
        began(): a handle was pressed, or a run of key presses begins.
        point_moved(p): (3,) where the disc is asked to go, perhaps outside the triangle.
        target_moved(q, free): the same for the flag; free: nothing is to snap.
        ended(), cancelled(): the drag is over; Esc was pressed during it.
        hovered(str): "point", "target" or "".
    """

    began = Signal()
    point_moved = Signal(object)
    target_moved = Signal(object, bool)
    ended = Signal()
    cancelled = Signal()
    hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: TernaryFigure | None = None
        self._ground: tuple[object, QPixmap] | None = None
        self._focused: Handle = "point"
        self._dragged: Handle | None = None
        self._offset = QPointF()
        self._hover: Handle | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(644, 636)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 300)

    def draw(self, figure: TernaryFigure) -> None:
        """Show a figure."""
        self._figure = figure
        self._name_handle()
        self.update()

    def handle_position(self, handle: Handle) -> QPointF:
        """Where a handle is drawn, in the widget's pixels."""
        assert self._figure is not None
        place = self._figure.point if handle == "point" else self._figure.target
        lift = QPointF(0, -FLAG / 2) if handle == "target" else QPointF()
        return self._triangle().at(*place) + lift

    def position_of(self, p: FloatArray) -> QPointF:
        """Where a probability vector lies, in the widget's pixels."""
        return self._triangle().of(p)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        if self._figure is None:
            return
        triangle, figure = self._triangle(), self._figure
        painter.drawPixmap(0, 0, self._ground_picture(triangle, figure))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_corners(painter, triangle, figure)
        self._paint_words(painter, figure)
        paint_flow(painter, triangle, figure)
        paint_target(painter, triangle, figure, self._shines("target"))
        paint_point(painter, triangle, figure, self._shines("point"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._figure is None:
            return
        self._dragged = self._handle_at(event.position()) or self._if_inside(event.position())
        if self._dragged is None:
            return
        self._focus_on(self._dragged)
        held = self._handle_at(event.position()) is not None
        self._offset = self._tip(self._dragged) - event.position() if held else QPointF()
        self.began.emit()
        if not held:
            self._move_to(event.position(), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            self._hover_over(self._handle_at(event.position()))
            return
        self._move_to(event.position() + self._offset, event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragged is not None:
            self._dragged = None
            self.update()
            self.ended.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_over(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._dragged is not None:
            self._dragged = None
            self.cancelled.emit()
            return
        direction = ARROWS.get(Qt.Key(event.key()))
        if direction is None or self._figure is None:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self.began.emit()
        self._nudge(np.array(direction), event.modifiers())

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ARROWS and not event.isAutoRepeat():
            self.ended.emit()
            return
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes from the disc to the flag before it leaves."""
        if self.hasFocus() and (self._focused == "point") == next:
            self._focus_on("target" if next else "point")
            return True
        return super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._focused = "point"
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._focused = "target"
        self._name_handle()
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._ground = None
            self._name_handle()
            self.update()
        super().changeEvent(event)

    def _triangle(self) -> Triangle:
        return Triangle(self.width(), self.height())

    def _tip(self, handle: Handle) -> QPointF:
        assert self._figure is not None
        return self._triangle().at(*(self._figure.point if handle == "point" else self._figure.target))

    def _ground_picture(self, triangle: Triangle, figure: TernaryFigure) -> QPixmap:
        """The part that a drag leaves alone, painted once."""
        key = (figure.field, self.size(), theme().name, self.devicePixelRatioF())
        if self._ground is None or self._ground[0] != key:
            picture = QPixmap(self.size() * self.devicePixelRatioF())
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            picture.fill(color("surface"))
            painter = QPainter(picture)
            paint_ground(painter, triangle, figure.field)
            painter.end()
            self._ground = key, picture
        return self._ground[1]

    def _paint_words(self, painter: QPainter, figure: TernaryFigure) -> None:
        paint_title(painter, figure.title, figure.caption, "accent", TITLE_BASELINE, self.width() - 24 - LEGEND[0])
        paint_legend(painter, QRectF(self.width() - 16 - LEGEND[0], 8, *LEGEND), *figure.legend)
        painter.setFont(font("label"))
        painter.setPen(color("text2"))
        for line, note in enumerate(figure.notes):
            rect = QRectF(INDENT, NOTE_TOP + line * NOTE_LINE, self.width() - 2 * INDENT, NOTE_LINE)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tr_text(note))

    def _shines(self, handle: Handle) -> bool:
        focused = self.hasFocus() and self._focused == handle
        return focused or self._hover == handle or self._dragged == handle

    def _handle_at(self, at: QPointF) -> Handle | None:
        """The nearer of the handles within reach."""
        if self._figure is None:
            return None
        reach: list[tuple[float, Handle]] = []
        for handle in ("point", "target"):
            way = self.handle_position(handle) - at
            if max(abs(way.x()), abs(way.y())) <= GRAB:
                reach.append((way.x() ** 2 + way.y() ** 2, handle))
        return min(reach)[1] if reach else None

    def _if_inside(self, at: QPointF) -> Handle | None:
        return "point" if self._triangle().outline().contains(at) else None

    def _hover_over(self, handle: Handle | None) -> None:
        if handle == self._hover:
            return
        self._hover = handle
        if handle is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.hovered.emit(handle or "")
        self.update()

    def _focus_on(self, handle: Handle) -> None:
        self._focused = handle
        self._name_handle()
        self.update()

    def _move_to(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        p = self._triangle().back(at)
        if self._dragged == "point":
            self.point_moved.emit(p)
        else:
            self.target_moved.emit(p, bool(modifiers & Qt.KeyboardModifier.AltModifier))

    def _nudge(self, direction: FloatArray, modifiers: Qt.KeyboardModifier) -> None:
        assert self._figure is not None
        size = STEP
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            size *= 10
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            size /= 10
        place = self._figure.point if self._focused == "point" else self._figure.target
        if self._focused == "point":
            self.point_moved.emit(_barycentric(place) + size * direction)
        elif self._figure.target_corner is not None:
            self._turn_target(direction)
        else:
            self.target_moved.emit(_barycentric(place) + size * direction, True)

    def _turn_target(self, direction: FloatArray) -> None:
        """From corner to corner: the one that lies furthest in this direction."""
        assert self._figure is not None
        way = direction @ CORNERS
        ahead = (CORNERS - np.array(self._figure.target)) @ way
        corner = int(np.argmax(ahead))
        if ahead[corner] > 0:
            self.target_moved.emit(np.eye(3)[corner], True)

    def _name_handle(self) -> None:
        if self._figure is not None:
            words = self._figure.description if self._focused == "point" else self._figure.target_description
            self.setAccessibleName(tr_text(words))


def _barycentric(place: Point) -> FloatArray:
    return to_barycentric(np.array(place))
