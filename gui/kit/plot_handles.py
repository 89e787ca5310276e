"""What can be taken hold of on a plot: a small widget that Tab reaches and screen readers can name."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.kit.i18n import tr_text
from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

    from gui.kit.figures import Handle

AREA = 44
HALO, RING = 15.0, 11.5
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}


@final
class HandleWidget(QWidget):
    """44 px around a disc, a flag or a diamond. The mouse goes to the plot, which knows which handle is nearest.

    Signals:
        nudged(str, float): an arrow key asked to move it by so many pixels.
        let_go(): the key was released.
        entered(): Enter asks for a field to type in.
    """

    nudged = Signal(str, float)
    let_go = Signal()
    entered = Signal(str)

    def __init__(self, handle: Handle, parent: QWidget) -> None:
        super().__init__(parent)
        self._handle = handle
        self._hot = False
        self._key_run = False
        self.setFixedSize(AREA, AREA)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    @property
    def handle(self) -> Handle:
        return self._handle

    @property
    def middle(self) -> QPointF:
        """In the plot's coordinates."""
        return QPointF(self.x() + AREA / 2, self.y() + AREA / 2)

    def show_handle(self, handle: Handle, middle: QPointF) -> None:
        """Stand at `middle`, with the handle's present words."""
        name = tr_text(handle.name)
        if name != self.accessibleName():
            self.setAccessibleName(name)
        if handle.shape != self._handle.shape:
            self.update()
        self._handle = handle
        self.move(round(middle.x() - AREA / 2), round(middle.y() - AREA / 2))

    def set_hot(self, hot: bool) -> None:
        """Under the mouse, or held."""
        if hot != self._hot:
            self._hot = hot
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = STEPS.get(Qt.Key(event.key()))
        if direction is not None:
            self._key_run = True
            modifiers = event.modifiers()
            factor = 10.0 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0
            factor = 0.1 if modifiers & Qt.KeyboardModifier.ControlModifier else factor
            self.nudged.emit(self._handle.key, direction * factor)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self._handle.key)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._key_run and not event.isAutoRepeat():
            self._key_run = False
            self.let_go.emit()
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(AREA / 2, AREA / 2)
        if self._hot or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent", 0.16))
            painter.drawEllipse(QPointF(0, 0), HALO, HALO)
        {"disc": _disc, "flag": _flag, "diamond": _diamond}[self._handle.shape](painter)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(0, 0), RING, RING)


def _disc(painter: QPainter) -> None:
    painter.setPen(QPen(color("surface"), 1.5))
    painter.setBrush(color("ink"))
    painter.drawEllipse(QPointF(0, 0), 7.5, 7.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("surface"))
    painter.drawEllipse(QPointF(0, 0), 2.6, 2.6)


def _flag(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("target"))
    painter.drawPolygon([QPointF(0, -9), QPointF(7, -3), QPointF(7, 11), QPointF(-7, 11), QPointF(-7, -3)])


def _diamond(painter: QPainter) -> None:
    pen = QPen(color("accent"), 2)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(color("surface"))
    painter.drawPolygon([QPointF(0, -7), QPointF(7, 0), QPointF(0, 7), QPointF(-7, 0)])
