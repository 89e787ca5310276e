"""Beside a long lattice's window: the whole lattice, its weakest labels, and room for the card of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.kit.overview_map import OverviewMap
from gui.kit.overview_weakest import WeakestLabels
from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from gui.kit.overview_figures import OverviewFigure

LEAST_MAP, MOST_MAP = 150.0, 244.0
MOST_WEAKEST, LEAST_WEAKEST = 5, 3
CARD = 264.0  # px that the card of a cell takes


@final
class OverviewPane(QWidget):
    """The map takes what labels and card leave it; where all three do not fit, the card has no room here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = OverviewMap(self)
        self.weakest = WeakestLabels(self)
        self._rows = 0

    def draw(self, figure: OverviewFigure, window: tuple[int, int, int, int]) -> None:
        """Show the whole lattice, and which of its cells are shown large."""
        self.map.draw(figure, window)
        self.weakest.draw(figure, (window[0], window[1]))
        self._rows = len(figure.weakest)
        self._arrange()

    def card_place(self) -> QPointF | None:
        """Where the card of a cell stands, or None if there is no room for it."""
        free = self.height() - self.weakest.geometry().bottom()
        return QPointF(0, self.weakest.geometry().bottom() + 2) if free >= CARD else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        if self.card_place() is not None:
            y = self.weakest.geometry().bottom() + 2
            painter.drawLine(0, y, self.width() - 1, y)

    def _arrange(self) -> None:
        most = min(self._rows, MOST_WEAKEST)
        rows, high = most, self.height() - self._needed(most)
        for fewer in range(most, min(LEAST_WEAKEST, most) - 1, -1):
            beside_card = self.height() - self._needed(fewer) - CARD
            if beside_card >= LEAST_MAP:
                rows, high = fewer, min(beside_card, MOST_MAP)
                break
        if high < LEAST_MAP:
            rows = min(most, LEAST_WEAKEST)
            high = max(self.height() - self._needed(rows), 60.0)
        self.map.setGeometry(0, 0, self.width(), round(high))
        self.weakest.setGeometry(0, round(high), self.width(), round(self._needed(rows)))
        self.weakest.setVisible(rows > 0)

    def _needed(self, rows: int) -> float:
        return self.weakest.height_for(rows) + 4 if rows else 4.0
