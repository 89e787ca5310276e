"""A whole lattice as an image, with the best path and the window that is shown large."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.kit.i18n import tr_text
from gui.kit.lattice_nodes import table_of
from gui.kit.overview_figures import UNREACHABLE
from gui.kit.plot_text import paint_tick_left, paint_ticks_below, width_of
from gui.kit.theme import color, font
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from core.arrays import Array
    from gui.kit.overview_figures import OverviewFigure

LEFT, RIGHT, TOP, BOTTOM = 44.0, 14.0, 26.0, 22.0
MOST_POINTS = 800  # of the path


@final
class OverviewMap(QWidget):
    """Signals: frame_chosen(float): a press or a drag; pointed(object): the cell under the mouse, or None."""

    frame_chosen = Signal(float)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: OverviewFigure | None = None
        self._window = (0, 0, 0, 0)
        self._cell: tuple[int, int] | None = None
        self._ground: QPixmap | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def draw(self, figure: OverviewFigure, window: tuple[int, int, int, int]) -> None:
        """Show a lattice; `window` is what is shown large: first and last frame, first and last row, ends exclusive."""
        if figure is not self._figure:
            self._ground = None
        self._figure, self._window = figure, window
        self.setAccessibleName(f"{tr_text(figure.title)}, {tr_text(figure.caption)}")
        self.update()

    def mark(self, cell: tuple[int, int] | None) -> None:
        """Mark a cell."""
        self._cell = cell
        self.update()

    def area(self) -> QRectF:
        """Where the image stands."""
        return QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)

    def place_of(self, frame: float, row: float) -> QPointF:
        """Where a frame and a row are."""
        assert self._figure is not None
        area = self.area()
        x = area.left() + frame / self._figure.frames * area.width()
        return QPointF(x, area.top() + row / self._figure.states * area.height())

    def window_rect(self) -> QRectF:
        """Where the window is."""
        first, last, top, bottom = self._window
        return QRectF(self.place_of(first, top), self.place_of(last, bottom))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted_ground(self._figure))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for hue, width in (("surface", 4), ("accent", 2)):
            painter.setPen(QPen(color(hue), width))
            painter.drawRect(self.window_rect())
        if self._cell is not None:
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(color("surface"))
            painter.drawEllipse(self.place_of(self._cell[0] + 0.5, self._cell[1] + 0.5), 3.5, 3.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._figure is not None:
            self.frame_chosen.emit(self._frame_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._figure is None:
            return
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.frame_chosen.emit(self._frame_at(event.position()))
        elif self.area().contains(event.position()):
            self.pointed.emit(self._cell_at(event.position()))
        else:
            self.pointed.emit(None)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ground = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._ground = None
            self.update()
        super().changeEvent(event)

    def _frame_at(self, at: QPointF) -> float:
        assert self._figure is not None
        area = self.area()
        share = (at.x() - area.left()) / max(area.width(), 1)
        return min(max(share, 0.0), 1.0) * self._figure.frames

    def _cell_at(self, at: QPointF) -> tuple[int, int]:
        assert self._figure is not None
        area = self.area()
        row = int((at.y() - area.top()) / area.height() * self._figure.states)
        return min(int(self._frame_at(at)), self._figure.frames - 1), min(max(row, 0), self._figure.states - 1)

    def _painted_ground(self, figure: OverviewFigure) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatioF() != ratio:
            ground = QPixmap(self.size() * ratio)
            ground.setDevicePixelRatio(ratio)
            ground.fill(Qt.GlobalColor.transparent)
            painter = QPainter(ground)
            self._paint_title(painter, figure)
            self._paint_image(painter, figure, ratio)
            self._paint_axes(painter, figure)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_path(painter, figure)
            painter.end()
            self._ground = ground
        return self._ground

    def _paint_title(self, painter: QPainter, figure: OverviewFigure) -> None:
        painter.setFont(font("section"))
        painter.setPen(color("text"))
        title = tr_text(figure.title)
        painter.drawText(QPointF(16, 17), title)
        x = 16 + width_of(title, "section") + 6
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        room = max(self.width() - RIGHT - x, 0)
        words = QFontMetricsF(painter.font()).elidedText(tr_text(figure.caption), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(x, 17), words)

    def _paint_image(self, painter: QPainter, figure: OverviewFigure, ratio: float) -> None:
        area = self.area()
        painter.fillRect(area, color("surface2"))
        painter.fillRect(area, QBrush(color("line2"), Qt.BrushStyle.BDiagPattern))
        levels = _fitting(figure.levels, max(int(area.height() * ratio), 1), max(int(area.width() * ratio), 1))
        table = table_of(figure.scale).copy()
        table[UNREACHABLE] = 0
        image = QImage(levels.data, levels.shape[1], levels.shape[0], levels.strides[0], QImage.Format.Format_Indexed8)
        image.setColorTable(table.tolist())
        painter.drawImage(area, image)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_axes(self, painter: QPainter, figure: OverviewFigure) -> None:
        area = self.area()
        across = ticks(0, figure.frames - 1, 4)
        places = [min(self.place_of(value + 0.5, 0).x(), area.right() - 8) for value, _ in across]
        paint_ticks_below(painter, across, places, area.bottom() + 3)
        for value, text in ticks(0, figure.states - 1, 4):
            y = min(max(self.place_of(0, value + 0.5).y(), area.top() + 5), area.bottom() - 5)
            paint_tick_left(painter, text, LEFT - 6, y)

    def _paint_path(self, painter: QPainter, figure: OverviewFigure) -> None:
        if not figure.path.size:
            return
        step = max(1, figure.path.size // MOST_POINTS)
        points = [
            self.place_of(frame + 0.5, int(figure.path[frame]) + 0.5) for frame in range(0, figure.path.size, step)
        ]
        for hue, width in (("surface", 3.4), ("ink", 1.4)):
            painter.setPen(QPen(color(hue), width))
            painter.drawPolyline(QPolygonF(points))


def _fitting(levels: Array, rows: int, columns: int) -> Array:
    """At most so many rows and columns: the largest of what shares a pixel."""
    if levels.shape[0] > rows:
        levels = np.maximum.reduceat(levels, np.arange(rows) * levels.shape[0] // rows, axis=0)
    if levels.shape[1] > columns:
        levels = np.maximum.reduceat(levels, np.arange(columns) * levels.shape[1] // columns, axis=1)
    return np.ascontiguousarray(levels)
