"""One sequence of a CTC batch: probabilities, posterior and gradient in every frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast, final

import numpy as np

from core.arrays import Array, FloatArray, IntArray
from core.batch import Batch
from core.ctc.labels import adjacent_repeats, frames_needed
from core.errors import InputError
from core.jobs import Job, Progress
from core.losses import Loss
from core.losses.ctc import CTCEvaluation
from core.problem import evaluate
from core.rows import rows_of
from core.toy_ctc import toy_batch

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.explore.state import ExploreState

MOST_ROWS = 24
LEAST_PEAK = 0.005  # a class that never gets more than this has no row, unless the target asks for it
MOST_COLUMNS = 1600  # of the picture: two for each pixel


@final
@dataclass(frozen=True, slots=True)
class FrameRequest:
    """Which sequence of which batch; the frame is chosen afterwards."""

    loss: Loss
    batch: Batch
    is_toy: bool
    sequence: int


@final
@dataclass(frozen=True, eq=False, slots=True)
class SequenceResult:
    """One sequence.

    Attributes:
        sequence: its number; T: its frames; labels: (U,) its target.
        log_probs: (T, C); gradient: (T, C) of its own loss, as torch returns it.
        symbols: (K,) classes that have a row: blank, target, then others; probs: (K, columns) for the picture.
        used: (M,) classes of the lattice; occupancy: (T, M) their posterior.
        picture: (height, width) what the model saw, or None; per_frame: its columns in a frame.
    """

    sequence: int
    labels: IntArray
    repeats: int
    needed: int
    loss: float
    log_likelihood: float
    log_probs: FloatArray
    gradient: FloatArray
    gradient_norm: float
    symbols: IntArray
    probs: FloatArray
    used: IntArray
    occupancy: FloatArray
    picture: Array | None
    per_frame: float

    @property
    def frames(self) -> int:
        """T."""
        return len(self.log_probs)


@final
@dataclass(frozen=True, eq=False, slots=True)
class FrameResult:
    """The batch's value and the chosen sequence; only the refusal where the loss does not take the batch.

    Attributes:
        order: (N,) the sequences, the largest loss first.
    """

    request: FrameRequest
    evaluation: CTCEvaluation | None
    order: IntArray
    chosen: SequenceResult | None
    refusal: InputError | None = None


def request(problem: Problem, state: ExploreState) -> FrameRequest:
    """The problem's batch if it is one of sequences, else a small example."""
    batch = problem.batch
    if batch is not None and batch.loss.family == "sequence":
        return FrameRequest(problem.loss, batch, False, state.frame.sequence)
    return FrameRequest(problem.loss, toy_batch(), True, 0)


def compute(asked: FrameRequest) -> Job[FrameResult]:
    """All sequences once, then everything about one of them. A place to stop lies between the two."""
    yield Progress(0.0)
    try:
        evaluation = _evaluated(asked.loss, asked.batch)
    except InputError as refusal:
        return FrameResult(asked, None, np.empty(0, np.intp), None, refusal)
    yield Progress(0.7)
    order = rows_of(asked.loss, asked.batch, evaluation).order
    sequence = min(max(asked.sequence, 0), len(evaluation.batch.input_lengths) - 1)
    if sequence < 0:
        return FrameResult(asked, evaluation, order, None)
    return FrameResult(asked, evaluation, order, _sequence(asked.batch, evaluation, sequence))


@lru_cache(maxsize=1)
def _evaluated(loss: Loss, batch: Batch) -> CTCEvaluation:
    """The last batch, so that another of its sequences costs little."""
    return cast("CTCEvaluation", evaluate(loss, batch))


def _sequence(batch: Batch, evaluation: CTCEvaluation, n: int) -> SequenceResult:
    read = evaluation.batch
    frames = int(read.input_lengths[n])
    log_probs, labels = read.log_probs[:frames, n], read.labels_of(n)
    gradient = _own_gradient(evaluation, n, frames)
    used, occupancy = _occupancy(evaluation, n, frames)
    symbols = _symbols(log_probs, labels, read.blank)
    with np.errstate(over="ignore", invalid="ignore"):
        probs = _pooled(np.exp(log_probs[:, symbols].T.astype(np.float64)))
        norm = float(np.linalg.norm(gradient.astype(np.float64)))
    picture, per_frame = _picture(batch, n, frames, len(read.log_probs))
    return SequenceResult(
        sequence=n,
        labels=labels,
        repeats=adjacent_repeats(labels),
        needed=frames_needed(labels),
        loss=float(evaluation.elements.ravel()[n]),
        log_likelihood=float(evaluation.posterior.log_likelihood[n]),
        log_probs=log_probs,
        gradient=gradient,
        gradient_norm=norm,
        symbols=symbols,
        probs=probs,
        used=used,
        occupancy=occupancy,
        picture=picture,
        per_frame=per_frame,
    )


def _own_gradient(evaluation: CTCEvaluation, n: int, frames: int) -> FloatArray:
    """(T, C) torch's gradient of the sequence's own loss: the reduction's factor taken out, nan and 0 left in."""
    grad = evaluation.grad if evaluation.grad.ndim == 3 else evaluation.grad[:, None]
    factor = float(evaluation.upstream[n])
    own = grad[:frames, n]
    return own / own.dtype.type(factor) if factor else own


def _occupancy(evaluation: CTCEvaluation, n: int, frames: int) -> tuple[IntArray, FloatArray]:
    """The classes of the sequence's lattice, and the share of its paths that emit each of them in each frame."""
    posterior = evaluation.posterior
    own = posterior.owner == n
    return posterior.columns[own] - n * evaluation.batch.log_probs.shape[2], posterior.occupancy[:frames, own]


def _symbols(log_probs: FloatArray, labels: IntArray, blank: int) -> IntArray:
    """Blank, the target's symbols as they first come, then other classes in the order of their peaks."""
    fixed = list(dict.fromkeys([blank, *(int(c) for c in labels)]))[:MOST_ROWS]
    if not len(log_probs):
        return np.array(fixed)
    peaks = np.nan_to_num(log_probs.max(axis=0), nan=-np.inf)
    peaks[fixed] = -np.inf
    likely = [int(c) for c in np.argsort(-peaks, kind="stable")[: MOST_ROWS - len(fixed)]]
    others = [c for c in likely if peaks[c] > np.log(LEAST_PEAK)]
    return np.array(fixed + sorted(others, key=lambda c: int(log_probs[:, c].argmax())))


def _pooled(probs: FloatArray) -> FloatArray:
    """At most MOST_COLUMNS columns: where frames share one, the largest probability counts, so that no peak is lost."""
    frames = probs.shape[1]
    if frames <= MOST_COLUMNS:
        return probs
    starts = np.arange(MOST_COLUMNS) * frames // MOST_COLUMNS
    return np.maximum.reduceat(probs, starts, axis=1)


def _picture(batch: Batch, n: int, frames: int, longest: int) -> tuple[Array | None, float]:
    """The part of the picture that belongs to the sequence's frames; its frames are of equal width."""
    image = batch.extras.get("image")
    if image is not None and image.ndim == 3 and n < len(image):
        image = image[n]
    if image is None or image.ndim != 2 or not image.size or not frames:
        return None, 1.0
    per_frame = image.shape[1] / longest
    per_frame = float(round(per_frame)) if per_frame >= 1 else per_frame
    return image[:, : round(frames * per_frame)], per_frame
