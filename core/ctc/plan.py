"""Where everything of a batch's lattices stands: all samples, forward and backward, in one flat vector.

A frame of the batch is one vector of 2M cells. Its first half holds the states of all samples one after another, each
sample followed by two cells that are always empty; its second half is the first reversed. So "one state before" is a
shift by one for every sample and both directions, and a frame costs a handful of 1-D operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.labels import may_skip, repeats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.arrays import BoolArray, FloatArray, IntArray

PADDING = 2
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
        cells: the column of each cell, (2M,), in the columns of a frame beside those of its mirror image
            (column K and its image: none, the cell is empty).
        before: the first blank of each segment, (2N,): where a path stands before the first frame.
        skip: 1 for cells that may be entered from two before, (2M,); `used`: 1 for all cells that are states, (2M,).
        segments: the first cell of each sample, then of each mirrored one, last sample first, (2N,).
        segment: which of these each cell belongs to, (2M,).
        grouped: the states of the first half, in the order of their columns; `groups`: the first of each column, (K,).
        fewest_frames: U + R of each sample, (N,).
    """

    columns: IntArray
    owner: IntArray
    column_starts: IntArray
    between: IntArray
    cells: IntArray
    before: IntArray
    skip: FloatArray
    used: FloatArray
    segments: IntArray
    segment: IntArray
    grouped: IntArray
    groups: IntArray
    fewest_frames: IntArray

    @property
    def half(self) -> int:
        """M, the cells of one direction."""
        return len(self.cells) // 2


def plan_of(labels: IntArray, target_lengths: IntArray, blank: int, C: int) -> Plan:
    """The plan of targets that stand one after another; the last few are kept, for a drag changes only emissions."""
    return _plan(labels.tobytes(), target_lengths.tobytes(), blank, C)


@lru_cache(maxsize=8)
def _plan(labels: bytes, target_lengths: bytes, blank: int, C: int) -> Plan:
    return make_plan(np.frombuffer(labels, np.int64), np.frombuffer(target_lengths, np.int64), blank, C)


def make_plan(labels: IntArray, target_lengths: IntArray, blank: int, C: int) -> Plan:
    N = len(target_lengths)
    widths = 2 * target_lengths + 1 + PADDING
    starts = np.cumsum(widths) - widths
    sample = np.repeat(np.arange(N), widths)
    place = np.arange(len(sample)) - starts[sample]  # the state, counted within its sample
    used = place < widths[sample] - PADDING
    is_label = used & (place % 2 == 1)

    states = np.full(len(sample), blank)
    states[is_label] = labels
    skip = may_skip(states) & is_label & (place > 1)
    last = widths[sample] - PADDING - 1

    state_cells = np.flatnonzero(used)
    # Twice the place, for a blank between labels and a blank given as a label are two columns in one place.
    keys = 2 * (sample * C + states) + is_label
    doubled, column = np.unique(keys[state_cells], return_inverse=True)
    K = len(doubled)
    order = np.argsort(column, kind="stable")
    cells = np.full(len(sample), K)
    cells[state_cells] = column
    ends = starts + widths
    return Plan(
        columns=doubled // 2,
        owner=doubled // (2 * C),
        column_starts=np.searchsorted(doubled, 2 * C * np.arange(N)),
        between=cells[starts],
        cells=np.concatenate([cells, cells[::-1] + K + 1]),
        before=np.flatnonzero(np.concatenate([used & (place == 0), (used & (place == last))[::-1]])),
        skip=np.concatenate([skip, _mirrored_skip(skip)]).astype(np.float64),
        used=np.concatenate([used, used[::-1]]).astype(np.float64),
        segments=np.concatenate([starts, 2 * len(sample) - ends[::-1]]),
        segment=np.concatenate([sample, 2 * N - 1 - sample[::-1]]),
        grouped=state_cells[order],
        groups=np.searchsorted(column[order], np.arange(K)),
        fewest_frames=target_lengths + _repeats_of_each(labels, target_lengths),
    )


def _mirrored_skip(skip: BoolArray) -> BoolArray:
    """Backwards, a step over the cell between s and s + 2 ends in s."""
    landing = np.zeros_like(skip)
    landing[:-2] = skip[2:]
    return landing[::-1]


def _repeats_of_each(labels: IntArray, target_lengths: IntArray) -> IntArray:
    sample = np.repeat(np.arange(len(target_lengths)), target_lengths)
    again = repeats(labels)
    again[1:] &= sample[1:] == sample[:-1]
    return np.bincount(sample[again], minlength=len(target_lengths))


def emissions(columns: FloatArray, plan: Plan) -> Iterator[FloatArray]:
    """The emissions of all cells, some frames at a time, (some, 2M): together they would be the largest array of all.

    `columns` are those of the plan's columns, (T, K + 1); the last one is the emission of an empty cell.
    """
    both = np.concatenate([columns, columns[::-1]], axis=1)
    for some in stretches(len(columns), len(plan.cells)):
        yield both[some].take(plan.cells, axis=1)


def stretches(T: int, width: int) -> Iterator[slice]:
    """Frames, some at a time: so many that their cells stay in the processor's cache, and calls are few."""
    step = max(STRETCH // width, 1)
    return (slice(first, first + step) for first in range(0, T, step))
