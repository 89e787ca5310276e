"""The sections of the start page: which cards stand together, under which title."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.text import Text, say
from gui.kit.card import RING, PictureCard
from gui.kit.card_grid import CardGrid
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.loss_search import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.samples import Sample
    from gui.workspaces.explore.presets import Preset

BROKEN = say("start", "Broken on purpose: find the bug")


@final
class Section(QWidget):
    """A title and its cards; gone when the filter leaves none of them."""

    def __init__(self, title: Text, cards: tuple[PictureCard, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._label = label("section", "text2")
        self._label.setContentsMargins(RING, 0, 0, 0)
        self.grid = CardGrid(cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._label)
        column.addWidget(self.grid)

    def keep(self, words: list[str]) -> None:
        """Show the cards that hold every one of `words`."""
        for card in self.grid.cards:
            card.setVisible(all(word in card.words() for word in words))
        self.setVisible(bool(self.grid.shown()))
        self.grid.arrange()

    def retranslate(self) -> None:
        """Say everything again, in the language of the window."""
        self._label.setText(tr_text(self._title))
        for card in self.grid.cards:
            card.retranslate()
        self.grid.arrange()


def sections(
    presets: Iterable[Preset], samples: Iterable[Sample], card: Callable[[Preset | Sample], PictureCard]
) -> tuple[Section, ...]:
    """One for each family, its sketches first, then its presets and samples; what is broken comes last."""
    presets, samples = tuple(presets), tuple(samples)
    made: list[Section] = []
    for family, title in FAMILIES.items():
        by_hand = [preset for preset in presets if preset.loss.family == family]
        shipped = [sample for sample in samples if sample.family == family and not sample.broken]
        made.append(Section(title, tuple(card(each) for each in (*by_hand, *shipped))))
    broken = tuple(card(sample) for sample in samples if sample.broken)
    return (*made, Section(BROKEN, broken))
