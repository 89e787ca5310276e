"""An icon that stands by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.icons import paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


@final
class Sign(QWidget):
    """The icon called `name` in the colour of `role`, whatever the theme."""

    def __init__(self, name: str, role: str, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._name, QRectF(self.rect()), self._role)
