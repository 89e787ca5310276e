"""Panes with a hairline between them that can be dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

GRAB = 7


@final
class HairlineSplitter(QSplitter):
    """A splitter whose handle is seven px wide and shows one."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(GRAB)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        return _Hairline(self.orientation(), self)


@final
class _Hairline(QSplitterHandle):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = GRAB // 2
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.fillRect(middle, 0, 1, self.height(), color("line"))
        else:
            painter.fillRect(0, middle, self.width(), 1, color("line"))
