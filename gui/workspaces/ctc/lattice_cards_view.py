"""The cards over the lattice: of the cell in focus, and of the pinned ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from gui.kit.node_cards import NodeCards
from gui.workspaces.ctc.present_card import card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from gui.kit.lattice_pane import LatticePane
    from gui.kit.node_card_figure import NodeCard
    from gui.kit.overview_pane import OverviewPane
    from gui.workspaces.ctc.present_lattice import LatticeModel

Cell = tuple[int, int]
OVER_EMISSIONS = 0.02  # what a px of emissions under a card weighs against the posterior of cells
ABOVE = 60.0  # px of them that a card may cover
LEAST_MARK, MOST_MARK = 12.0, 24.0  # half of what is kept free around a cell


@final
class CellCards(QObject):
    """Shows the cards, and marks their cells.

    Signals:
        unpinned(int, int): the pin of a cell's card was pressed.
    """

    unpinned = Signal(int, int)

    def __init__(self, view: QWidget, pane: LatticePane, aside: OverviewPane) -> None:
        super().__init__(view)
        self._pane, self._aside = pane, aside
        self._cards = NodeCards(view)
        self._cards.unpinned.connect(self.unpinned)

    def stand_on(self, ground: QWidget) -> None:
        """Show the cards over a widget whose top is the view's."""
        self._cards.stand_on(ground)

    @property
    def widgets(self) -> NodeCards:
        """The cards as they are drawn."""
        return self._cards

    def clear(self) -> None:
        """Show none."""
        self._cards.show_pinned(())
        self._cards.show_focus(None, None)

    def show_cell(self, model: LatticeModel, cell: Cell | None) -> NodeCard | None:
        """Show the cards of a cell and of the pinned ones; that of the cell in focus."""
        docked, beside = self._docked(), not self._aside.isHidden()
        pinned = [card(model, *one) for one in model.pinned if may_tell(model, one)]
        focus = _focus(model, cell, has_place=docked is not None)
        self._cards.show_pinned(pinned)
        self._cards.show_focus(focus, docked)
        if beside and docked is None and focus is not None:
            self._put_aside()
        marked = [*([focus] if focus is not None else []), *pinned]
        self._pane.lattice.mark(tuple(marked), in_focus=focus is not None)
        self._aside.map.mark((focus.frame, focus.row) if focus is not None else None)
        self._place(model, marked, focus_too=not beside)
        return focus

    def _docked(self) -> QPointF | None:
        """Where the card of the cell in focus has a place of its own."""
        if self._aside.isHidden():
            return None
        place = self._aside.card_place()
        return None if place is None else place + QPointF(self._aside.pos())

    def _put_aside(self) -> None:
        """Over what stands beside the window on a long lattice, of which nothing is lost meanwhile."""
        widget, aside = self._cards.focus, self._aside.geometry()
        widget.move(aside.left() + 4, max(aside.bottom() - widget.height(), aside.top()))
        widget.raise_()

    def _place(self, model: LatticeModel, marked: Sequence[NodeCard], *, focus_too: bool) -> None:
        area = self._pane.cells_area().translated(QPointF(self._pane.pos())).adjusted(0, -ABOVE, 0, 0)
        self._cards.place(
            area, self._marked_rects(marked), lambda place: self._covered(model, place), focus_too=focus_too
        )

    def _origin(self) -> QPointF:
        return QPointF(self._pane.pos() + self._pane.lattice.pos())

    def _marked_rects(self, marked: Sequence[NodeCard]) -> list[QRectF]:
        """The cells that are explained with what flows into them, which no card may hide."""
        lattice, origin = self._pane.lattice, self._origin()
        layout = lattice.layout_in_force
        half = _clamped(layout.axis.column / 2), LEAST_MARK
        rects: list[QRectF] = []
        for one in marked:
            cells = [(one.frame, one.row), *((one.frame + one.source_step, row) for row in one.sources)]
            for frame, row in cells:
                middle = lattice.place_of_cell(frame, row) + origin
                rects.append(QRectF(middle.x() - half[0], middle.y() - half[1], 2 * half[0], 2 * half[1]))
        return rects

    def _covered(self, model: LatticeModel, place: QRectF) -> float:
        """How much posterior a card at a place would hide; a little for emissions."""
        local = place.translated(-self._origin())
        layout = self._pane.lattice.layout_in_force
        axis = layout.axis
        first, last = axis.frame_at(local.left()), min(axis.frame_at(local.right()) + 1, int(axis.last))
        top = int((local.top() - layout.top) / layout.pitch) + layout.top_row
        bottom = int((local.bottom() - layout.top) / layout.pitch) + 1 + layout.top_row
        hidden = model.lattice.occupancy[max(first, 0) : max(last, 0), max(top, 0) : max(bottom, 0)]
        return float(hidden.sum()) + max(-local.top(), 0.0) * OVER_EMISSIONS


def _clamped(half: float) -> float:
    return min(max(half, LEAST_MARK), MOST_MARK)


def may_tell(model: LatticeModel, cell: Cell) -> bool:
    """Whether the step-through has come to a cell; before that its card would tell what is asked."""
    if not (0 <= cell[0] < model.frames and 0 <= cell[1] < model.states):
        return False
    progressed = model.progressed
    if progressed is None:
        return True
    return bool(progressed.revealed[cell]) and not (progressed.hidden and cell == progressed.focus)


def _focus(model: LatticeModel, cell: Cell | None, *, has_place: bool) -> NodeCard | None:
    """The card of a cell; without one that of the step, or where it has a place, of the best path at the playhead."""
    path = model.lattice.best_path
    if cell is None and model.progressed is not None:
        cell = model.progressed.focus
    if cell is None and has_place and path.size:
        cell = model.frame, int(path[model.frame])
    if cell is None or not model.fits or cell in model.pinned or not may_tell(model, cell):
        return None
    return card(model, *cell)
