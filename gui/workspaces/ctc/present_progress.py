"""How far the step-through is: which layer it computes, and which cells of it have their value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

from core.ctc.lattice import Lattice
from core.ctc.steps import StepPlan, steps

if TYPE_CHECKING:
    from core.arrays import BoolArray
    from core.ctc.steps import Phase
    from gui.workspaces.ctc.state import CTCState, Mode

LAYERS: dict[Phase, Mode] = {
    "initialise": "alpha",
    "forward": "alpha",
    "terminate": "alpha",
    "backward": "beta",
    "occupancy": "occupancy",
    "gradient": "gradient",
    "collapse": "path",
}


@final
@dataclass(frozen=True, eq=False, slots=True)
class Progressed:
    """A step.

    Attributes:
        mode: the layer that it computes, which is the one shown.
        revealed: (T, S) the cells of it that have their value; frames: (T,) those whose gradient is known.
        shares, path: whether the posterior of the moves, and the best path, are known.
        focus: the cell computed last, None if it was more than one; hidden: whether its number waits for a guess.
    """

    mode: Mode
    revealed: BoolArray
    frames: BoolArray
    shares: bool
    path: bool
    focus: tuple[int, int] | None
    hidden: bool


def progressed(lattice: Lattice, state: CTCState) -> Progressed | None:
    """The step that the state is at; None outside the step-through."""
    if state.step is None:
        return None
    plan = plan_of(lattice, state.by_cell)
    k = min(max(state.step, 0), plan.count - 1)
    step, known = plan.at(k), plan.revealed(k)
    mode = LAYERS[step.phase]
    layers = {"alpha": known.alpha, "beta": known.beta}
    focus = None if step.frame is None or step.row is None else (step.frame, step.row)
    return Progressed(
        mode=mode,
        revealed=layers.get(mode, known.occupancy),
        frames=known.gradient,
        shares=step.phase in ("gradient", "collapse"),
        path=known.path,
        focus=focus,
        hidden=state.predict and state.guess is None and step.result is not None,
    )


@lru_cache(maxsize=2)
def plan_of(lattice: Lattice, by_cell: bool) -> StepPlan:
    """All steps; those of the last lattice are kept, by column and by cell."""
    return steps(lattice, by_cell)
