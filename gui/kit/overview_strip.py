"""All frames in a strip, with the window that is shown large: drag it, or its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from core.text import say
from gui.kit.color_tables import image_of
from gui.kit.emission_source import picture_image
from gui.kit.frame_axis import whole_axis
from gui.kit.i18n import tr_text
from gui.kit.lattice_frames import paint_name
from gui.kit.overview_window import FrameWindow, Grip
from gui.kit.plot_text import width_of
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from core.arrays import Array, FloatArray
    from gui.kit.frame_axis import FrameAxis
    from gui.kit.overview_figures import OverviewFigure

HEIGHT = 74
TOP, PICTURE, SPOKEN = 6.0, 38.0, 20.0
EDGE = 8.0  # px beside an edge that take hold of it
GRIP = (7.0, 20.0)
VEIL = 0.55
LEAST_GAP = 1.0  # px between two spoken labels
SLIDE = 5.0  # px that a spoken label may give way to the one before


@final
class OverviewStrip(QWidget):
    """Keys: left and right move the window by a frame, with Shift by ten; plus and minus narrow and widen it.

    Signals:
        window_chosen(FrameWindow): the user moved or resized it.
        hovered(bool): the mouse came over it, or left it.
    """

    window_chosen = Signal(object)
    hovered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: OverviewFigure | None = None
        self._window: FrameWindow | None = None
        self._playhead = 0
        self._images: dict[str, tuple[Array, QImage]] = {}
        self._held: tuple[Grip, float, FrameWindow] | None = None
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def draw(self, figure: OverviewFigure, window: FrameWindow, playhead: int) -> None:
        """Show all frames and the window among them."""
        self._figure, self._window, self._playhead = figure, window, playhead
        words = say("ctc", "Frames {first} to {last} of {frames} are shown large", first=window.first,
                    last=window.last - 1, frames=window.frames)  # fmt: skip
        self.setAccessibleName(tr_text(words))
        self.update()

    def window_rect(self) -> QRectF:
        """Where the window stands."""
        assert self._window is not None
        axis = self._axis()
        left, right = axis.x(self._window.first), axis.x(self._window.last)
        return QRectF(left, TOP - 2, right - left, PICTURE + SPOKEN + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None or self._window is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figure, axis = self._figure, self._axis()
        paint_name(painter, figure.strip_title, figure.strip_caption, "text", TOP + 13)
        area = QRectF(axis.left, TOP, axis.right - axis.left, PICTURE)
        self._paint_ground(painter, figure, area)
        window = self.window_rect()
        self._paint_veil(painter, area, window)
        _paint_spoken(painter, figure, axis, self._window)
        if figure.spoken:
            painter.setFont(font("section"))
            painter.setPen(color("text"))
            painter.drawText(QPointF(16, TOP + PICTURE + 17), tr_text(figure.spoken_title))
        x = axis.x(self._playhead + 0.5)
        painter.setPen(QPen(color("accent"), 1))
        painter.drawLine(QPointF(x, TOP), QPointF(x, TOP + PICTURE))
        self._paint_window(painter, window)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._window is None:
            return
        at, grip = event.position().x(), self._grip_at(event.position())
        frame = self._frame_at(at)
        if grip is None:
            self._choose(self._window.around(frame))
            grip = "move"
        anchors = {"move": self._window.first, "left": self._window.first, "right": self._window.last}
        self._held = grip, frame - anchors[grip], self._window

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            self._show_cursor(self._grip_at(event.position()))
            self.hovered.emit(True)
            return
        grip, offset, start = self._held
        self._choose(start.dragged(grip, self._frame_at(event.position().x()) - offset))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        window, key = self._window, event.key()
        if window is None:
            return
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        if key == Qt.Key.Key_Escape and self._held is not None:
            start, self._held = self._held[2], None
            self._choose(start)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose(window.moved(far if key == Qt.Key.Key_Right else -far))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._choose(window.zoomed(1.25 if key == Qt.Key.Key_Minus else 0.8, window.middle))
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(False)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._images.clear()
            self.update()
        super().changeEvent(event)

    def _axis(self) -> FrameAxis:
        assert self._figure is not None
        return whole_axis(self._figure.frames, self.width())

    def _frame_at(self, x: float) -> float:
        axis = self._axis()
        return axis.first + (x - axis.left) / axis.column

    def _grip_at(self, at: QPointF) -> Grip | None:
        if self._window is None:
            return None
        rect = self.window_rect()
        inner = min(EDGE, rect.width() / 4)  # of a narrow window the middle still moves it
        if -EDGE <= at.x() - rect.left() <= inner:
            return "left"
        if -inner <= at.x() - rect.right() <= EDGE:
            return "right"
        return "move" if rect.left() < at.x() < rect.right() else None

    def _choose(self, window: FrameWindow) -> None:
        if window != self._window:
            self._window = window
            self.window_chosen.emit(window)

    def _show_cursor(self, grip: Grip | None) -> None:
        shapes = {"move": Qt.CursorShape.OpenHandCursor, None: Qt.CursorShape.PointingHandCursor}
        self.setCursor(shapes.get(grip, Qt.CursorShape.SizeHorCursor))

    def _paint_ground(self, painter: QPainter, figure: OverviewFigure, area: QRectF) -> None:
        if figure.strip is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, picture_image(figure.strip, self._images))
        elif figure.emission is not None:
            painter.drawImage(area, image_of(_fitting(figure.emission, area.width()), "probability", 0.0, 1.0))
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_veil(self, painter: QPainter, area: QRectF, window: QRectF) -> None:
        """What is not in the window is dimmed."""
        outside = QPainterPath()
        outside.addRect(area)
        hole = QPainterPath()
        hole.addRect(window)
        painter.fillPath(outside.subtracted(hole), color("surface", VEIL))

    def _paint_window(self, painter: QPainter, window: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus() or self._held is not None:
            painter.setPen(QPen(color("accent", 0.25), 7))
            painter.drawRoundedRect(window, 4, 4)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawRoundedRect(window, 4, 4)
        if window.width() < 2 * EDGE:
            return
        painter.setBrush(color("surface"))
        for x in (window.left(), window.right()):
            grip = QRectF(x - GRIP[0] / 2, window.center().y() - GRIP[1] / 2, *GRIP)
            painter.drawRoundedRect(grip, 3, 3)


def _fitting(values: FloatArray, width: float) -> FloatArray:
    """As many columns as there are pixels: the largest of those that share one."""
    columns = values.shape[1]
    if columns <= width:
        return values
    return np.maximum.reduceat(values, np.arange(int(width)) * columns // int(width), axis=1)


def _paint_spoken(painter: QPainter, figure: OverviewFigure, axis: FrameAxis, window: FrameWindow) -> None:
    """The labels over the frames where they are spoken, as many as have room; unsure ones in the hue of that."""
    painter.setFont(font("tick"))
    free, y = axis.left, TOP + PICTURE + 3
    for token in figure.spoken:
        width = width_of(token.name, "tick")
        x = axis.x((token.first + token.last + 1) / 2) - width / 2
        if x < free - SLIDE:
            continue
        x = max(x, free)
        inside = window.first <= token.first < window.last
        painter.setPen(color(token.role if token.role != "ok" else "text" if inside else "text3"))
        painter.drawText(QRectF(x, y, width + 2, 16), Qt.AlignmentFlag.AlignVCenter, token.name)
        free = x + width + LEAST_GAP
