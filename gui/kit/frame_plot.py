"""Probabilities over frames under the picture that the model saw, with a playhead to drag."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.color_tables import color_table, image_of, pixel_image
from gui.kit.i18n import tr_text
from gui.kit.images import heat_image, paper_image
from gui.kit.plot_text import paint_title
from gui.kit.theme import color, font, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.frame_figures import EmissionFigure, Picture, Symbol

GUTTER, RIGHT = 112.0, 16.0
TITLE = 34.0
PICTURE, GAP = 56.0, 6.0
ROWS_HEIGHT, LEAST_ROW, MOST_ROW = 250.0, 11.0, 20.0
TRACK = 44.0
LEAST_HEIGHT = 260
KNOB = 8.0
LEGEND = QRectF(0, 8, 110, 16)
ROLES = {"blank": "text3", "target": "target", "other": "text"}


@final
class EmissionPlot(QWidget):
    """Draws an EmissionFigure; a press or a drag anywhere on the frames moves the playhead.

    Signals:
        began(), moved(frame), ended(), cancelled(): a drag of the playhead, or a run of keys.
        hovered(bool): the mouse came onto the frames, or left them.
    """

    began = Signal()
    moved = Signal(int)
    ended = Signal()
    cancelled = Signal()
    hovered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: EmissionFigure | None = None
        self._images: tuple[object, QImage, QImage | None] | None = None
        self._dragging = False
        self._hovering = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        if self._figure is None:
            return QSize(916, 300)
        count = len(self._figure.symbols)
        row = min(max(ROWS_HEIGHT / count, LEAST_ROW), MOST_ROW)
        return QSize(916, round(self._rows_top() + row * count + TRACK))

    def minimumSizeHint(self) -> QSize:
        return QSize(400, min(self.sizeHint().height(), LEAST_HEIGHT))

    def draw(self, figure: EmissionFigure) -> None:
        """Show a figure; the height that is asked for follows the number of rows."""
        self._figure = figure
        self.setAccessibleName(tr_text(figure.description))
        self.updateGeometry()
        self.update()

    def playhead(self) -> QPointF:
        """The middle of the knob."""
        assert self._figure is not None
        return QPointF(self._x(self._figure.frame + 0.5), self._rows_area().bottom() + TRACK / 2 - 6)

    def frame_position(self, frame: int) -> QPointF:
        """The middle of a frame on the track."""
        return QPointF(self._x(frame + 0.5), self.playhead().y())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._figure is None:
            return
        figure, rows = self._figure, self._rows_area()
        emission, picture = self._drawn(figure)
        legend = LEGEND.translated(self.width() - RIGHT - LEGEND.width(), 0)
        paint_title(painter, figure.title, figure.caption, "text", 20, legend.left() - 8)
        _paint_legend(painter, legend, tr_text(figure.legend))
        if figure.picture is not None and picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._picture_area(figure, figure.picture), picture)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(rows, emission)
        painter.setPen(QPen(color("line2"), 1))
        painter.drawRect(rows)
        self._paint_symbols(painter, figure.symbols, rows)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_playhead(painter, figure, rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        inside = at.y() > TITLE and GUTTER - KNOB <= at.x() <= self.width() - RIGHT + KNOB
        if event.button() == Qt.MouseButton.LeftButton and self._figure is not None and inside:
            self._dragging = True
            self.began.emit()
            self._move_to(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move_to(event.position())
        else:
            self._hover(self._figure is not None and event.position().y() > TITLE and event.position().x() > GUTTER)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragging:
            self._dragging = False
            self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(False)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._images = None
            self.update()
        super().changeEvent(event)

    def _x(self, frame: float) -> float:
        assert self._figure is not None
        return GUTTER + frame / self._figure.frames * (self.width() - GUTTER - RIGHT)

    def _rows_top(self) -> float:
        has_picture = self._figure is not None and self._figure.picture is not None
        return TITLE + (PICTURE + GAP if has_picture else 0)

    def _rows_area(self) -> QRectF:
        top = self._rows_top()
        return QRectF(GUTTER, top, self.width() - GUTTER - RIGHT, max(self.height() - TRACK - top, 1))

    def _picture_area(self, figure: EmissionFigure, picture: Picture) -> QRectF:
        frames = picture.pixels.shape[1] / picture.per_frame
        return QRectF(GUTTER, TITLE, self._x(min(frames, figure.frames)) - GUTTER, PICTURE)

    def _drawn(self, figure: EmissionFigure) -> tuple[QImage, QImage | None]:
        """The images, made again only for other numbers or another theme."""
        key = (id(figure.probs), theme().name)
        if self._images is None or self._images[0] != key:
            picture = None
            if figure.picture is not None:
                pixels = figure.picture.pixels
                picture = paper_image(pixels) if figure.picture.is_paper else heat_image(pixels / 255.0, "magma")
            self._images = key, image_of(figure.probs, "probability", 0.0, 1.0), picture
        return self._images[1], self._images[2]

    def _paint_symbols(self, painter: QPainter, symbols: tuple[Symbol, ...], rows: QRectF) -> None:
        """A name for each row, or for every second one where rows are lower than letters."""
        painter.setFont(font("tick"))
        high = rows.height() / len(symbols)
        every = math.ceil(LEAST_ROW / high - 0.01)
        for row, symbol in list(enumerate(symbols))[::every]:
            painter.setPen(color(ROLES[symbol.role]))
            rect = QRectF(0, rows.top() + row * high - 4, GUTTER - 8, high + 8)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, symbol.name)

    def _paint_playhead(self, painter: QPainter, figure: EmissionFigure, rows: QRectF) -> None:
        knob, left, right = self.playhead(), self._x(figure.frame), self._x(figure.frame + 1)
        column = QRectF(left, TITLE, max(right - left, 1.5), rows.bottom() - TITLE)
        painter.fillRect(column, color("accent", 0.1))
        painter.setPen(QPen(color("accent"), 1))
        painter.drawLine(column.topLeft(), column.bottomLeft())
        painter.drawLine(column.topRight(), column.bottomRight())
        painter.setPen(QPen(color("line2"), 3))
        painter.drawLine(QPointF(GUTTER, knob.y()), QPointF(self.width() - RIGHT, knob.y()))
        painter.setPen(QPen(color("accent"), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(knob.x(), rows.bottom()), knob)
        if self.hasFocus() or self._dragging:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent", 0.16))
            painter.drawEllipse(knob, 15, 15)
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(color("surface"))
        painter.drawEllipse(knob, KNOB, KNOB)
        self._paint_numbers(painter, figure, knob.y() + 10)

    def _paint_numbers(self, painter: QPainter, figure: EmissionFigure, top: float) -> None:
        """Frame numbers, those too close to the playhead's own left out."""
        here = self._x(figure.frame + 0.5)
        painter.setFont(font("tick"))
        painter.setPen(color("text3"))
        for frame in figure.labels:
            x = self._x(frame + 0.5)
            if abs(x - here) > 24:
                painter.drawText(QRectF(x - 24, top, 48, 16), Qt.AlignmentFlag.AlignCenter, str(frame))
        painter.setFont(font("label-strong"))
        painter.setPen(color("accent"))
        painter.drawText(QRectF(here - 24, top, 48, 16), Qt.AlignmentFlag.AlignCenter, str(figure.frame))

    def _move_to(self, at: QPointF) -> None:
        assert self._figure is not None
        share = (at.x() - GUTTER) / (self.width() - GUTTER - RIGHT)
        self.moved.emit(min(max(int(share * self._figure.frames), 0), self._figure.frames - 1))

    def _hover(self, inside: bool) -> None:
        if inside != self._hovering:
            self._hovering = inside
            self.setCursor(Qt.CursorShape.SizeHorCursor if inside else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(inside)


def _paint_legend(painter: QPainter, rect: QRectF, name: str) -> None:
    painter.setFont(font("tick"))
    painter.setPen(color("text3"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"{name}  0")
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "1")
    bar = rect.adjusted(26, 4, -12, -4)
    painter.drawImage(bar, pixel_image(color_table("probability")[None, :]))
    painter.setPen(QPen(color("line2"), 1))
    painter.drawRect(bar)
