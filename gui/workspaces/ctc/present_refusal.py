"""Where no alignment has any probability: how far paths come, how many frames are missing, and what would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.labels import adjacent_repeats, frames_needed, repeats
from core.losses.ctc import CTCLoss
from core.params import with_param
from core.text import Text, say
from core.what_if import kept_samples
from gui.edit import Edit
from gui.kit.lattice_figures import COMPLETE, FROM_START, TO_END
from gui.kit.lattice_refusal_figure import NeededFrame, RefusalFigure, Remedy
from gui.workspaces.ctc.class_names import BLANK, written
from gui.workspaces.ctc.toy_edits import MOST_FRAMES, set_frames

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence
    from core.problem import Problem
    from gui.workspaces.ctc.present_lattice import LatticeModel
    from gui.workspaces.ctc.state import CTCState

MOST_NEEDED = 40  # frames that are listed one by one


@final
@dataclass(frozen=True, slots=True)
class Action:
    """What a remedy's button does: one of the two, or nothing."""

    problem: Edit[Problem] | None = None
    state: Edit[CTCState] | None = None


def reach(lattice: Lattice) -> IntArray:
    """(T, S) whether a path from the start comes to a cell, whether one from it ends well, both, or 0 for neither."""
    from_start = lattice.alpha > -np.inf
    to_end = lattice.beta + lattice.emission > -np.inf
    return FROM_START * from_start + TO_END * to_end


def refusal(model: LatticeModel) -> RefusalFigure:
    """Words for a sequence without any alignment."""
    sequence, T = model.sequence, model.frames
    U, R, needed = len(sequence.labels), adjacent_repeats(sequence.labels), frames_needed(sequence.labels)
    complete = int(np.count_nonzero(reach(model.lattice) == COMPLETE))
    short = needed > T
    caption = say("ctc", "{U} symbols and {R} blanks (dashed) that repeats force", U=U, R=R)
    if not R:
        caption = say("ctc", "{U} symbols, none of them twice in a row", U=U)
    return RefusalFigure(
        title=say("ctc", "No path fits: the loss is +∞") if not _silenced(model) else say("ctc", "No path fits"),
        sentence=_sentence(model, needed),
        remedies_title=say("ctc", "What to do"),
        remedies=tuple(remedy for remedy, _ in remedies(model)),
        legend=(
            (FROM_START, say("ctc", "reached from the start")),
            (TO_END, say("ctc", "can still reach the end")),
            (COMPLETE, say("ctc", "on a complete path: {count}", count=complete or say("ctc", "none"))),
        ),
        needed_title=say("ctc", "needed"),
        needed=_needed(sequence, T) if short and needed <= MOST_NEEDED else (),
        verdict=say("ctc", "{needed} frames needed, {T} given", needed=needed, T=T),
        caption=caption,
    )


def remedies(model: LatticeModel) -> tuple[tuple[Remedy, Action], ...]:
    """What would mend it, the surest first."""
    sequence, T = model.sequence, model.frames
    needed, there = frames_needed(sequence.labels), T + len(sequence.unread)
    found: list[tuple[Remedy, Action]] = []
    if needed > T:
        found += _more_frames(model, needed, there)
        shorten = say("ctc", "Shorten the target to fit {T} frames.", T=T)
        found.append((Remedy(shorten, None), Action()))
    else:
        text = say("ctc", "Look for log-probabilities of −inf at symbols of the target.")
        found.append((Remedy(text, None), Action()))
    if not _silenced(model):
        text = say("ctc", "Or set zero_infinity: this sequence then adds 0 to loss and gradient, and hides the fault.")
        found.append((Remedy(text, say("ctc", "zero_infinity = True")), Action(problem=_silence())))
    return tuple(found)


def _more_frames(model: LatticeModel, needed: int, there: int) -> list[tuple[Remedy, Action]]:
    if model.result.request.batch is None:
        if needed > MOST_FRAMES:
            return []
        text = say("ctc", "Give the toy {needed} frames.", needed=needed)
        return [(Remedy(text, say("ctc", "{needed} frames", needed=needed)), Action(state=set_frames(needed)))]
    if there >= needed:
        text = say("ctc", "The array holds {there} frames. Set input_lengths to {there}.", there=there)
        button = say("ctc", "Set input_lengths = {there}", there=there)
        return [(Remedy(text, button), Action(problem=_read_all(model.sequence.index, there)))]
    text = say("ctc", "Subsample less: the array holds only {there} frames.", there=there)
    return [(Remedy(text, None), Action())]


def _sentence(model: LatticeModel, needed: int) -> Text:
    T = model.frames
    if needed <= T:
        return say("ctc", "{T} frames are enough for {needed}, but every alignment meets a probability of 0.",
                   T=T, needed=needed)  # fmt: skip
    if _silenced(model):
        return say("ctc", "The target needs at least {needed} frames, and {T} are given. zero_infinity is on, "
                   "so PyTorch returns 0 for loss and gradient.", needed=needed, T=T)  # fmt: skip
    return say("ctc", "The target needs at least {needed} frames, and {T} are given. With zero_infinity off, "
               "PyTorch returns inf and the gradient is nan.", needed=needed, T=T)  # fmt: skip


def _silenced(model: LatticeModel) -> bool:
    return model.result.request.loss.zero_infinity


def _needed(sequence: Sequence, T: int) -> tuple[NeededFrame, ...]:
    frames: list[tuple[str, bool]] = []
    for label, again in zip(sequence.labels.tolist(), repeats(sequence.labels).tolist(), strict=True):
        if again:
            frames.append((BLANK, True))
        frames.append((written(sequence, label), False))
    return tuple(NeededFrame(name, forced, place >= T) for place, (name, forced) in enumerate(frames))


def _read_all(index: int, frames: int) -> Edit[Problem]:
    def update(problem: Problem) -> Problem:
        base = problem.base
        if base is None or base.input_lengths is None:
            return problem
        lengths = base.input_lengths.copy()
        lengths.reshape(-1)[kept_samples(base, problem.what_if)[index]] = frames
        return replace(problem, base=replace(base, input_lengths=lengths))

    return Edit(say("ctc", "Set input_lengths to {frames}", frames=frames), update)


def _silence() -> Edit[Problem]:
    def update(problem: Problem) -> Problem:
        if not isinstance(problem.loss, CTCLoss):
            return problem
        return replace(problem, loss=with_param(problem.loss, "zero_infinity", True))

    return Edit(say("ctc", "Set zero_infinity"), update)
