"""What the window is made of, and where each part stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.losses import LOSSES
from gui.batch_desk import BatchDesk
from gui.ctc_desk import CtcDesk
from gui.desks import Desks
from gui.explorer import Explorer
from gui.frame.inspector import Inspector
from gui.frame.rail import Rail
from gui.frame.status_bar import StatusBar
from gui.frame.top_bar import TopBar
from gui.kit.formula_strip import FormulaStrip
from gui.kit.loss_popup import PICTURE
from gui.kit.loss_search import entries_of
from gui.kit.thumbnails import loss_thumbnail
from gui.refused_page import RefusedPage
from gui.start_page import StartPage

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap


@final
class WindowParts(QWidget):
    """Rail, top bar, formula strip, one page of several, inspector, status bar; connected by the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rail = Rail()
        self.top = TopBar(self._thumbnail)
        self.top.losses.show_losses(entries_of(LOSSES))
        self.strip = FormulaStrip()
        self.start = StartPage()
        self.explorer, self.batch, self.ctc = Explorer(), BatchDesk(), CtcDesk()
        self.desks = Desks(self.explorer, self.batch, self.ctc)
        self.refused = RefusedPage()
        self.inspector = Inspector()
        self.status = StatusBar()
        self.stack = QStackedWidget()
        for page in (self.start, *self.desks, self.refused):
            self.stack.addWidget(page)
        self._lay_out()

    def _thumbnail(self, name: str) -> QPixmap:
        return loss_thumbnail(name, PICTURE, self.devicePixelRatioF())

    def _lay_out(self) -> None:
        line, column, inner = QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        for layout in (line, column, inner):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        inner.addWidget(self.stack, 1)
        inner.addWidget(self.inspector)
        column.addWidget(self.top)
        column.addWidget(self.strip)
        column.addLayout(inner, 1)
        column.addWidget(self.status)
        line.addWidget(self.rail)
        line.addLayout(column, 1)
