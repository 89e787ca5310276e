"""Everything that the page shows of one sequence; what did not change is taken over from before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from gui.workspaces.ctc import compute_collapse, compute_side, present_collapse, present_player
from gui.workspaces.ctc.present_progress import plan_of
from gui.workspaces.ctc.toy_model import share_bars

if TYPE_CHECKING:
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence
    from gui.kit.share_bar import ShareBar
    from gui.workspaces.ctc.compute_collapse import CollapseResult
    from gui.workspaces.ctc.compute_lattice import LatticeResult
    from gui.workspaces.ctc.compute_side import SideResult
    from gui.workspaces.ctc.present_collapse import CollapseModel
    from gui.workspaces.ctc.present_player import PlayerModel
    from gui.workspaces.ctc.state import CTCState


@final
@dataclass(frozen=True, eq=False, slots=True)
class DeskModel:
    """What stands around the lattice.

    Attributes:
        path: the user's own path that `collapse` shows, None for the best one.
        bars: of the toy at the playhead; none for a batch.
    """

    result: LatticeResult
    sequence: Sequence
    lattice: Lattice
    path: tuple[int, ...] | None
    side: SideResult
    collapse: CollapseResult
    collapse_model: CollapseModel
    player: PlayerModel
    bars: tuple[ShareBar, ...]


def present(result: LatticeResult, state: CTCState, before: DeskModel | None) -> DeskModel:
    """What to show of a sequence that the loss takes."""
    sequence, lattice = result.sequence, result.lattice
    assert sequence is not None
    assert lattice is not None
    kept = before if before is not None and before.result is result else None
    side = kept.side if kept else compute_side.compute(result)
    if kept is not None and kept.path is state.path:
        collapse, collapse_model = kept.collapse, kept.collapse_model
    else:
        collapse = compute_collapse.compute(sequence, lattice, state.path)
        collapse_model = present_collapse.present(sequence, collapse)
    plans = (None, None)
    if state.step is not None:
        plans = plan_of(lattice, state.by_cell), plan_of(lattice, not state.by_cell)
    frames = len(sequence.log_probs)
    frame = min(state.frame, max(frames - 1, 0))
    return DeskModel(
        result=result,
        sequence=sequence,
        lattice=lattice,
        path=state.path,
        side=side,
        collapse=collapse,
        collapse_model=collapse_model,
        player=present_player.present(state, frames, *plans),
        bars=share_bars(sequence, lattice, frame) if result.request.toy is not None else (),
    )
