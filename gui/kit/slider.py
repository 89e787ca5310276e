"""A slider over real numbers, dragged from wherever it is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

STEPS = 1000
HANDLE = 14


@final
class Slider(QSlider):
    """A value between two ends; what is shown by `show_value` is not emitted.

    Signals:
        moved(float): the user moved the handle.
        released(): a drag or a run of key presses ended.
        cancelled(): Esc during a drag.
    """

    moved = Signal(float)
    released = Signal()
    cancelled = Signal()

    def __init__(self, span: tuple[float, float], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._low, self._high = span
        self._key_run = False
        self.setRange(0, STEPS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_value(self, value: float) -> None:
        """Put the handle at `value`, or at the nearer end; nan goes to the low end."""
        share = (value - self._low) / (self._high - self._low)
        self.setValue(round(STEPS * min(max(share, 0.0), 1.0)) if share == share else 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._move_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._move_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)
            self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _key_steps(event)
        if event.key() == Qt.Key.Key_Escape and self.isSliderDown():
            self.setSliderDown(False)
            self.cancelled.emit()
        elif steps is None:
            event.ignore()
        else:
            self._key_run = True
            self._move_by(steps)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._key_run and not event.isAutoRepeat():
            self._key_run = False
            self.released.emit()
        super().keyReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _move_to(self, x: float) -> None:
        share = (x - HANDLE / 2) / max(self.width() - HANDLE, 1)
        self._go(round(STEPS * min(max(share, 0.0), 1.0)))

    def _move_by(self, steps: float) -> None:
        self._go(min(max(self.value() + round(steps), 0), STEPS))

    def _go(self, position: int) -> None:
        if position != self.value():
            self.setValue(position)
            self.moved.emit(_tidy(self._low + (self._high - self._low) * position / STEPS))


def _key_steps(event: QKeyEvent) -> float | None:
    keys = {
        Qt.Key.Key_Left: -10,
        Qt.Key.Key_Down: -10,
        Qt.Key.Key_Right: 10,
        Qt.Key.Key_Up: 10,
        Qt.Key.Key_PageDown: -100,
        Qt.Key.Key_PageUp: 100,
        Qt.Key.Key_Home: -STEPS,
        Qt.Key.Key_End: STEPS,
    }
    steps = keys.get(Qt.Key(event.key()))
    if steps is None:
        return None
    modifiers = event.modifiers()
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return steps * 10
    return steps / 10 if modifiers & Qt.KeyboardModifier.ControlModifier else steps


def _tidy(value: float) -> float:
    return float(f"{value:.9g}")
