"""Where everything of a batch's lattices stands: all samples, forward and backward, in one flat vector.

A frame of the batch is one vector of 2M - 1 cells. Its first M hold the states of all samples one after another, each
sample followed by an empty cell; from the last of these on it is its own mirror image. So "one state before" is a shift
by one for every sample and both directions, and a frame costs a handful of 1-D operations.

Blanks stand in even places and labels in odd ones. Then a label takes what stays in it and what has just arrived in the
blank before it, which is also what may skip that blank: no move needs a mask. The blank between two equal labels, which
none may skip, stands in an odd place, between two cells that stay empty: `1 0 1` is laid out as `1 - 0 - 1`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.labels import repeats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.arrays import FloatArray, IntArray

STRETCH = 1 << 16  # cells


@final
@dataclass(frozen=True, eq=False)
class Plan:
    """Index arrays of a batch's targets; they depend on nothing else.

    Attributes:
        columns: the classes that each sample uses, as places in a frame's N x C values, (K,), ascending. A blank that
            is given as a label has a column of its own beside that of the blanks.
        owner: the sample of each column, (K,); `column_starts`: the first column of each sample, (N,).
        between: the columns of the blanks between labels, (N,).
        second: those columns that are the second one of their class.
        cells: the column of each cell, (2M - 1,), in the columns of a frame beside those of its mirror image
            (column K and its image: none, the cell is empty).
        segments: the first cell of each sample, then of each mirrored one, last sample first, (2N,): a blank, where a
            path stands before the first frame.
        used: 1 for all cells that are states, (2M - 1,).
        segment: which segment each cell belongs to, (2M - 1,).
        grouped: the states of the first half, in the order of their columns; `groups`: the first of each column, (K,).
        fewest_frames: U + R of each sample, (N,).
    """

    columns: IntArray
    owner: IntArray
    column_starts: IntArray
    between: IntArray
    second: IntArray
    cells: IntArray
    segments: IntArray
    used: FloatArray
    segment: IntArray
    grouped: IntArray
    groups: IntArray
    fewest_frames: IntArray

    @property
    def half(self) -> int:
        """M, the cells of one direction."""
        return len(self.cells) // 2 + 1


def plan_of(labels: IntArray, target_lengths: IntArray, blank: int, C: int) -> Plan:
    """The plan of targets that stand one after another; the last few are kept, for a drag changes only emissions."""
    return _plan(labels.tobytes(), target_lengths.tobytes(), blank, C)


@lru_cache(maxsize=8)
def _plan(labels: bytes, target_lengths: bytes, blank: int, C: int) -> Plan:
    return make_plan(np.frombuffer(labels, np.int64), np.frombuffer(target_lengths, np.int64), blank, C)


def make_plan(labels: IntArray, target_lengths: IntArray, blank: int, C: int) -> Plan:
    N = len(target_lengths)
    owner = np.repeat(np.arange(N), target_lengths)
    again = repeats(labels)
    again[1:] &= owner[1:] == owner[:-1]
    again_of_each = np.bincount(owner[again], minlength=N)
    widths = 2 * (target_lengths + again_of_each + 1)
    ends = np.cumsum(widths)
    starts, M = ends - widths, int(ends[-1])
    sample = np.repeat(np.arange(N), widths)

    # Each label, each repeat and each sample before it, its own repeat too, took two cells.
    label_cells = 2 * (np.arange(len(labels)) + np.cumsum(again) + owner) + 1
    states = np.full(M, -1)
    states[np.concatenate([label_cells - 1 - again, ends - 2])] = blank
    states[label_cells] = labels
    is_label = np.zeros(M, np.bool_)
    is_label[label_cells] = True

    used = states >= 0
    state_cells = np.flatnonzero(used)
    # Twice the place, for a blank between labels and a blank given as a label are two columns in one place.
    keys = 2 * (sample * C + states) + is_label
    doubled, column = np.unique(keys[state_cells], return_inverse=True)
    columns, K = doubled // 2, len(doubled)
    order = np.argsort(column, kind="stable")
    cells = np.full(M, K)
    cells[state_cells] = column
    return Plan(
        columns=columns,
        owner=columns // C,
        column_starts=np.searchsorted(doubled, 2 * C * np.arange(N)),
        between=cells[starts],
        second=np.flatnonzero(columns[1:] == columns[:-1]) + 1,
        cells=np.concatenate([cells, cells[-2::-1] + K + 1]),
        segments=np.concatenate([starts, 2 * M - ends[::-1]]),
        used=np.concatenate([used, used[-2::-1]]).astype(np.float64),
        segment=np.concatenate([sample, 2 * N - 1 - sample[-2::-1]]),
        grouped=state_cells[order],
        groups=np.searchsorted(column[order], np.arange(K)),
        fewest_frames=target_lengths + again_of_each,
    )


def emissions(columns: FloatArray, plan: Plan) -> Iterator[FloatArray]:
    """The emissions of all cells, (some frames, 2M - 1) at a time: together they would be the largest array of all.

    `columns` are those of the plan's columns, (T, K + 1); the last one is the emission of an empty cell.
    """
    both = np.concatenate([columns, columns[::-1]], axis=1)
    for some in stretches(len(columns), len(plan.cells)):
        yield both[some].take(plan.cells, axis=1)


def stretches(T: int, width: int) -> Iterator[slice]:
    """Frames, some at a time: so many that their cells stay in the processor's cache, and calls are few."""
    step = max(STRETCH // width, 1)
    return (slice(first, first + step) for first in range(0, T, step))
