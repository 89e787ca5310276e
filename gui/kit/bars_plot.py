"""Bars over classes that can be dragged: logits by their caps, target probabilities by their dashes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.bars_grip import PANEL_OF, Grip, Handle, class_at, column_of, dragged_to, grip_at, value_of
from gui.kit.bars_layout import BELOW, BarsLayout, layout
from gui.kit.bars_paint import Emphasis, name_of, needs_upright, paint_bars
from gui.kit.bars_values import value_rect
from gui.kit.i18n import tr_text
from gui.kit.inline_number import HEIGHT, InlineNumber
from gui.kit.plot_widget import PlotWidget
from gui.kit.row_figures import REST
from gui.kit.stride import factor

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.row_figures import BarsFigure

UPRIGHT_BELOW = 86.0
KEY_STEP = 0.1
TAB_STOPS = 12  # with more classes Tab leaves the bars at once; ← and → go through them


@final
class BarsPlot(PlotWidget):
    """Three rows of bars over the same classes.

    Signals:
        logit_moved(int, float), share_moved(int, float): class and new value, during a drag or typed.
        logit_stepped(int, float): class and step, by key.
        selected(int), target_chosen(int): class.
        released(), cancelled(): end of a drag or of typing.
        hinted(str)
    """

    logit_moved = Signal(int, float)
    share_moved = Signal(int, float)
    logit_stepped = Signal(int, float)
    selected = Signal(int)
    target_chosen = Signal(int)
    released = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: BarsFigure | None = None
        self._grip: Grip | None = None
        self._moved = False
        self._range = (0.0, 1.0)
        self._hovered: int | None = None
        self.field = InlineNumber(self, _is_number)
        self.field.typed.connect(self._typed)
        self.setMinimumSize(280, 320)

    def sizeHint(self) -> QSize:
        return QSize(442, 636)

    def draw(self, figure: BarsFigure) -> None:
        """Show a figure; the axis of the logits keeps still while one is dragged."""
        self._figure = figure
        if self._grip is None:
            self._range = (figure.logits.low, figure.logits.high)
        self.setAccessibleName(tr_text(figure.description))
        self.update()

    def places(self) -> BarsLayout:
        """Where everything stands now."""
        figure = self._figure
        assert figure is not None
        count = len(figure.columns)
        ranges = (
            self._range,
            (figure.probabilities.low, figure.probabilities.high),
            (figure.gradient.low, figure.gradient.high),
        )
        flat = layout(self.width(), self.height(), count, ranges, BELOW)
        if needs_upright(figure, flat.column_width):
            return layout(self.width(), self.height(), count, ranges, UPRIGHT_BELOW)
        return flat

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._figure is not None:
            painter = QPainter(self)
            painter.setClipRect(event.rect())
            paint_bars(painter, self._figure, self.places(), Emphasis(self._hovered, self.hasFocus()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._figure is None:
            return
        places, at = self.places(), event.position()
        index = class_at(self._figure, places, at.x())
        if index is None:
            return
        if at.y() > places.names.top():
            self.target_chosen.emit(index)
            return
        # A drag selects by itself: one undo step, not two.
        self._grip, self._moved = grip_at(self._figure, places, at), False
        if self._grip is None and index != self._figure.focus:
            self.selected.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            self._hover(event.position())
            return
        assert self._figure is not None
        free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        value = dragged_to(self._grip, self._figure, self.places(), event.position().y(), free=free)
        self._moved = True
        if self._grip.handle == "logit":
            self.logit_moved.emit(self._grip.index, value)
        else:
            self.share_moved.emit(self._grip.index, value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._grip is None:
            return
        index = self._grip.index
        self._end_drag()
        if not self._moved and self._figure is not None and index != self._figure.focus:
            self.selected.emit(index)
        self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        if self._figure is None:
            return
        grip = grip_at(self._figure, self.places(), event.position())
        if grip is not None:
            self._edit(grip.index, grip.handle)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._figure is None:
            event.ignore()
        elif key == Qt.Key.Key_Escape and self._grip is not None:
            self._end_drag()
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = KEY_STEP * factor(event.modifiers()) * (1 if key == Qt.Key.Key_Up else -1)
            self.logit_stepped.emit(self._figure.focus, step)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._select_neighbour(1 if key == Qt.Key.Key_Right else -1)
        else:
            event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes from bar to bar, and then on."""
        figure = self._figure
        if figure is not None and len(figure.columns) <= TAB_STOPS and self._select_neighbour(1 if next else -1):
            return True
        return super().focusNextPrevChild(next)

    def is_dragging(self) -> bool:
        """Whether a bar or a dash is held."""
        return self._grip is not None

    def _end_drag(self) -> None:
        self._grip = None
        assert self._figure is not None
        self._range = (self._figure.logits.low, self._figure.logits.high)
        self.update()

    def _select_neighbour(self, way: int) -> bool:
        assert self._figure is not None
        classes = [column.index for column in self._figure.columns if column.index != REST]
        if self._figure.focus not in classes:
            return False
        place = classes.index(self._figure.focus) + way
        if not 0 <= place < len(classes):
            return False
        self.selected.emit(classes[place])
        return True

    def _hover(self, at: QPointF) -> None:
        if self._figure is None:
            return
        places = self.places()
        index = class_at(self._figure, places, at.x())
        movable = grip_at(self._figure, places, at) is not None
        self.setCursor(Qt.CursorShape.SizeVerCursor if movable else Qt.CursorShape.ArrowCursor)
        self.hinted.emit(self._hint(movable, index is not None and at.y() > places.names.top()))
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _hint(self, movable: bool, on_name: bool) -> str:
        if on_name:
            return self.tr("Click to make it the target")
        if movable:
            return self.tr("Drag, or double-click to type · 0–9 choose a class · T makes it the target")
        return self.tr("0–9 choose a class · T makes it the target · N randomizes")

    def _edit(self, index: int, handle: Handle) -> None:
        """Open a field for the number of a class."""
        assert self._figure is not None
        k, value = column_of(self._figure, index), value_of(self._figure, handle, index)
        if value is None:
            return
        panel = self._figure.logits if handle == "logit" else self._figure.probabilities
        rect = value_rect(self.places(), panel, PANEL_OF[handle], k).toRect()
        rect.setHeight(HEIGHT)
        rect.moveLeft(min(max(rect.left(), 0), self.width() - rect.width()))
        spoken = self.tr("Logit of {0}") if handle == "logit" else self.tr("Target probability of {0}")
        called = spoken.format(name_of(self._figure.columns[k]))
        self.field.open((handle, index), value, rect, called)

    def _typed(self, key: tuple[Handle, int], value: float) -> None:
        handle, index = key
        moved = self.logit_moved if handle == "logit" else self.share_moved
        moved.emit(index, value)
        self.released.emit()


def _is_number(value: float) -> bool:
    return not math.isnan(value)
