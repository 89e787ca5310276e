"""The best model that ignores its input: one emission for all frames, fitted to a batch's targets.

With one emission q in every frame the order of the labels does not matter. State s of the lattice emits k frames with
weight q_s^k, so the likelihood of T frames is the coefficient of z^T in the product of the states' geometric series:

    P = (prod of q over labels) q_blank^R h_K,   h_K: coefficient of z^K in prod over classes 1 / (1 - q_c z)^m_c,

with K = T - U - R frames to spare and m_c the rows of the lattice that emit c. From the logarithmic derivative,
k h_k = sum over c of m_c A_k(c) with A_k(c) = sum over i of q_c^i h_{k - i}, and A_{k + 1} = q (A_k + h_k): no lattice
is needed, and m_c A_K(c) / h_K is the number of spare frames that the posterior gives to c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.labels import adjacent_repeats
from core.jobs import Job, Progress

if TYPE_CHECKING:
    from collections.abc import Sequence as Many

    from core.arrays import BoolArray, FloatArray, IntArray

ITERATIONS = 200
TOLERANCE = 1e-6  # of the mean loss; the 2 % that it is compared with are far above
LARGEST = 1e200  # beyond it the recursion is scaled down
FRAMES_A_YIELD = 256


@final
@dataclass(frozen=True, eq=False)
class Floor:
    """The best emission without an input, and what it costs.

    Attributes:
        emission: (C,) the probabilities, the same in every frame; 0 for classes that no target uses.
        losses: (N,) of each sequence, inf where the target does not fit.
        iterations: of EM, until the loss stood still.
    """

    emission: FloatArray
    losses: FloatArray
    iterations: int


@final
@dataclass(frozen=True, eq=False)
class _Targets:
    """Feasible targets, those with most frames to spare first; D classes are used.

    Attributes:
        classes: (D,) ascending; `blank`: which of them is the blank.
        fixed: (N, D) frames that every alignment gives to a class: its labels, and blanks between repeats.
        rows: (N, D) m_c, rows of the lattice that emit it.
        spare: (N,) K; `weights`: (N,) of each loss in what is minimised.
        place: (N,) which sequence it is.
    """

    classes: IntArray
    blank: int
    fixed: FloatArray
    rows: FloatArray
    spare: IntArray
    weights: FloatArray
    place: IntArray


def floor_of(
    targets: Many[IntArray], frames: IntArray, blank: int, C: int, weights: FloatArray | None = None
) -> Job[Floor]:
    """Fit by EM, from two starts, and keep the better.

    `targets` are the labels of each sequence, `frames` (N,) how many frames each has, and `weights` (N,) those of the
    losses in what is minimised, all 1 if None.
    """
    N = len(targets)
    given = _targets(targets, frames, blank, np.ones(N) if weights is None else weights)
    losses = np.full(N, np.inf)
    if given.place.size == 0:
        return Floor(np.full(C, 1 / C), losses, 0)
    best, best_losses, iterations = np.empty(0), np.full(given.place.size, np.inf), 0
    for start in _starts(given):
        q, found, steps = yield from _fitted(start, given)
        if found @ given.weights < best_losses @ given.weights or best.size == 0:
            best, best_losses, iterations = q, found, steps
    emission = np.zeros(C)
    emission[given.classes] = best
    losses[given.place] = best_losses
    return Floor(emission, losses, iterations)


def _targets(targets: Many[IntArray], frames: IntArray, blank: int, weights: FloatArray) -> _Targets:
    repeats = np.array([adjacent_repeats(labels) for labels in targets], dtype=np.int64)
    counts = np.array([labels.size for labels in targets], dtype=np.int64)
    spare = np.asarray(frames) - counts - repeats
    place = np.argsort(-spare, kind="stable")
    place = place[spare[place] >= 0]
    used: list[IntArray] = [targets[n] for n in place.tolist()]
    classes: IntArray = np.unique(np.concatenate([np.array([blank]), *used]))
    rows = np.zeros((len(used), classes.size))
    for counted, labels in zip(rows, used, strict=True):
        np.add.at(counted, np.searchsorted(classes, labels), 1.0)
    fixed = rows.copy()
    at = int(np.searchsorted(classes, blank))
    fixed[:, at] += repeats[place]
    rows[:, at] += counts[place] + 1
    return _Targets(classes, at, fixed, rows, spare[place], np.asarray(weights, dtype=np.float64)[place], place)


def _starts(given: _Targets) -> tuple[FloatArray, FloatArray]:
    """All classes alike, and mostly blank: EM finds the nearest summit, and these are the two that matter."""
    D = given.classes.size
    share = (given.weights[:, None] * given.fixed).sum(axis=0) + 1e-9
    share[given.blank] += given.weights @ given.spare
    return np.full(D, 1 / D), share / share.sum()


def _fitted(q: FloatArray, given: _Targets) -> Job[tuple[FloatArray, FloatArray, int]]:
    """EM from one start: each step gives every class its expected share of the frames."""
    losses, counts = yield from _expected(q, given)
    value = losses @ given.weights
    for step in range(1, ITERATIONS + 1):
        share = given.weights @ counts
        total = share.sum()
        if total == 0:  # no frames, or no weight: nothing to fit
            return q, losses, step
        q = share / total
        losses, counts = yield from _expected(q, given)
        before, value = value, losses @ given.weights
        if not before - value > TOLERANCE * abs(value):
            return q, losses, step
    return q, losses, ITERATIONS


def _expected(q: FloatArray, given: _Targets) -> Job[tuple[FloatArray, FloatArray]]:
    """The losses (N,), and how many frames (N, D) the posterior gives to each class."""
    used = given.rows > 0
    top = np.where(used, q, 0.0).max(axis=1, initial=0.0)
    # Powers of q / top neither vanish nor grow, whatever the number of frames.
    ratio = np.where(used, q, 0.0) / top[:, None]
    flow, h = np.zeros_like(ratio), np.ones((len(top), 1))
    scale = np.zeros(len(top))
    for k in range(1, int(given.spare.max()) + 1):
        n = int(np.searchsorted(-given.spare, -k, side="right"))  # the others are done
        flow[:n] = ratio[:n] * (flow[:n] + h[:n])
        h[:n, 0] = np.einsum("nd,nd->n", given.rows[:n], flow[:n]) / k
        if k % 16 == 0:
            _scale_down(flow[:n], h[:n], scale[:n])
        if k % FRAMES_A_YIELD == 0:
            yield Progress(0.0)
    yield Progress(0.0)
    log_q = np.log(q, where=q > 0, out=np.zeros_like(q))  # a class at 0 is one that no frame needs
    losses = 0.0 - (given.fixed @ log_q + given.spare * np.log(top) + np.log(h[:, 0]) + scale)
    return losses, given.fixed + given.rows * flow / h


def _scale_down(flow: FloatArray, h: FloatArray, scale: FloatArray) -> None:
    large: BoolArray = h[:, 0] > LARGEST
    if large.any():
        scale[large] += np.log(h[large, 0])
        flow[large] /= h[large]
        h[large] = 1.0
