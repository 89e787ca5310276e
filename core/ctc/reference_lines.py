"""Two models that learned nothing, to hold a loss against: all classes equally likely, and the input ignored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.ctc.batch import read_batch
from core.ctc.floor_model import floor_of
from core.ctc.labels import adjacent_repeats
from core.ctc.posterior import posterior_of
from core.ctc.vitals import uniform_loss
from core.problem import arguments

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.batch import Batch
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence
    from core.jobs import Job
    from core.losses.ctc import CTCLoss

NEAR = 0.02  # of the floor: as near as training comes to it without using the input
Verdict = Literal["worse", "blind", "learning", "reading", "none"]
READS = 0.5  # below this share of the floor the input is used beyond doubt


@final
@dataclass(frozen=True, eq=False, slots=True)
class ReferenceLines:
    """Mean losses a label over the sequences whose target fits, as CTCLoss's mean divides.

    Attributes:
        uniform: of a model that finds all classes equally likely; `floor`: of the best model that ignores its input.
        model: of the emissions at hand.
        emission: (C,) what that best model says in every frame.
        sequences: how many were counted; the targets of the others do not fit.
        verdict: worse than uniform; blind: the output does not depend on the input; learning, or reading, if it does;
            none where the loss is infinite, or negative as only frames that are no distributions make it.
    """

    uniform: float
    floor: float
    model: float
    emission: FloatArray
    sequences: int
    verdict: Verdict


def reference_lines(loss: CTCLoss, batch: Batch) -> Job[ReferenceLines]:
    """The lines of a batch; InputError where the loss refuses it."""
    log_probs, targets, input_lengths, target_lengths = arguments(loss, batch)
    given = read_batch(log_probs, targets, input_lengths, target_lengths, loss.blank)
    labels = [given.labels_of(n) for n in range(len(given.input_lengths))]
    losses = 0.0 - posterior_of(given).log_likelihood
    return (yield from lines_of(labels, given.input_lengths, losses, loss.blank, given.log_probs.shape[2]))


def lines_of_one(sequence: Sequence, lattice: Lattice) -> Job[ReferenceLines]:
    """The lines of a sequence that stands alone; the best model without an input may know its target by heart."""
    T, C = sequence.log_probs.shape
    losses = np.array([0.0 - lattice.log_likelihood])
    return (yield from lines_of([sequence.labels], np.array([T]), losses, sequence.blank, C))


def lines_of(targets: list[IntArray], frames: IntArray, losses: FloatArray, blank: int, C: int) -> Job[ReferenceLines]:
    """The lines of N sequences: their labels, how many frames each has, and the loss of each."""
    counts = np.array([labels.size for labels in targets])
    repeats = np.array([adjacent_repeats(labels) for labels in targets])
    fits = frames >= counts + repeats
    if not fits.any():
        return ReferenceLines(np.inf, np.inf, np.inf, np.full(C, 1 / C), 0, "none")
    weights = fits / np.maximum(counts, 1) / fits.sum()
    floor = yield from floor_of(targets, frames, blank, C, weights)
    alike = [uniform_loss(int(T), int(U), int(R), C) for T, U, R in zip(frames, counts, repeats, strict=True)]
    uniform, lowest, model = (
        float(each[fits] @ weights[fits]) for each in (np.array(alike), floor.losses, np.asarray(losses))
    )
    said = verdict(model, lowest, uniform)
    return ReferenceLines(uniform, lowest, model, floor.emission, int(fits.sum()), said)


def verdict(model: float, floor: float, uniform: float) -> Verdict:
    """What a loss says beside the two that learned nothing."""
    if not 0 <= model < np.inf or floor <= 0:
        return "none"
    if model > (1 + NEAR) * uniform:
        return "worse"
    if model >= (1 - NEAR) * floor:
        return "blind"
    return "learning" if model >= READS * floor else "reading"
