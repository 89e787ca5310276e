"""The numbers of one sequence that decide whether, and how, it can be learned."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.labels import alignment_count, repeats

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence

CELLS_AT_ONCE = 1 << 20


@final
@dataclass(frozen=True, eq=False, slots=True)
class Vitals:
    """One sequence in numbers.

    Attributes:
        frames: T; `labels`: U; `repeats`: R, the labels that equal the one before, at `repeat_places`.
        needed: U + R; `slack`: the frames to spare, negative if the target does not fit.
        alignments: how many there are, exactly.
        loss: of this sequence alone; `uniform`: what it would be if all classes were equally likely in all frames.
        blank_share: of the posterior, over all frames; nan without an alignment.
        blank_prob: the mean probability of the blank; `blank_wins`: the share of frames in which no class beats it.
        favourite: the class that wins most frames; `favourite_wins`: the share of them.
        best_path_share: of the target's probability; nan without an alignment.
        log_sums: (T,) log of the sum of each frame's probabilities, 0 where it is normalised.
    """

    frames: int
    labels: int
    repeats: int
    repeat_places: tuple[int, ...]
    needed: int
    slack: int
    alignments: int
    loss: float
    uniform: float
    blank_share: float
    blank_prob: float
    blank_wins: float
    favourite: int
    favourite_wins: float
    best_path_share: float
    log_sums: FloatArray


@np.errstate(invalid="ignore", over="ignore")  # raw logits and nan are what the clinic is for
def vitals(sequence: Sequence, lattice: Lattice) -> Vitals:
    """Measure a sequence; `lattice` is its own."""
    T, C = sequence.log_probs.shape
    U = sequence.labels.size
    places: tuple[int, ...] = tuple(np.flatnonzero(repeats(sequence.labels)).tolist())
    R = len(places)
    log_sums = log_sums_of(sequence.log_probs)
    wins = np.bincount(np.argmax(sequence.log_probs, axis=1), minlength=C) / max(T, 1)
    favourite = int(np.argmax(wins))
    blank_probs = np.exp(sequence.log_probs[:, sequence.blank] - log_sums)
    has_path = math.isfinite(lattice.log_likelihood) and T > 0
    return Vitals(
        frames=T,
        labels=U,
        repeats=R,
        repeat_places=places,
        needed=U + R,
        slack=T - U - R,
        alignments=alignment_count(T, U, R) if T >= U + R else 0,
        loss=0.0 - lattice.log_likelihood,
        uniform=uniform_loss(T, U, R, C),
        blank_share=_blank_share(lattice) if has_path else math.nan,
        blank_prob=float(blank_probs.mean()) if T else math.nan,
        blank_wins=float(wins[sequence.blank]),
        favourite=favourite,
        favourite_wins=float(wins[favourite]),
        best_path_share=math.exp(lattice.best_log_prob - lattice.log_likelihood) if has_path else math.nan,
        log_sums=log_sums,
    )


def uniform_loss(T: int, U: int, R: int, C: int) -> float:
    """T ln C - ln(number of alignments): the loss of a model that finds all classes equally likely."""
    count = alignment_count(T, U, R) if T >= U + R else 0
    return T * math.log(C) - math.log(count) if count else math.inf


@np.errstate(invalid="ignore", over="ignore", divide="ignore")
def log_sums_of(log_probs: FloatArray) -> FloatArray:
    """(T,) the log of what each frame's probabilities add up to; a frame of -inf alone has -inf."""
    T, C = log_probs.shape
    sums = np.empty(T)
    some = max(CELLS_AT_ONCE // C, 1)
    for first in range(0, T, some):
        rows = log_probs[first : first + some]
        top = rows.max(axis=1)
        shift = np.where(np.isfinite(top), top, 0.0)
        sums[first : first + some] = np.log(np.exp(rows - shift[:, None]).sum(axis=1)) + shift
    return sums


def _blank_share(lattice: Lattice) -> float:
    """A blank that stands among the labels counts too."""
    return float(lattice.occupancy[:, lattice.states == lattice.blank].sum() / len(lattice.occupancy))
