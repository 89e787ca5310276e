"""All sequences of a batch: what each costs, and whether its target fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, final

import numpy as np

from core.batch import Batch
from core.ctc.labels import frames_needed
from core.ctc.sequence import sequence_of
from core.ctc.spelling import spelled
from core.jobs import Job, Progress
from core.losses.ctc import CTCEvaluation, CTCLoss
from core.problem import evaluate

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.problem import Problem


@final
@dataclass(frozen=True, slots=True)
class SequencesRequest:
    """A batch, and the loss that reads it."""

    loss: CTCLoss
    batch: Batch


@final
@dataclass(frozen=True, eq=False, slots=True)
class SequencesResult:
    """N sequences.

    Attributes:
        value: the batch's loss, reduced.
        losses: (N,) each sequence's own; frames, labels, needed: (N,) T, U, and the frames of the shortest alignment.
        texts: the targets, spelled.
    """

    value: FloatArray
    losses: FloatArray
    frames: IntArray
    labels: IntArray
    needed: IntArray
    texts: tuple[str, ...]

    @property
    def slack(self) -> IntArray:
        """Frames beyond those that the shortest alignment needs; below 0 none exists."""
        return self.frames - self.needed


def request(problem: Problem) -> SequencesRequest | None:
    """The problem's batch, if CTCLoss reads it."""
    if problem.batch is None or not isinstance(problem.loss, CTCLoss) or problem.batch.loss.family != "sequence":
        return None
    return SequencesRequest(problem.loss, problem.batch)


def compute(asked: SequencesRequest) -> Job[SequencesResult]:
    """One pass of the loss over the batch; InputError where it refuses."""
    yield Progress(0.0)
    evaluation = cast("CTCEvaluation", evaluate(asked.loss, asked.batch))
    yield Progress(0.7)
    read = evaluation.batch
    count = len(read.input_lengths)
    labels = [read.labels_of(n) for n in range(count)]
    texts: tuple[str, ...] = ()
    if count:
        one = sequence_of(asked.loss, asked.batch, 0)
        texts = tuple(spelled(own, one.names, one.separator) for own in labels)
    return SequencesResult(
        value=np.asarray(evaluation.value),
        losses=np.atleast_1d(evaluation.elements).astype(np.float64),
        frames=read.input_lengths,
        labels=read.target_lengths,
        needed=np.array([frames_needed(own) for own in labels], dtype=np.int64),
        texts=texts,
    )
