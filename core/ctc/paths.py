"""Paths through the frames: the likeliest one, the greedy one, and what a path spells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.labels import as_labels, repeats

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import BoolArray, FloatArray, IntArray


def collapse(path: npt.ArrayLike, blank: int) -> IntArray:
    """What a path of one class a frame spells: repeats are merged first, then blanks are dropped.

    >>> collapse([0, 3, 3, 0, 3, 1, 1], blank=0).tolist()
    [3, 3, 1]
    """
    classes = as_labels(path)
    return classes[~repeats(classes) & (classes != blank)]


def greedy(log_probs: FloatArray) -> IntArray:
    """The class that wins each frame (the lowest, if several do), (T,); `collapse` gives what it spells."""
    return np.argmax(log_probs, axis=-1)


def best_path(emission: FloatArray, skip: BoolArray) -> tuple[IntArray, float]:
    """The likeliest path (Viterbi): its state in each frame, (T,), and its log-probability.

    Between equals staying goes before advancing and advancing before skipping; at the end the last blank goes before
    the last label. So of two equal paths the one that is further along, seen from the end, is taken. Without any
    possible path the answer is empty and -inf; without any frame it is empty too, and 0 if there is nothing to spell.

    Args:
        emission: log-probability (T, S) of each state's label in each frame.
        skip: whether a state may be entered from two states before it, (S,).
    """
    T, S = emission.shape
    if T == 0:
        return np.zeros(0, dtype=np.int64), 0.0 if S == 1 else -np.inf
    score, steps = _scores(emission, skip)
    last = S - 1 if S == 1 or score[S - 1] >= score[S - 2] else S - 2
    if not score[last] > -np.inf:
        return np.zeros(0, dtype=np.int64), float(score[last])
    return _trace(steps, last), float(score[last])


def _scores(emission: FloatArray, skip: BoolArray) -> tuple[FloatArray, IntArray]:
    """The best log-probability of each state in the last frame, and by how many states each cell was entered."""
    T, S = emission.shape
    steps = np.zeros((T, S), dtype=np.int8)
    score = np.full(S + 2, -np.inf)  # two cells of padding: nothing comes from before the first state
    score[2:4] = emission[0, :2]
    stay, advance, jump = score[2:], score[1:-1], np.full(S, -np.inf)
    for t in range(1, T):
        np.copyto(jump, score[:-2], where=skip)
        best = np.maximum(stay, advance)
        step = steps[t]
        np.greater(advance, stay, out=step, casting="unsafe")
        np.copyto(step, 2, where=jump > best)
        np.maximum(best, jump, out=best)
        np.add(best, emission[t], out=stay)
    return stay, steps


def _trace(steps: IntArray, last: int) -> IntArray:
    path = np.empty(len(steps), dtype=np.int64)
    for t in range(len(steps) - 1, -1, -1):
        path[t] = last
        last -= int(steps[t, last])
    return path
