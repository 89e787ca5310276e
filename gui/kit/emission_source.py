"""The line of text or the spectrogram that the model saw, over its frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from gui.kit.frame_axis import GUTTER
from gui.kit.images import heat_image, paper_image
from gui.kit.lattice_frames import FramesWidget, paint_name, paint_playhead, paint_unread
from gui.kit.theme import color, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from core.arrays import Array
    from gui.kit.frame_axis import FrameAxis
    from gui.kit.frame_figures import Picture
    from gui.kit.lattice_figures import StackFigure

TOP, BOTTOM = 6.0, 4.0


@final
class SourcePicture(FramesWidget):
    """Draws a SourceFigure; of a part of the frames it shows the part of the picture that stands over them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack: StackFigure | None = None
        self._images: dict[str, tuple[Array, QImage]] = {}
        self._unread_images: dict[str, tuple[Array, QImage]] = {}

    def draw(self, stack: StackFigure, axis: FrameAxis, frames: int) -> None:
        """Show the picture of a stack."""
        self._stack = stack
        self.show_axis(axis, frames)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._stack is None or self._stack.source is None or self._axis is None:
            return
        painter = QPainter(self)
        stack, figure, axis = self._stack, self._stack.source, self._axis
        area = QRectF(axis.left, TOP, axis.right - axis.left, self.height() - TOP - BOTTOM)
        if axis.left >= GUTTER:
            paint_name(painter, figure.title, figure.caption, "text", TOP + 16)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(area)
        width = self._paint(painter, figure.picture, 0.0, self._images)
        if figure.unread is not None:
            self._paint(painter, figure.unread, width, self._unread_images)
        painter.setClipping(False)
        paint_playhead(painter, axis, stack.playhead, 0, self.height())
        if stack.read is not None:
            paint_unread(painter, axis, stack.read, TOP, self.height())
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _paint(self, painter: QPainter, picture: Picture, first: float, kept: dict[str, tuple[Array, QImage]]) -> float:
        """Draw a picture from a frame on; the frame after its last."""
        assert self._axis is not None
        axis = self._axis
        last = first + picture.pixels.shape[1] / picture.per_frame
        target = QRectF(axis.x(first), TOP, axis.x(last) - axis.x(first), self.height() - TOP - BOTTOM)
        painter.drawImage(target, picture_image(picture, kept))
        return last


def picture_image(picture: Picture, kept: dict[str, tuple[Array, QImage]]) -> QImage:
    """A picture in the colours of the theme; `kept` holds the last one made for each theme."""
    pixels, name = picture.pixels, f"{theme().name} {picture.is_paper}"
    if name not in kept or kept[name][0] is not pixels:
        kept[name] = pixels, paper_image(pixels) if picture.is_paper else heat_image(pixels / 255.0, "magma")
    return kept[name][1]
