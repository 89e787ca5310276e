"""What a pass over the lattices of a batch gives: log-likelihoods, and the share of each class in each frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.ctc import linear, log_space
from core.ctc.plan import plan_of

if TYPE_CHECKING:
    from core.arrays import BoolArray, FloatArray, IntArray
    from core.ctc.batch import Batch
    from core.ctc.plan import Plan

NOBODY, NO_LABEL = frozen(np.zeros(0, np.int64)), frozen(np.zeros(0))


@final
@dataclass(frozen=True, eq=False)
class Posterior:
    """One pass over a batch, for T' frames: as many as the longest sample has, and at least one.

    Attributes:
        log_likelihood: of each sample, (N,); -inf where no path exists.
        columns: the classes that samples use, as places in a frame's N x C values, (K,); `owner`: their samples.
        probs: the probability of each of them in each frame, (T', K).
        occupancy: the share of all paths that emit it there, (T', K); 0 without any path.
        blank_ended: the samples whose last label is the blank; `last_label`: the share of that label in the last frame.

    A nan or +inf among the emissions that a target uses makes all of its sample nan.
    """

    log_likelihood: FloatArray
    columns: IntArray
    owner: IntArray
    probs: FloatArray
    occupancy: FloatArray
    blank_ended: IntArray
    last_label: FloatArray


def posterior_of(batch: Batch) -> Posterior:
    """Forward and backward over a batch: in probabilities where that is proven exact, in log space elsewhere."""
    plan = plan_of(batch.labels, batch.target_lengths, batch.blank, batch.log_probs.shape[2])
    log_probs = _gathered(batch, plan)
    with np.errstate(over="ignore"):  # raw logits, which are not certified
        probs = np.exp(log_probs)
    possible = batch.input_lengths >= plan.fewest_frames
    if possible.any():
        log_likelihood, occupancy, certified = linear.forward_backward(log_probs, probs, plan)
        certified &= possible
    else:
        log_likelihood, occupancy, certified = np.empty(possible.shape), np.empty(probs[:, :-1].shape), possible
    if not certified.all():
        _replace(~certified, possible, batch, plan, log_probs, log_likelihood, occupancy)
    return _merged(batch, plan, log_likelihood, probs[:, :-1], occupancy)


def _gathered(batch: Batch, plan: Plan) -> FloatArray:
    """Log-probabilities of the plan's columns, and of one more that is always empty, (T', K + 1).

    After its last frame a sample sees nothing but blanks, and those for certain. That changes none of its sums, for the
    only path from there to the end waits in the last blank. So no sample has an end of its own.
    """
    T = max(int(batch.input_lengths.max()), 1)
    gathered = np.empty((T, len(plan.columns) + 1))
    gathered[:, -1] = -np.inf
    gathered[:, :-1] = batch.log_probs[:T].reshape(T, -1).take(plan.columns, axis=1)
    if batch.input_lengths.min() < T:
        after = np.full(len(plan.columns), -np.inf)
        after[plan.between] = 0.0
        np.copyto(gathered[:, :-1], after, where=np.arange(T)[:, None] >= batch.input_lengths[plan.owner])
    return gathered


def _replace(
    failed: BoolArray,
    possible: BoolArray,
    batch: Batch,
    plan: Plan,
    log_probs: FloatArray,
    log_likelihood: FloatArray,
    occupancy: FloatArray,
) -> None:
    """Write the results of the failed samples: nan, impossible, or computed in log space."""
    doubtful, spoiled = failed & possible, None
    if not log_probs.max() < np.inf:
        spoiled = ~(np.maximum.reduceat(log_probs.max(axis=0)[:-1], plan.column_starts) < np.inf)
        doubtful &= ~spoiled
    log_likelihood[failed] = -np.inf
    if doubtful.all():
        log_likelihood[:], occupancy[:] = log_space.forward_backward(log_probs, plan)
    elif doubtful.any():
        columns = doubtful[plan.owner]
        labels = batch.labels[np.repeat(doubtful, batch.target_lengths)]
        own = plan_of(labels, batch.target_lengths[doubtful], batch.blank, batch.log_probs.shape[2])
        redone = log_space.forward_backward(log_probs[:, np.append(columns, True)], own)
        log_likelihood[doubtful], occupancy[:, columns] = redone
    hopeless = log_likelihood == -np.inf
    if hopeless.any():
        occupancy[:, hopeless[plan.owner]] = 0.0
    if spoiled is not None and spoiled.any():
        log_likelihood[spoiled] = np.nan
        occupancy[:, spoiled[plan.owner]] = np.nan


def _merged(
    batch: Batch, plan: Plan, log_likelihood: FloatArray, probs: FloatArray, occupancy: FloatArray
) -> Posterior:
    """One column a class: where the blank is given as a label too, both its columns are added."""
    second = plan.second
    if second.size == 0:
        return Posterior(log_likelihood, plan.columns, plan.owner, probs, occupancy, NOBODY, NO_LABEL)
    owner = plan.owner[second]
    ends = np.cumsum(batch.target_lengths)[owner]
    ended = batch.labels[ends - 1] == batch.blank
    frames = np.maximum(batch.input_lengths[owner], 1) - 1
    last_label = occupancy[frames, second]
    occupancy[:, second - 1] += occupancy[:, second]
    kept = np.delete(np.arange(len(plan.columns)), second)
    return Posterior(
        log_likelihood,
        plan.columns[kept],
        plan.owner[kept],
        probs[:, kept],
        occupancy[:, kept],
        owner[ended],
        last_label[ended],
    )
