"""A card to choose: a picture, a title, and what there is to learn."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from core.text import Text
from gui.kit.i18n import tr_text
from gui.kit.theme import color, font
from gui.kit.wrapped import wrapped

PICTURE = QSize(156, 92)  # at least
INSET = 6
PADDING = 12
RING = 2  # room for the focus ring around the frame
TITLE_TOP = INSET + PICTURE.height() + 8
TITLE_HEIGHT = 19
CAPTION_HEIGHT = 17
SENTENCE_LINE = 16
MOST_LINES = 5
MOST_TITLES = 2
MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


@final
class PictureCard(QAbstractButton):
    """Signals: clicked(); moved(key): an arrow key, Home or End, for whoever knows the neighbours."""

    moved = Signal(int)

    def __init__(self, title: Text, caption: str, sentence: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._caption, self._sentence = title, caption, sentence
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again, in the language of the window."""
        self.setText(tr_text(self._title))
        self.setToolTip(tr_text(self._sentence))
        self.setAccessibleName(f"{self.text()}, {self._caption}")
        self.setAccessibleDescription(self.toolTip())
        self.update()

    def words(self) -> str:
        """All that is written on the card, for a filter."""
        return f"{self.text()} {self._caption} {self.toolTip()}".casefold()

    @property
    def picture_size(self) -> QSize:
        """The size that a picture must have to fill its place."""
        return QSize(self.width() - 2 * (INSET + RING), PICTURE.height())

    @property
    def wants_picture(self) -> bool:
        """Whether there is none yet, or one of another width."""
        return self._picture is None or self._picture.deviceIndependentSize().toSize() != self.picture_size

    def set_picture(self, picture: QPixmap) -> None:
        """Show a picture of `picture_size`."""
        self._picture = picture
        self.update()

    def drop_picture(self) -> None:
        """Forget it: the theme changed."""
        self._picture = None

    def height_for(self, width: int) -> int:
        """How high the card must be at this width."""
        words = len(self._titles(width)) * TITLE_HEIGHT + len(self._lines(width)) * SENTENCE_LINE
        return TITLE_TOP + words + CAPTION_HEIGHT + PADDING

    def sizeHint(self) -> QSize:
        width = PICTURE.width() + 2 * (INSET + RING)
        return QSize(width, self.height_for(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in MOVES:
            self.moved.emit(event.key())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_picture(painter)
        self._paint_words(painter)

    def _paint_frame(self, painter: QPainter) -> None:
        rect = QRectF(self.rect())
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent", 0.22))
            painter.drawRoundedRect(rect, 10, 10)
        active = self.hasFocus() or self.isDown()
        edge = "accent" if active else "ctl" if self.underMouse() else "line"
        width = 2 if active else 1
        margin = RING + width / 2
        painter.setPen(QPen(color(edge), width))
        painter.setBrush(color("hover" if self.isDown() else "surface"))
        painter.drawRoundedRect(rect.adjusted(margin, margin, -margin, -margin), 8, 8)

    def _paint_picture(self, painter: QPainter) -> None:
        area = QRectF(QPointF(INSET + RING, INSET + RING), self.picture_size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("surface2"))
        painter.drawRoundedRect(area, 5, 5)
        if self._picture is None:
            return
        corners = QPainterPath()
        corners.addRoundedRect(area, 5, 5)
        painter.save()
        painter.setClipPath(corners)
        painter.drawPixmap(area.topLeft(), self._picture)
        painter.restore()

    def _paint_words(self, painter: QPainter) -> None:
        width = self.width() - 2 * PADDING
        top = TITLE_TOP + float(RING)
        painter.setFont(font("body-strong"))
        painter.setPen(color("text"))
        top = _column(painter, self._titles(self.width()), top, width, TITLE_HEIGHT)
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        top = _column(painter, (self._caption,), top - 1, width, CAPTION_HEIGHT)
        painter.setPen(color("text2"))
        _column(painter, self._lines(self.width()), top + 1, width, SENTENCE_LINE)

    def _titles(self, width: int) -> tuple[str, ...]:
        return wrapped(self.text(), "body-strong", width - 2 * PADDING, MOST_TITLES)

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrapped(self.toolTip(), "caption", width - 2 * PADDING, MOST_LINES)


def _column(painter: QPainter, lines: tuple[str, ...], top: float, width: int, height: int) -> float:
    """Lines one under the other; where the next would begin."""
    for i, line in enumerate(lines):
        painter.drawText(QRectF(PADDING, top + i * height, width, height), Qt.AlignmentFlag.AlignVCenter, line)
    return top + len(lines) * height
