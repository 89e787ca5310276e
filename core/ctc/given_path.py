"""A path given frame by frame, followed through the lattice of a target until it leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.labels import as_labels, extend, may_skip
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence as Many

    import numpy.typing as npt

    from core.arrays import BoolArray, FloatArray, IntArray


@final
@dataclass(frozen=True, eq=False, slots=True)
class Followed:
    """How far a path of one class a frame stays in the lattice.

    Attributes:
        rows: the row of each frame up to the first move that no alignment has.
        stop: the frame of that move, the number of frames if the path ends too early, None for an alignment.
        reason: why it is refused, None for an alignment.
    """

    rows: tuple[int, ...]
    stop: int | None
    reason: Text | None


def follow(path: npt.ArrayLike, labels: npt.ArrayLike, blank: int, names: Many[str]) -> Followed:
    """The rows that a path of classes takes.

    >>> follow([0, 1, 1, 2], [1, 2], blank=0, names="-ab").rows
    (0, 1, 1, 3)
    >>> str(follow([1, 2], [1, 1, 2], blank=0, names="-ab").reason)
    '“b” comes too early: “a” comes twice in a row, with a blank between.'
    """
    classes = as_labels(path).tolist()
    states = extend(labels, blank)
    skip = may_skip(states)
    rows: list[int] = []
    for t, cls in enumerate(classes):
        row = _next_row(states, skip, rows[-1] if rows else None, cls)
        if row is None:
            return Followed(tuple(rows), t, _why(states, rows[-1] if rows else -1, cls, names))
        rows.append(row)
    last = rows[-1] if rows else 0
    if last < states.size - 2:
        return Followed(tuple(rows), len(classes), _unfinished(states, last, names))
    return Followed(tuple(rows), None, None)


def _next_row(states: IntArray, skip: BoolArray, row: int | None, cls: int) -> int | None:
    """The row that `cls` leads to; a blank among the labels makes several possible, and the first is taken."""
    entries = (0, 1) if row is None else (row, row + 1, row + 2)
    for entry in entries:
        allowed = entry < states.size and (row is None or entry < row + 2 or bool(skip[entry]))
        if allowed and states[entry] == cls:
            return entry
    return None


def _why(states: IntArray, row: int, cls: int, names: Many[str]) -> Text:
    """Why no move leads from `row` to a state of class `cls`; row -1 stands before the first frame."""
    given = names[cls]
    # The label after the present one: what the path may speak next.
    ahead = row + 1 if row % 2 == 0 else row + 2
    if ahead >= states.size:
        return say("ctc", "“{given}” comes after the end of the target.", given=given)
    wanted = names[int(states[ahead])]
    if row % 2 == 1 and states[ahead] == states[row]:
        return say("ctc", "“{given}” comes too early: “{wanted}” comes twice in a row, with a blank between.",
                   given=given, wanted=wanted)  # fmt: skip
    if cls not in states[1::2]:
        return say("ctc", "“{given}” is not in the target; “{wanted}” comes next.", given=given, wanted=wanted)
    if row >= 0 and cls in states[1 : row + 1 : 2]:
        return say("ctc", "“{given}” is spoken already; “{wanted}” comes next.", given=given, wanted=wanted)
    return say("ctc", "“{wanted}” comes before “{given}” and cannot be left out.", given=given, wanted=wanted)


def _unfinished(states: IntArray, row: int, names: Many[str]) -> Text:
    ahead = row + 1 if row % 2 == 0 else row + 2
    rest = "".join([names[int(label)] for label in states[ahead::2]])
    if row % 2 == 1 and states[ahead] == states[row]:
        return say("ctc", "The path ends before “{rest}”: equal neighbours need a blank between.", rest=rest)
    return say("ctc", "The path ends before “{rest}”.", rest=rest)


def log_prob_of(path: npt.ArrayLike, log_probs: FloatArray) -> float:
    """The log-probability of one path, a class a frame; -inf where a frame excludes its class."""
    classes = as_labels(path)
    return float(log_probs[np.arange(classes.size), classes].sum())
