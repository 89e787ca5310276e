"""A check box drawn as a switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

TRACK = QSize(32, 18)


@final
class Switch(QCheckBox):
    """On or off; `clicked(bool)` and `toggled(bool)` are those of QCheckBox. Its words stand elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(TRACK.width() + 6, 28)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(3, (self.height() - TRACK.height()) / 2, TRACK.width(), TRACK.height())
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), 11, 11)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._track_color())
        painter.drawRoundedRect(track, 9, 9)
        x = track.right() - 9 if self.isChecked() else track.left() + 9
        painter.setBrush(color("surface"))
        painter.drawEllipse(QPointF(x, track.center().y()), 6.5, 6.5)

    def _track_color(self):
        if not self.isEnabled():
            return color("line2")
        return color("accent" if self.isChecked() else "ctl")
