"""Targets as the lattice sees them: blanks between labels, skips, repeats, and which cells a path can use."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import BoolArray, IntArray


def extend(labels: npt.ArrayLike, blank: int) -> IntArray:
    """The S = 2U + 1 states of a target: its U labels with a blank before, between and after them.

    >>> extend([3, 1], blank=0).tolist()
    [0, 3, 0, 1, 0]
    """
    given = as_labels(labels)
    states = np.full(2 * given.size + 1, blank, dtype=np.int64)
    states[1::2] = given
    return states


def may_skip(states: IntArray) -> BoolArray:
    """Whether a path may step from state s - 2 straight to state s.

    The rule is PyTorch's: the two labels differ. Blanks are two apart, so none is ever skipped to; a blank given as
    a label is treated like any other label.
    """
    allowed = np.zeros(states.shape, dtype=np.bool_)
    np.not_equal(states[2:], states[:-2], out=allowed[2:])
    return allowed


def adjacent_repeats(labels: npt.ArrayLike) -> int:
    """R, the number of neighbours that are equal: each needs a blank between them.

    >>> adjacent_repeats([1, 1, 2, 2, 2])
    3
    """
    return int(np.count_nonzero(repeats(as_labels(labels))))


def frames_needed(labels: npt.ArrayLike) -> int:
    """U + R, the fewest frames in which the target fits.

    >>> frames_needed([1, 1, 2])
    4
    """
    given = as_labels(labels)
    return given.size + adjacent_repeats(given)


def alignment_count(T: int, U: int, R: int) -> int:
    """How many alignments T frames allow to U labels with R adjacent repeats; 0 if they do not fit.

    >>> alignment_count(T=4, U=3, R=1), alignment_count(T=5, U=3, R=1), alignment_count(T=3, U=3, R=1)
    (1, 7, 0)
    """
    return math.comb(T + U - R, 2 * U)


def earliest_frames(labels: npt.ArrayLike) -> IntArray:
    """The first frame (from 0) in which a path from the start can stand in each state, (S,)."""
    given = as_labels(labels)
    onset = np.arange(given.size) + np.cumsum(repeats(given))
    earliest = np.zeros(2 * given.size + 1, dtype=np.int64)
    earliest[1::2] = onset
    earliest[2::2] = onset + 1
    return earliest


def latest_frames(labels: npt.ArrayLike, T: int) -> IntArray:
    """The last frame in which a path can stand in each state and still finish in frame T - 1, (S,)."""
    return T - 1 - earliest_frames(as_labels(labels)[::-1])[::-1]


def reachable_from_start(labels: npt.ArrayLike, T: int) -> BoolArray:
    """Cells (T, S) that a path from the start can reach."""
    return np.arange(T)[:, None] >= earliest_frames(labels)


def reachable_to_end(labels: npt.ArrayLike, T: int) -> BoolArray:
    """Cells (T, S) from which a path can still finish."""
    return np.arange(T)[:, None] <= latest_frames(labels, T)


def reachable(labels: npt.ArrayLike, T: int) -> BoolArray:
    """Cells (T, S) that lie on some whole path; none if the target does not fit."""
    return reachable_from_start(labels, T) & reachable_to_end(labels, T)


def repeats(labels: IntArray) -> BoolArray:
    """Where a label equals the one before it, (U,)."""
    again = np.zeros(labels.shape, dtype=np.bool_)
    np.equal(labels[1:], labels[:-1], out=again[1:])
    return again


def as_labels(labels: npt.ArrayLike) -> IntArray:
    """Labels as a 1-D int64 array; an empty list has no dtype of its own."""
    return np.atleast_1d(np.asarray(labels)).astype(np.int64, copy=False)
