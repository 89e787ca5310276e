"""The two linked plots of a loss and its gradient, with handles that slide along the axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.curve_paint import Pieces, pieces_of
from gui.kit.curve_picture import paint_notice, paint_picture
from gui.kit.handle_set import HandleSet
from gui.kit.hover_card import HoverCard
from gui.kit.i18n import tr_text
from gui.kit.inline_number import HEIGHT as FIELD_HEIGHT
from gui.kit.inline_number import InlineNumber
from gui.kit.plot_drag import Drag, Pan, nudged
from gui.kit.plot_frame import zoomed
from gui.kit.plot_scale import Layout
from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from gui.kit.figures import CurveFigure, Frame, ReadOut

ZOOM = 1.15  # a notch of the wheel
FIELD_WIDTH, FIELD_ABOVE = 92, 14


@final
class CurvePlot(QWidget):
    """Shows a figure, and moves nothing by itself.

    Signals:
        moved(str, float, str): a handle was dragged or nudged to x; the last one names the run of movements.
        released(): the drag or the run of keys ended; cancelled(): Esc during a drag.
        typed(str, float): a number was typed for a handle.
        framed(): another part of the axis is in view: the curves should be computed for it.
        pointed(object): the mouse rests at this x away from handles (None: it does not).
        hinted(str): what the object under the mouse does.
    """

    moved = Signal(str, float, str)
    released = Signal()
    cancelled = Signal()
    typed = Signal(str, float)
    framed = Signal()
    pointed = Signal(object)
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: CurveFigure | None = None
        self._frame: Frame | None = None
        self._layout: Layout | None = None
        self._pieces: Pieces | None = None
        self._gesture: Drag | Pan | None = None
        self._key_run = ""
        self._runs = 0
        self._crosshair: float | None = None
        self._mouse = QPointF()
        self._thick = ""
        self._handles = HandleSet(self)
        self._handles.nudged.connect(self._nudge)
        self._handles.let_go.connect(self._let_go)
        self._handles.entered.connect(self._open_field)
        self._card = HoverCard(self)
        self._field = InlineNumber(self, _is_number)
        self._field.typed.connect(self._typed)
        self._last = ""
        self.setMouseTracking(True)
        self.setMinimumSize(360, 320)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def frame(self) -> Frame | None:
        """The part of the axes in view."""
        return self._frame

    @property
    def handles(self) -> HandleSet:
        return self._handles

    def draw(self, figure: CurveFigure) -> None:
        """Show a figure; the range stays where it is, unless the figure asks for its own."""
        if self._figure is None or self._figure.key != figure.key or not figure.kept:
            self._frame = figure.home
        self._figure = figure
        self.setAccessibleName(tr_text(figure.description))
        self._arrange()

    def fit(self) -> None:
        """Back to the range that fits."""
        if self._figure is not None:
            self._go_to(self._figure.home)

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Show so many times as much of the axis, around `at` or the middle."""
        if self._frame is not None:
            self._go_to(zoomed(self._frame, sum(self._frame.x) / 2 if at is None else at, factor))

    def thicken(self, role: str) -> None:
        """Draw one curve thicker, because its chip is pointed at ("" for none)."""
        self._thick = role
        self.update()

    def show_read_out(self, read_out: ReadOut | None) -> None:
        """The card beside the mouse, and a line where it speaks of."""
        if read_out is not None:
            self._card.show_read_out(read_out, self._mouse)
        elif self._crosshair is not None:
            self._card.hide()
        self._crosshair = None if read_out is None else read_out.x
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._layout is None or self._frame is None:
            return
        held = self._handles.nearest(event.position())
        self._quiet()
        if held is None:
            self._gesture = Pan(event.position(), self._frame, self._layout)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        held.setFocus(Qt.FocusReason.MouseFocusReason)
        self._handles.set_hot(held)
        self._gesture = Drag(held, event.position().x() - held.middle.x(), self._new_run())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        if isinstance(self._gesture, Drag):
            self._drag_to(self._gesture, event)
        elif isinstance(self._gesture, Pan):
            self._go_to(self._gesture.frame_at(event.position()))
        else:
            self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        dragged, self._gesture = isinstance(self._gesture, Drag), None
        if dragged:
            self.released.emit()
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        held = self._handles.nearest(event.position())
        if held is not None:
            self._open_field(held.handle.key)

    def leaveEvent(self, event: QEvent) -> None:
        if self._gesture is None:
            self._quiet()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if self._layout is not None and notches and self._gesture is None:
            self.zoom(ZOOM**-notches, self._layout.x.from_px(event.position().x()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and isinstance(self._gesture, Drag):
            self._gesture = None
            self._quiet()
            self.cancelled.emit()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM**-2)
        elif key == Qt.Key.Key_Minus:
            self.zoom(ZOOM**2)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The field was closed: back to the handle it belonged to."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.OtherFocusReason and self._last:
            self._handles.of(self._last).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        figure, layout = self._figure, self._layout
        if figure is None or layout is None:
            return
        if figure.notice is not None:
            paint_notice(painter, QRectF(self.rect()), figure.notice)
            return
        if self._pieces is None:
            self._pieces = pieces_of(figure, layout)
        paint_picture(painter, layout, figure, self._pieces, self._thick, self._crosshair)

    def _arrange(self) -> None:
        """Scales for the present size, and every handle at its place."""
        if self._figure is None or self._frame is None:
            return
        self._layout = Layout.of(self.width(), self.height(), self._frame)
        self._pieces = None
        self._handles.show_handles(self._figure.handles, self._layout)
        self._card.raise_()
        self.update()

    def _go_to(self, frame: Frame) -> None:
        if self._frame is None or frame == self._frame:
            return
        across = frame.x != self._frame.x
        self._frame = frame
        self._arrange()
        if across:
            self.framed.emit()

    def _new_run(self) -> str:
        self._runs += 1
        return f"curve-{self._runs}"

    def _drag_to(self, drag: Drag, event: QMouseEvent) -> None:
        assert self._layout is not None
        free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self.moved.emit(drag.held.handle.key, drag.x_at(event.position().x(), self._layout, free), drag.run)

    def _nudge(self, key: str, pixels: float) -> None:
        if self._layout is None or self._gesture is not None:
            return
        self._key_run = self._key_run or self._new_run()
        self.moved.emit(key, nudged(self._handles.of(key).handle, self._layout, pixels), self._key_run)

    def _let_go(self) -> None:
        self._key_run = ""
        self.released.emit()

    def _hover(self, at: QPointF) -> None:
        under = self._handles.nearest(at)
        self._handles.set_hot(under)
        if under is not None:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
            self.pointed.emit(None)
            self._card.show_hint(tr_text(under.handle.title), under.handle.role, tr_text(under.handle.hint), at)
            self.hinted.emit(tr_text(under.handle.hint))
            return
        self._card.hide()
        layout = self._layout
        inside = layout is not None and layout.plot_at(at.y()) and layout.value.left() <= at.x() <= layout.value.right()
        self.setCursor(Qt.CursorShape.CrossCursor if inside else Qt.CursorShape.ArrowCursor)
        self.hinted.emit("")
        self.pointed.emit(layout.x.from_px(at.x()) if layout is not None and inside else None)

    def _quiet(self) -> None:
        self._handles.set_hot(None)
        self._card.hide()
        self.pointed.emit(None)
        self.hinted.emit("")

    def _typed(self, key: object, value: float) -> None:
        self.typed.emit(str(key), value)

    def _open_field(self, key: str) -> None:
        widget = self._handles.of(key)
        self._gesture = None
        self._quiet()
        self._last = key
        x = min(max(widget.middle.x() - FIELD_WIDTH / 2, 0), self.width() - FIELD_WIDTH)
        y = max(widget.middle.y() - FIELD_HEIGHT - FIELD_ABOVE, 0)
        place = QRect(round(x), round(y), FIELD_WIDTH, FIELD_HEIGHT)
        self._field.open(key, widget.handle.number, place, tr_text(widget.handle.title))


def _is_number(value: float) -> bool:
    return value == value
