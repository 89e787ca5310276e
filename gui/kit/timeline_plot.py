"""Lines of numbers over the steps of a training, with a scrubber."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.i18n import tr_text
from gui.kit.plot_widget import PlotWidget
from gui.kit.theme import color
from gui.kit.timeline_layout import HEIGHT, TimelineLayout, layout_of, nearest_stop
from gui.kit.timeline_paint import KNOB, LinePaths, paint_ground, paint_marker

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.timeline_figure import TimelineFigure

NONE = -1
MANY = 400  # stops from which on the lines are kept as a picture
FAR = 10  # stops of a step with Shift, or of Page Up and Page Down


@final
class TimelinePlot(PlotWidget):
    """A press or a drag anywhere on the picture goes to the nearest stop; left, right, Home, End and Page keys too.

    Signals:
        moved(int): a stop is wanted.
        ended(), cancelled(): of a drag, the second by Esc.
        hovered(int): the stop under the mouse, NONE for none.
        other_line(int): the stops of the next (1) or the previous line (−1) are wanted: down and up.
        toggled(): play, or stop (Space).
    """

    moved = Signal(int)
    ended = Signal()
    cancelled = Signal()
    hovered = Signal(int)
    other_line = Signal(int)
    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: TimelineFigure | None = None
        self._paths: LinePaths | None = None
        self._ground: QPixmap | None = None
        self._size = QSize()
        self._dragging = False
        self._hovered = NONE
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def is_dragging(self) -> bool:
        """Whether the mouse holds the marker."""
        return self._dragging

    def sizeHint(self) -> QSize:
        return QSize(640, HEIGHT)

    def show_figure(self, figure: TimelineFigure) -> None:
        """Show these lines."""
        if figure is self._figure:
            return
        before, self._figure = self._figure, figure
        if before is None or before.lines is not figure.lines or before.stops is not figure.stops:
            self._paths = self._ground = None
        self.setAccessibleName(tr_text(figure.name))
        self.update()

    def places(self) -> TimelineLayout:
        """Where everything stands now."""
        return self._drawn().places

    def place_of(self, stop: int) -> QPointF:
        """A stop on the scrubber."""
        assert self._figure is not None
        return self.places().knob(float(self._figure.stops[stop]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paths = self._drawn()
        if self._figure.stops.size < MANY:
            paint_ground(painter, paths)
        else:
            painter.drawPixmap(0, 0, self._kept_ground(paths))
        paint_marker(painter, self._figure, paths.places, focused=self.hasFocus() or self._dragging)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_inside(event.position()):
            self._dragging = True
            self._move_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move_to(event.position())
        inside = self._dragging or self._is_inside(event.position())
        self.setCursor(Qt.CursorShape.SizeHorCursor if inside else Qt.CursorShape.ArrowCursor)
        self._hover(self._stop_at(event.position()) if inside else NONE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self.ended.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(NONE)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
        elif key == Qt.Key.Key_Space:
            self.toggled.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.other_line.emit(1 if key == Qt.Key.Key_Down else -1)
        elif not self._take_move(key, far=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)):
            super().keyPressEvent(event)

    def refresh(self) -> None:
        self._ground = None
        super().refresh()

    def _take_move(self, key: Qt.Key, *, far: bool) -> bool:
        figure = self._figure
        if figure is None or not figure.stops.size:
            return False
        last = figure.stops.size - 1
        here = last if figure.marker is None else figure.marker
        by = FAR if far else 1
        wanted = {
            Qt.Key.Key_Left: here - by,
            Qt.Key.Key_Right: here + by,
            Qt.Key.Key_PageUp: here - FAR,
            Qt.Key.Key_PageDown: here + FAR,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)
        if wanted is None:
            return False
        self.moved.emit(min(max(wanted, 0), last))
        return True

    def _drawn(self) -> LinePaths:
        """The lines in px, computed once for a figure and a size."""
        assert self._figure is not None
        if self._paths is None or self._size != self.size():
            self._size, self._ground = self.size(), None
            self._paths = LinePaths(self._figure, layout_of(self._figure, self.width(), self.height()))
        return self._paths

    def _kept_ground(self, paths: LinePaths) -> QPixmap:
        """What stays while the marker moves: thousands of points take longer than a frame."""
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(color("surface"))
            painter = QPainter(self._ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ground(painter, paths)
            painter.end()
        return self._ground

    def _is_inside(self, at: QPointF) -> bool:
        if self._figure is None or not self._figure.stops.size:
            return False
        area = self.places().area
        return area.left() - KNOB <= at.x() <= area.right() + KNOB

    def _stop_at(self, at: QPointF) -> int:
        assert self._figure is not None
        found = nearest_stop(self._figure, self.places(), at.x())
        return NONE if found is None else found

    def _move_to(self, at: QPointF) -> None:
        assert self._figure is not None
        stop = self._stop_at(at)
        if stop not in (NONE, self._figure.marker):
            self.moved.emit(stop)

    def _hover(self, stop: int) -> None:
        if stop != self._hovered:
            self._hovered = stop
            self.hovered.emit(stop)
