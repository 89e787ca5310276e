"""One sequence's lattice with what the state says of it; the figures of its parts are made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.given_path import follow
from core.ctc.labels import adjacent_repeats, frames_needed
from core.explain.frame import strip as sequence_strip
from core.explain.note import Note
from core.text import say
from gui.kit.empty_state import EmptyState
from gui.workspaces.ctc.class_names import written
from gui.workspaces.ctc.present_emission import truth_caption
from gui.workspaces.ctc.present_progress import Progressed, progressed

if TYPE_CHECKING:
    from core.arrays import BoolArray, IntArray
    from core.ctc.compare import Comparison
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence
    from core.explain.formula import Strip
    from core.problem import Problem
    from gui.workspaces.ctc.compute_lattice import LatticeResult
    from gui.workspaces.ctc.state import CTCState, Mode, Truth


@final
@dataclass(frozen=True, eq=False, slots=True)
class LatticeModel:
    """All that the lattice's view shows; nothing of it where `empty` says why.

    Attributes:
        mode: the layer shown: the state's, or in the step-through the one that is computed.
        frame: the playhead, on a frame that exists.
        given: (T,) the row of the path edited by hand, -1 after it left the lattice at `stop`; None if none is.
        sampled: how many alignments drawn from the posterior are shown.
        differs: (T, S) where somebody else's alpha is another, or None.
        value, gradient_norm: of the sequence's own loss.
    """

    result: LatticeResult
    mode: Mode
    truth: Truth
    frame: int
    pinned: tuple[tuple[int, int], ...]
    progressed: Progressed | None
    given: IntArray | None
    stop: int | None
    empty: EmptyState | None
    strip: Strip | None
    notes: tuple[Note, ...]
    value: float
    gradient_norm: float
    sampled: int = 0
    differs: BoolArray | None = None

    @property
    def sequence(self) -> Sequence:
        """Only where `empty` is None."""
        assert self.result.sequence is not None
        return self.result.sequence

    @property
    def lattice(self) -> Lattice:
        """Only where `empty` is None."""
        assert self.result.lattice is not None
        return self.result.lattice

    @property
    def frames(self) -> int:
        """T."""
        return 0 if self.result.sequence is None else len(self.result.sequence.log_probs)

    @property
    def states(self) -> int:
        """S."""
        return 0 if self.result.lattice is None else self.result.lattice.states.size

    @property
    def fits(self) -> bool:
        """Whether any alignment has a probability, as far as that is a number."""
        return self.lattice.log_likelihood != -np.inf


def present(
    _problem: Problem, state: CTCState, result: LatticeResult, comparison: Comparison | None = None
) -> LatticeModel:
    """The result under the state; cells and frames that it lacks are left out."""
    sequence, lattice = result.sequence, result.lattice
    empty = _empty(result)
    frame, pinned, given, stop, step = 0, (), None, None, None
    if sequence is not None and lattice is not None and empty is None:
        T, S = lattice.alpha.shape
        frame = min(max(state.frame, 0), T - 1)
        pinned = tuple((t, s) for t, s in state.pinned if 0 <= t < T and 0 <= s < S)
        given, stop = _given(sequence, state.path)
        step = progressed(lattice, state)
    return LatticeModel(
        result=result,
        mode=state.mode if step is None else step.mode,
        truth=state.truth,
        frame=frame,
        pinned=pinned,
        progressed=step,
        given=given,
        stop=stop,
        empty=empty,
        strip=None if empty is not None else _strip(result, frame),
        notes=() if empty is not None else _notes(result, state.truth),
        value=result.loss,
        gradient_norm=float("nan") if result.gradients is None else result.gradients.norm,
        sampled=state.sampled,
        differs=None if comparison is None or comparison.first is None else comparison.differs,
    )


def _empty(result: LatticeResult) -> EmptyState | None:
    if result.refusal is not None:
        return EmptyState(result.refusal.problem, result.refusal.remedy)
    if result.sequence is None or not len(result.sequence.log_probs):
        return EmptyState(
            say("ctc", "There is no frame to show: the sequence has input length 0."),
            say("ctc", "Its loss is 0 if its target is empty too, else inf."),
        )
    return None


def _given(sequence: Sequence, path: tuple[int, ...] | None) -> tuple[IntArray | None, int | None]:
    T, C = sequence.log_probs.shape
    if path is None or len(path) != T or not all(0 <= cls < C for cls in path):
        return None, None
    followed = follow(path, sequence.labels, sequence.blank, sequence.names)
    rows = np.full(T, -1)
    rows[: len(followed.rows)] = followed.rows
    return rows, followed.stop


def _strip(result: LatticeResult, frame: int) -> Strip:
    """The formula, with the gradient at the class where it is steepest in the playhead's frame."""
    sequence, lattice = result.sequence, result.lattice
    assert sequence is not None
    assert lattice is not None
    with np.errstate(over="ignore"):
        probs = np.exp(sequence.log_probs[frame])
    occupancy = np.zeros(probs.size)
    np.add.at(occupancy, lattice.states, lattice.occupancy[frame])
    steepest = int(np.argmax(np.abs(np.nan_to_num(probs - occupancy))))
    name = written(sequence, steepest)
    return sequence_strip(lattice.log_likelihood, name, frame, float(probs[steepest]), float(occupancy[steepest]))


def _notes(result: LatticeResult, truth: Truth) -> tuple[Note, ...]:
    """Whether the target fits, and which derivative the gradient is."""
    sequence = result.sequence
    assert sequence is not None
    values = {
        "T": len(sequence.log_probs),
        "U": len(sequence.labels),
        "R": adjacent_repeats(sequence.labels),
        "needed": frames_needed(sequence.labels),
    }
    if values["T"] < values["needed"]:
        message = say("ctc", "{U} labels and {R} repeats need {needed} frames; {T} are given.", **values)
        return (Note("error", say("ctc", "No alignment fits"), message),)
    message = say("ctc", "{U} labels and {R} repeats need {needed} frames; {T} are given.", **values)
    feasible = Note("ok", say("ctc", "Feasible"), message)
    if truth == "logits":
        return (feasible,)
    return (feasible, Note("hint", say("ctc", "Another derivative is shown"), truth_caption(truth)))
