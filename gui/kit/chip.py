"""A small rounded tag that can be taken away: a pinned loss, a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.icons import paint_icon
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

HEIGHT = 22
SAMPLE = 16  # px of the line that shows the dash
CROSS = 14
EDGE = 9


@final
class Chip(QWidget):
    """Words, with a piece of the line they stand for; the cross or Delete closes it.

    Signals:
        closed(): the user took it away; the owner removes it.
        hovered(bool): the mouse came or went, to thicken its curve.
    """

    closed = Signal()
    hovered = Signal(bool)

    def __init__(
        self,
        words: str,
        role: str = "accent",
        dash: Sequence[float] | None = None,
        *,
        tinted: bool = False,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`dash` in px, () for a full line, None for none; `tinted` stands on soft, in its role's colour."""
        super().__init__(parent)
        self._words = words
        self._role = role
        self._dash = dash
        self._tinted = tinted
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(words)
        self.setAccessibleDescription(tr_text(say("kit", "Delete takes it away")))

    def sizeHint(self) -> QSize:
        return QSize(round(self._text_left() + self._advance()) + CROSS + EDGE + 4, HEIGHT)

    def cross_rect(self) -> QRectF:
        """Where the cross is."""
        return QRectF(self.width() - CROSS - EDGE + 2, (HEIGHT - CROSS) / 2, CROSS, CROSS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(color("soft" if self._tinted else "hover"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), HEIGHT / 2 - 1, HEIGHT / 2 - 1)
        if self._dash is not None:
            self._paint_sample(painter)
        if self._icon:
            role = self._role if self._tinted else "text2"
            paint_icon(painter, self._icon, QRectF(EDGE, (HEIGHT - 12) / 2, 12, 12), role)
        painter.setPen(color(self._role if self._tinted else "text2"))
        painter.setFont(font("label"))
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(self._text_left(), 0, self.width(), HEIGHT), vertical, self._words)
        paint_icon(painter, "x", self.cross_rect(), "text2" if self.underMouse() else "text3")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        near = self.cross_rect().adjusted(-5, -4, 7, 4)
        if event.button() is Qt.MouseButton.LeftButton and near.contains(event.position()):
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, _event: QEvent) -> None:
        self.hovered.emit(True)
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self.hovered.emit(False)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _paint_sample(self, painter: QPainter) -> None:
        pen = QPen(color(self._role), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self._dash:
            pen.setDashPattern([length / 2 for length in self._dash])
        painter.setPen(pen)
        painter.drawLine(QLineF(EDGE, HEIGHT / 2, EDGE + SAMPLE, HEIGHT / 2))

    def _text_left(self) -> float:
        if self._dash is not None:
            return EDGE + SAMPLE + 5
        return EDGE + 12 + 5 if self._icon else EDGE

    def _advance(self) -> float:
        return QFontMetricsF(font("label")).horizontalAdvance(self._words)
