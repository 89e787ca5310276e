"""What a user does to the cells of the lattice: named pure functions from state to state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.text import say
from gui.edit import Edit

if TYPE_CHECKING:
    from gui.workspaces.ctc.state import CTCState

MOST_PINS = 3


def pin(t: int, s: int) -> Edit[CTCState]:
    """Keep a cell's card; of more than MOST_PINS the oldest goes. A cell that is pinned is let go."""
    cell = (t, s)

    def update(state: CTCState) -> CTCState:
        if cell in state.pinned:
            return replace(state, pinned=tuple(other for other in state.pinned if other != cell))
        return replace(state, pinned=(*state.pinned, cell)[-MOST_PINS:])

    return Edit(say("ctc", "Pin the cell ({frame}, {row})", frame=t, row=s), update)


def unpin_last() -> Edit[CTCState]:
    """Let the newest card go."""

    def update(state: CTCState) -> CTCState:
        return replace(state, pinned=state.pinned[:-1]) if state.pinned else state

    return Edit(say("ctc", "Unpin a cell"), update)
