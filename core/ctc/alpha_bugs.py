"""The usual mistakes in a hand-written forward pass, each as the alpha that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.labels import extend, may_skip
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.arrays import BoolArray, FloatArray
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence


@final
@dataclass(frozen=True, eq=False, slots=True)
class Bug:
    """A mistake.

    Attributes:
        key: its name in the program; title: in words; remedy: what would mend it.
        alpha: what it gives for so many frames of the sequence, (frames, S).
    """

    key: str
    title: Text
    remedy: Text
    alpha: Callable[[int], FloatArray]


def usual_bugs(sequence: Sequence, lattice: Lattice) -> Iterator[Bug]:
    """The mistakes that are possible on this sequence."""
    yield from _skips(lattice)
    yield from _starts(lattice)
    yield from _blanks(sequence, lattice)
    yield from _times(lattice)
    yield from _sums(lattice)
    yield from _underflows(lattice)


def _skips(lattice: Lattice) -> Iterator[Bug]:
    S = lattice.states.size
    row = np.arange(S)
    label, blank = (row % 2 == 1) & (row > 1), (row % 2 == 0) & (row > 1)
    yield Bug(
        "skip_equal",
        say("ctc", "Skips over the blank between equal labels"),
        say("ctc", "Allow the skip only where z[s] != z[s − 2]."),
        lambda frames: _alpha(lattice.emission[:frames], label),
    )
    yield Bug(
        "skip_into_blank",
        say("ctc", "Skips from blank to blank, over a label"),
        say("ctc", "Allow the skip only into labels: z[s] != blank."),
        lambda frames: _alpha(lattice.emission[:frames], lattice.skip | blank),
    )
    yield Bug(
        "skip_everywhere",
        say("ctc", "Skips everywhere"),
        say("ctc", "Allow the skip only where z[s] != blank and z[s] != z[s − 2]."),
        lambda frames: _alpha(lattice.emission[:frames], row > 1),
    )
    yield Bug(
        "no_skip",
        say("ctc", "Never skips a blank"),
        say("ctc", "Add α[t − 1, s − 2] where z[s] != blank and z[s] != z[s − 2]."),
        lambda frames: _alpha(lattice.emission[:frames], np.zeros(S, dtype=np.bool_)),
    )


def _starts(lattice: Lattice) -> Iterator[Bug]:
    for key, rows, title, remedy in (
        (
            "no_second_start",
            (0,),
            say("ctc", "Starts in the first blank only"),
            say("ctc", "Set α[0, 1] to log p of the first label as well."),
        ),
        (
            "no_first_start",
            (1,),
            say("ctc", "Starts in the first label only"),
            say("ctc", "Set α[0, 0] to log p of the blank as well."),
        ),
        (
            "starts_anywhere",
            tuple(range(lattice.states.size)),
            say("ctc", "Starts in any row"),
            say("ctc", "Leave all of frame 0 at −inf but rows 0 and 1."),
        ),
    ):
        yield Bug(key, title, remedy, lambda frames, rows=rows: _started(lattice, rows, frames))


def _blanks(sequence: Sequence, lattice: Lattice) -> Iterator[Bug]:
    C = sequence.log_probs.shape[1]
    for other in sorted({0, C - 1} - {lattice.blank}):
        states = extend(lattice.labels, other)
        yield Bug(
            f"blank_{other}",
            say("ctc", "Takes class {other} for the blank", other=other),
            say("ctc", "The blank is class {blank} here.", blank=lattice.blank),
            lambda frames, states=states: _alpha(sequence.log_probs[:frames, states], may_skip(states)),
        )


def _times(lattice: Lattice) -> Iterator[Bug]:
    """Emissions of a neighbouring frame; the emission of the frame itself left out."""
    T = len(lattice.emission)
    t = np.arange(T)
    for key, taken, title in (
        ("late", np.maximum(t - 1, 0), say("ctc", "Uses log p of frame t − 1 in frame t")),
        ("early", np.minimum(t + 1, T - 1), say("ctc", "Uses log p of frame t + 1 in frame t")),
    ):
        yield Bug(
            key,
            title,
            say("ctc", "α[t] takes the emissions of frame t; count frames from 0 on both sides."),
            lambda frames, taken=taken: _alpha(lattice.emission[taken[:frames]], lattice.skip),
        )
    yield Bug(
        "no_emission",
        say("ctc", "Leaves the frame's own log p out"),
        say("ctc", "α[t, s] includes log p of its own frame; compare α − log p, or add it."),
        lambda frames: _less(lattice.alpha[:frames], lattice.emission[:frames]),
    )


def _sums(lattice: Lattice) -> Iterator[Bug]:
    yield Bug(
        "maximum",
        say("ctc", "Takes the maximum where the sum belongs"),
        say("ctc", "That is the best path's score; use logsumexp for the loss."),
        lambda frames: _alpha(lattice.emission[:frames], lattice.skip, np.maximum),
    )


def _underflows(lattice: Lattice) -> Iterator[Bug]:
    for dtype in (np.float16, np.float32, np.float64):
        yield Bug(
            f"underflow_{np.dtype(dtype).name}",
            say("ctc", "Underflows in {dtype}: probabilities are multiplied without logarithms", dtype=np.dtype(dtype)),
            say("ctc", "Work in logs, or scale every frame to sum to 1."),
            lambda frames, dtype=dtype: _linear(lattice, frames, np.dtype(dtype)),
        )


@np.errstate(invalid="ignore")
def _alpha(
    emission: FloatArray, skip: BoolArray, merge: np.ufunc = np.logaddexp, starts: tuple[int, ...] = (0, 1)
) -> FloatArray:
    """The plain recursion with the mistakes that are asked for."""
    alpha = np.full(emission.shape, -np.inf)
    S = emission.shape[1]
    for row in starts:
        if row < S and len(alpha):
            alpha[0, row] = emission[0, row]
    before = np.full(S + 2, -np.inf)
    for t in range(1, len(alpha)):
        before[2:] = alpha[t - 1]
        merged = merge(before[2:], before[1:-1])
        alpha[t] = merge(merged, np.where(skip, before[:-2], -np.inf)) + emission[t]
    return alpha


def _started(lattice: Lattice, rows: tuple[int, ...], frames: int) -> FloatArray:
    return _alpha(lattice.emission[:frames], lattice.skip, starts=rows)


@np.errstate(invalid="ignore")
def _less(alpha: FloatArray, emission: FloatArray) -> FloatArray:
    return np.where(alpha == -np.inf, -np.inf, alpha - emission)


@np.errstate(under="ignore", over="ignore", divide="ignore", invalid="ignore")
def _linear(lattice: Lattice, frames: int, dtype: np.dtype[np.floating]) -> FloatArray:
    """Alpha in probabilities of a dtype, and its logarithm: -inf where it is lost."""
    probs = np.exp(lattice.emission[:frames]).astype(dtype)
    alpha = np.zeros(probs.shape, dtype)
    before = np.zeros(probs.shape[1] + 2, dtype)
    if len(alpha):
        alpha[0, :2] = probs[0, :2]
    for t in range(1, len(alpha)):
        before[2:] = alpha[t - 1]
        alpha[t] = (before[2:] + before[1:-1] + np.where(lattice.skip, before[:-2], 0)) * probs[t]
    return np.log(alpha.astype(np.float64))
