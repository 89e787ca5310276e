"""Cards side by side in as many columns as fit, each row as high as its highest card."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.card import PICTURE, PictureCard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QResizeEvent

GAP = 8
LEAST = PICTURE.width() + 16


@final
class CardGrid(QWidget):
    """The cards of one section; hidden cards leave no hole."""

    def __init__(self, cards: tuple[PictureCard, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = cards
        for card in cards:
            card.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def shown(self) -> tuple[PictureCard, ...]:
        """The cards that the filter lets through."""
        return tuple(card for card in self.cards if not card.isHidden())

    def arrange(self) -> None:
        """Place the cards anew after some were hidden, shown or said in another language."""
        for card, x, y, width, height in self._places(self.width()):
            card.setGeometry(x, y, width, height)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((y + height for _, _, y, _, height in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(4 * LEAST, self.heightForWidth(4 * LEAST))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, 0)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.arrange()

    def _places(self, width: int) -> Iterator[tuple[PictureCard, int, int, int, int]]:
        cards = self.shown()
        columns = max(1, (width + GAP) // (LEAST + GAP))
        each = (width - (columns - 1) * GAP) // columns
        top = 0
        for start in range(0, len(cards), columns):
            row = cards[start : start + columns]
            height = max(card.height_for(each) for card in row)
            for column, card in enumerate(row):
                # Rounded edges, so that the last column ends where the page does.
                left, right = (round(edge * (width + GAP) / columns) for edge in (column, column + 1))
                yield card, left, top, right - left - GAP, height
            top += height + GAP
