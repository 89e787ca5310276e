"""Two pixels that say that work is under way; nothing for the first 150 ms."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.kit.theme import color

DELAY = 150  # ms
FRAME = 33
HEIGHT = 2
TURN = 30  # frames in which the bar crosses the line once


@final
class BusyLine(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._frame = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._advance)
        self._is_shown = False

    def show_busy(self, busy: bool) -> None:
        """Begin after the delay, or end at once."""
        if busy and not self._timer.isActive():
            self._timer.start(DELAY)
        elif not busy:
            self._timer.stop()
            self._is_shown = False
            self.update()

    def _advance(self) -> None:
        self._is_shown = True
        self._timer.setInterval(FRAME)
        self._frame = (self._frame + 1) % TURN
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._is_shown:
            width = self.width() // 4
            left = round((self.width() + width) * self._frame / TURN) - width
            QPainter(self).fillRect(left, 0, width, HEIGHT, color("accent"))
