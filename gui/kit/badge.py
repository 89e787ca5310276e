"""A count in a round badge."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HEIGHT = 20
_TINTS = {"err": "errsoft", "warn": "warnsoft", "ok": "oksoft", "accent": "soft"}


@final
class Badge(QWidget):
    """Digits on the soft background of a role: "err", "warn", "ok", "accent", or plain for any other."""

    def __init__(self, words: str, role: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._role = role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(font("label-strong")).horizontalAdvance(self._words)
        return QSize(max(round(words) + 12, HEIGHT), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(_TINTS.get(self._role, "hover")))
        painter.drawRoundedRect(QRectF(self.rect()), HEIGHT / 2, HEIGHT / 2)
        painter.setPen(color(self._role))
        painter.setFont(font("label-strong"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)
