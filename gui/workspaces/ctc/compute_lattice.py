"""One sequence's lattice, its layers reduced to what an overview can show, its gradients and its segments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, cast, final

import numpy as np

from core.arrays import FloatArray, IntArray
from core.batch import Batch
from core.ctc.lattice import Lattice, lattice_of
from core.ctc.segments import Segment, segments
from core.ctc.sequence import Sequence, sequence_of, sequences_of, toy_sequence
from core.errors import InputError
from core.jobs import Job, Progress
from core.losses.ctc import CTCEvaluation, CTCLoss
from gui.workspaces.ctc.state import Toy
from gui.workspaces.ctc.toy_edits import toy_of

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.ctc.state import CTCState, Truth

MOST_COLUMNS, MOST_ROWS = 640, 480  # of an overview: two for each of its pixels
GAMMA_FLOOR = -60.0  # log γ below this looks like this
_DEFAULT = CTCLoss()


@final
@dataclass(frozen=True, slots=True)
class LatticeRequest:
    """Which sequence under which loss: of a batch, or the one made by hand."""

    loss: CTCLoss
    batch: Batch | None
    toy: Toy | None
    sequence: int


@final
@dataclass(frozen=True, eq=False, slots=True)
class Overviews:
    """The whole lattice at most MOST_ROWS x MOST_COLUMNS large, each (rows, columns): the largest value that falls
    into a place counts, so that no spike is lost; -inf where nothing is reachable.

    Attributes:
        alpha, beta: less the largest of their frame; alpha_log, beta_log: as they are.
        occupancy: its logarithm, at least GAMMA_FLOOR where reachable.
    """

    alpha: FloatArray
    beta: FloatArray
    alpha_log: FloatArray
    beta_log: FloatArray
    occupancy: FloatArray


@final
@dataclass(frozen=True, eq=False)
class Gradients:
    """The gradient of the sequence's own loss, (T, C) each, and what it sums to over the classes of each frame."""

    evaluation: CTCEvaluation

    def of(self, truth: Truth) -> FloatArray:
        """(T, C) by the logits, by free log-probabilities, or what torch returns."""
        evaluation = self.evaluation
        chosen = {"logits": "grad_logits", "log_probs": "grad_log_probs", "torch": "grad"}[truth]
        return cast("FloatArray", getattr(evaluation, chosen))

    @cached_property
    def norm(self) -> float:
        """The length of what torch returns."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.linalg.norm(self.evaluation.grad))


@final
@dataclass(frozen=True, eq=False, slots=True)
class LatticeResult:
    """One sequence; only the refusal where the loss does not take it.

    Attributes:
        count: the sequences of the batch.
        loss: of the sequence alone; what zero_infinity silences is 0.
    """

    request: LatticeRequest
    count: int
    sequence: Sequence | None
    lattice: Lattice | None
    overviews: Overviews | None
    gradients: Gradients | None
    segments: tuple[Segment, ...]
    loss: float
    refusal: InputError | None = None


def request(problem: Problem, state: CTCState, descended: Toy | None = None) -> LatticeRequest:
    """A sequence of the problem's batch if that is one of sequences, else the toy, as it is or `descended`."""
    batch = problem.batch
    if batch is not None and batch.loss.family == "sequence":
        loss = problem.loss if isinstance(problem.loss, CTCLoss) else cast("CTCLoss", batch.loss)
        return LatticeRequest(loss, batch, None, state.sequence)
    toy = descended or toy_of(state)
    loss = problem.loss if isinstance(problem.loss, CTCLoss) else _DEFAULT
    return LatticeRequest(_with_blank(loss, toy.blank), None, toy, 0)


def compute(asked: LatticeRequest) -> Job[LatticeResult]:
    """Emissions, then the lattice, then the gradients; a place to stop lies between them."""
    yield Progress(0.0)
    try:
        count, sequence = sequence_asked(asked)
    except InputError as refusal:
        return LatticeResult(asked, 0, None, None, None, None, (), float("nan"), refusal)
    yield Progress(0.1)
    lattice = lattice_of(sequence.log_probs, sequence.labels, sequence.blank)
    yield Progress(0.6)
    overviews = overviews_of(lattice) if sequence.log_probs.size else None
    yield Progress(0.8)
    evaluation = _evaluation(asked.loss, sequence)
    loss = float(evaluation.value) if evaluation is not None else _loss_without_frames(asked.loss, lattice)
    return LatticeResult(
        request=asked,
        count=count,
        sequence=sequence,
        lattice=lattice,
        overviews=overviews,
        gradients=Gradients(evaluation) if evaluation is not None else None,
        segments=segments(lattice, sequence.names),
        loss=loss,
    )


@np.errstate(invalid="ignore")  # nan among the emissions is a result here
def overviews_of(lattice: Lattice) -> Overviews:
    """The layers of a lattice with at least one frame, small enough to be drawn whole."""
    alpha, beta = lattice.alpha, lattice.beta
    occupancy = alpha + beta
    reached = occupancy > -np.inf
    if lattice.log_likelihood > -np.inf:
        occupancy -= lattice.log_likelihood
    np.maximum(occupancy, GAMMA_FLOOR, out=occupancy, where=reached)
    return Overviews(
        alpha=pooled(_relative(alpha)),
        beta=pooled(_relative(beta)),
        alpha_log=pooled(alpha),
        beta_log=pooled(beta),
        occupancy=pooled(occupancy),
    )


def pooled(layer: FloatArray) -> FloatArray:
    """(T, S) as (rows, columns), at most MOST_ROWS x MOST_COLUMNS: the largest of what shares a place."""
    T, S = layer.shape
    if S > MOST_ROWS:
        layer = np.maximum.reduceat(layer, _starts(S, MOST_ROWS), axis=1)
    if T > MOST_COLUMNS:
        layer = np.maximum.reduceat(layer, _starts(T, MOST_COLUMNS), axis=0)
    return layer.T


def _starts(size: int, places: int) -> IntArray:
    return np.arange(places) * size // places


def _relative(layer: FloatArray) -> FloatArray:
    """Each frame less its largest value; -inf stays."""
    top = layer.max(axis=1, keepdims=True)
    return layer - np.where(np.isfinite(top), top, 0.0)


@lru_cache(maxsize=2)
def _with_blank(loss: CTCLoss, blank: int) -> CTCLoss:
    """The same loss for the same arguments: losses are told apart by identity, and so are requests."""
    return loss if loss.blank == blank else replace(loss, blank=blank)


def sequence_asked(asked: LatticeRequest) -> tuple[int, Sequence]:
    """How many sequences there are, and the one that is asked for; InputError where the loss refuses the batch."""
    if asked.batch is None:
        assert asked.toy is not None
        toy = asked.toy
        return 1, toy_sequence(toy.text, toy.alphabet, toy.logits, toy.blank)
    count = sequences_of(asked.loss, asked.batch)
    return count, sequence_of(asked.loss, asked.batch, min(max(asked.sequence, 0), count - 1))


def _evaluation(loss: CTCLoss, sequence: Sequence) -> CTCEvaluation | None:
    """The loss of this sequence alone, neither divided nor scaled; None where there is no frame to differentiate."""
    T, U = len(sequence.log_probs), len(sequence.labels)
    if T == 0:
        return None
    alone = replace(loss, reduction="sum")
    return alone.evaluate(sequence.log_probs, sequence.labels, T, U)


def _loss_without_frames(loss: CTCLoss, lattice: Lattice) -> float:
    value = 0.0 - lattice.log_likelihood
    return 0.0 if loss.zero_infinity and value == np.inf else value
