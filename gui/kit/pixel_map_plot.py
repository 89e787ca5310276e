"""The loss of every pixel of a picture, beside what it was computed from: pixels and rectangles can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.pixel_map_layout import Pixel, PixelMapLayout, layout_of
from gui.kit.pixel_map_paint import paint_boxes, paint_pixel_map
from gui.kit.plot_widget import PlotWidget
from gui.kit.sample_chooser import SampleChooser

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from gui.kit.pixel_map_figure import PixelMapFigure

STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


@final
class PixelMapPlot(PlotWidget):
    """Keys: arrows go from pixel to pixel, with Shift over a rectangle, Enter chooses, Page keys change the picture.

    Signals:
        row_chosen(int): the row of a pixel.
        rows_chosen(IntArray): those of a rectangle that count.
        sample_chosen(int): another picture is wanted, from 0.
        hinted(str)
    """

    row_chosen = Signal(int)
    rows_chosen = Signal(object)
    sample_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: PixelMapFigure | None = None
        self._painted: QPixmap | None = None
        self._start: Pixel | None = None
        self._current: Pixel = (0, 0)
        self._held = False
        self._picture = 0
        self.chooser = SampleChooser(self)
        self.chooser.chosen.connect(self.sample_chosen)

    def sizeHint(self) -> QSize:
        return QSize(916, 216)

    def show_figure(self, figure: PixelMapFigure) -> None:
        """Show this picture; where the keys are stays, as far as the picture reaches."""
        self._figure = figure
        self._current = (min(self._current[0], figure.shape[0] - 1), min(self._current[1], figure.shape[1] - 1))
        self.chooser.show_sample(figure.sample, figure.samples)
        self._place_chooser()
        self.setAccessibleName(tr_text(figure.title))
        self._tell()
        self.refresh()

    def places(self) -> PixelMapLayout:
        """Where everything stands now."""
        assert self._figure is not None
        return layout_of(self._figure, self.width(), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        if self._painted is None:
            self._painted = self._paint(self._figure)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted)
        if self._start is not None:
            paint_boxes(painter, self.places().boxes(self._start, self._current), filled=True)
        elif self.hasFocus():
            paint_boxes(painter, self.places().boxes(self._current, self._current), filled=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._figure is None or event.button() != Qt.MouseButton.LeftButton:
            return
        picture = self.places().picture_at(event.position())
        if picture is not None:
            self._held, self._picture = True, picture
            self._start = self._current = self.places().nearest(event.position(), picture)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._figure is None:
            return
        if self._held:
            self._current = self.places().nearest(event.position(), self._picture)
            self.update()
            return
        pixel = self.places().pixel_at(event.position())
        self.hinted.emit("" if pixel is None else self._hint(pixel))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held and event.button() == Qt.MouseButton.LeftButton:
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._start is not None:
            self._give_up()
        elif key in STEPS and self._figure is not None:
            self._step(*STEPS[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in CHOOSING and self._figure is not None:
            self._choose()
        elif key in PAGES and self._figure is not None:
            self._turn(PAGES[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_chooser()
        self.refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._give_up()

    def refresh(self) -> None:
        """What is painted once for all moves of the mouse is painted anew, too."""
        self._painted = None
        super().refresh()

    def _paint(self, figure: PixelMapFigure) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        paint_pixel_map(painter, figure, self.places())
        painter.end()
        return made

    def _place_chooser(self) -> None:
        self.chooser.adjustSize()
        self.chooser.move(self.width() - 16 - self.chooser.width(), 6)

    def _step(self, down: int, across: int, extending: bool) -> None:
        assert self._figure is not None
        rows, columns = self._figure.shape
        if not extending:
            self._start = None
        elif self._start is None:
            self._start = self._current
        row, column = self._current
        self._current = (min(max(row + down, 0), rows - 1), min(max(column + across, 0), columns - 1))
        self._tell()
        self.hinted.emit(self._hint(self._current))
        self.update()

    def _turn(self, by: int) -> None:
        assert self._figure is not None
        wanted = self._figure.sample + by
        if 0 <= wanted < self._figure.samples:
            self.sample_chosen.emit(wanted)

    def _give_up(self) -> None:
        self._start, self._held = None, False
        self.update()

    def _choose(self) -> None:
        """One pixel is the row to speak of; of a rectangle the rows that count are to be selected."""
        assert self._figure is not None
        start, end = self._current if self._start is None else self._start, self._current
        self._give_up()
        self._tell()
        if start == end:
            self.row_chosen.emit(self._figure.row(end))
            return
        (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
        counting = ~self._figure.ignored[top : bottom + 1, left : right + 1]
        inside = np.flatnonzero(counting.ravel())
        height, width = np.divmod(inside, right - left + 1)
        if inside.size:
            self.rows_chosen.emit(self._figure.first + (top + height) * self._figure.shape[1] + left + width)

    def _hint(self, pixel: Pixel) -> str:
        assert self._figure is not None
        words = say("kit", "{pixel} · click chooses it, a drag selects", pixel=self._figure.describe(
            self._figure.row(pixel)))  # fmt: skip
        return tr_text(words)

    def _tell(self) -> None:
        """Say the current pixel to a screen reader."""
        assert self._figure is not None
        self.setAccessibleDescription(tr_text(self._figure.describe(self._figure.row(self._current))))
