"""What the CTC workspace computes from, beside the problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.arrays import Array, FloatArray, frozen

Mode = Literal["alpha", "beta", "occupancy", "path", "gradient"]
# Which derivative the gradient mode shows: by the logits, by free log-probabilities, or what torch returns.
Truth = Literal["logits", "log_probs", "torch"]


@dataclass(frozen=True, eq=False, slots=True)
class Toy:
    """A target and emissions made by hand.

    Attributes:
        text: the target, symbols of `alphabet`; alphabet[blank] is the blank.
        logits: (T, C) what is painted and dragged; the emissions are its softmax.
        preset: which preset the logits came from, "" once they were edited.
    """

    text: str
    alphabet: tuple[str, ...]
    logits: FloatArray
    blank: int = 0
    preset: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "logits", frozen(self.logits, np.float64))


@dataclass(frozen=True, eq=False, slots=True)
class GivenAlpha:
    """Somebody else's alpha as it stands in a file of this name."""

    name: str
    array: Array


@dataclass(frozen=True, eq=False, slots=True)
class CTCState:
    """Everything that the lattice's pictures depend on, beside the problem.

    Attributes:
        toy: shown while no CTC batch is open; None stands for the first example.
        sequence: which sequence of the batch.
        frame: the playhead.
        pinned: cells (frame, row) whose cards stay, at most three.
        step: how far the step-through is, None outside it; `by_cell`: cell by cell rather than column by column.
        predict: whether values ahead of the step are hidden until a guess is committed; `guess`: the one committed.
        path: (T,) a class per frame, edited by hand in the collapse strip; None shows the best path.
        sampled: how many alignments drawn from the posterior are shown.
        given, given_loss: somebody else's alpha and loss to compare with, or None.
        learning: how many steps of descent from the toy are shown, None for the toy as it is.
    """

    toy: Toy | None = None
    sequence: int = 0
    mode: Mode = "alpha"
    truth: Truth = "logits"
    frame: int = 0
    pinned: tuple[tuple[int, int], ...] = ()
    step: int | None = None
    by_cell: bool = False
    predict: bool = False
    guess: float | None = None
    path: tuple[int, ...] | None = None
    sampled: int = 0
    given: GivenAlpha | None = None
    given_loss: float | None = None
    learning: int | None = None
