"""The cards of a few cells over one widget: pinned ones, and that of the cell in focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from gui.kit.node_card import NodeCardWidget
from gui.kit.node_card_place import free_corner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gui.kit.node_card_figure import NodeCard


@final
class NodeCards(QObject):
    """Signals: unpinned(int, int): the pin of a cell's card was pressed."""

    unpinned = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.focus = NodeCardWidget(parent)
        self._pinned: list[NodeCardWidget] = []

    def stand_on(self, ground: QWidget) -> None:
        """Show them over another widget."""
        self.setParent(ground)
        for card in (self.focus, *self._pinned):
            card.setParent(ground)

    @property
    def pinned(self) -> list[NodeCardWidget]:
        """The cards that stay."""
        return [card for card in self._pinned if not card.isHidden()]

    def show_pinned(self, cards: Sequence[NodeCard]) -> None:
        """Keep these; the others go."""
        while len(self._pinned) < len(cards):
            over = self.parent()
            assert isinstance(over, QWidget)
            made = NodeCardWidget(over)
            made.closed.connect(self._unpin)
            self._pinned.append(made)
        for widget, card in zip(self._pinned, cards, strict=False):
            widget.show_card(card, pinned=True)
        for widget in self._pinned[len(cards) :]:
            widget.hide()

    def show_focus(self, card: NodeCard | None, docked: QPointF | None) -> None:
        """Show the cell in focus, at a place of its own if it has one."""
        if card is None:
            self.focus.hide()
            return
        self.focus.show_card(card, pinned=False, flat=docked is not None)
        if docked is not None:
            self.focus.move(docked.toPoint())
            self.focus.raise_()

    def place(
        self, area: QRectF, marked: Sequence[QRectF], weight: Callable[[QRectF], float], *, focus_too: bool
    ) -> None:
        """Put the cards where they hide none of `marked`, nor each other, and of the rest what weighs least."""
        taken = list(marked)
        floating = [*self.pinned, self.focus] if focus_too and not self.focus.isHidden() else self.pinned
        for widget in floating:
            corner = free_corner(area, widget.size(), taken, weight)
            widget.move(corner.toPoint())
            widget.raise_()
            taken.append(QRectF(widget.geometry()))

    def _unpin(self) -> None:
        widget = self.sender()
        assert isinstance(widget, NodeCardWidget)
        assert widget.card is not None
        self.unpinned.emit(widget.card.frame, widget.card.row)
