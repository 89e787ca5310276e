"""The CTC lattice of one sample, in log space: the plain recursion, to which every faster one is held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.ctc.labels import as_labels, extend, may_skip
from core.ctc.paths import best_path

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import BoolArray, FloatArray, IntArray


@final
@dataclass(frozen=True, eq=False)
class Lattice:
    """All cells (T frames, S = 2U + 1 states) of one sample; T is its own input length.

    Attributes:
        labels: the target, (U,); `blank` is the class of the blank.
        states: the class of each row, (S,); `skip`: whether it may be entered from two rows before.
        emission: log-probability of each row's class in each frame.
        alpha: log-mass of all ways from the start into a cell, its emission included.
        beta: log-mass of all ways from a cell to the end, its emission left out.
        occupancy: share of the whole mass that passes a cell: log occupancy = alpha + beta - log_likelihood.
        log_likelihood: of the target given the frames; the loss is its negative.
        best_path: the row of the likeliest alignment in each frame, (T,); empty if there is none.
        best_log_prob: its log-probability.

    What cannot be reached is -inf. An infeasible sample has log-likelihood -inf and occupancy 0; one with a nan or
    +inf among its emissions has log-likelihood nan.
    """

    labels: IntArray
    blank: int
    states: IntArray
    skip: BoolArray
    emission: FloatArray
    alpha: FloatArray
    beta: FloatArray
    log_likelihood: float
    best_path: IntArray
    best_log_prob: float

    @cached_property
    def occupancy(self) -> FloatArray:
        if self.log_likelihood == -np.inf:
            return _read_only(np.zeros_like(self.alpha))
        with np.errstate(invalid="ignore"):
            return _read_only(np.exp(self.alpha + self.beta - self.log_likelihood))


@np.errstate(invalid="ignore")  # nan is a result here
def lattice_of(log_probs: FloatArray, labels: npt.ArrayLike, blank: int) -> Lattice:
    """The lattice of one sample from its own frames (T, C); labels must be classes of it."""
    labels = frozen(as_labels(labels))
    states = extend(labels, blank)
    skip = may_skip(states)
    emission = log_probs[:, states].astype(np.float64)
    # Read from the last frame and the last state backwards, a lattice is a lattice again.
    alpha = forward(emission, skip) + emission
    beta = forward(emission[::-1, ::-1], may_skip(states[::-1]))[::-1, ::-1]
    path, best = best_path(emission, skip)
    for array in (states, skip, emission, alpha, beta, path):
        array.flags.writeable = False
    return Lattice(labels, blank, states, skip, emission, alpha, beta, _log_likelihood(alpha, emission), path, best)


def forward(emission: FloatArray, skip: BoolArray, before: int | IntArray = 0) -> FloatArray:
    """Log-mass (T, S) that arrives in each cell from the start, before the cell's own emission.

    arriving[t, s] = log(a[s] + a[s - 1] + [skip] a[s - 2]) with a = exp(arriving + emission) of frame t - 1.

    Args:
        emission: log-probability of each state in each frame.
        skip: whether a state may be entered from two before.
        before: the first blank, where a path stands before the first frame; or those of several lattices in one row.
    """
    T, S = emission.shape
    arriving = np.empty((T, S))
    mass = np.full(S + 2, -np.inf)  # two cells of padding before the first state
    stay, advance, two_before = mass[2:], mass[1:-1], mass[:-2]
    stay[before] = 0.0
    jump = np.full(S, -np.inf)
    for row, emitted in zip(arriving, emission, strict=True):
        np.copyto(jump, two_before, where=skip)
        np.logaddexp(stay, advance, row)
        np.logaddexp(row, jump, row)
        np.add(row, emitted, stay)
    return arriving


def _log_likelihood(alpha: FloatArray, emission: FloatArray) -> float:
    """Log-mass of the paths that end in the last blank or in the last label."""
    if len(alpha) == 0:
        return 0.0 if alpha.shape[1] == 1 else -np.inf
    if not emission.max() < np.inf:  # even where no path could have met it
        return np.nan
    return float(np.logaddexp.reduce(alpha[-1, -2:]))


def _read_only(array: FloatArray) -> FloatArray:
    array.flags.writeable = False
    return array
