"""Somebody else's alpha beside the exact one: where it first differs, and which usual mistake explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.ctc.alpha_bugs import Bug, usual_bugs
from core.ctc.alpha_layout import LOOKED_AT, Layout, agreement, best_layout, read_as, tolerance_of
from core.ctc.labels import reachable_to_end
from core.errors import InputError
from core.explain.digits import fixed
from core.jobs import Job, Progress
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence


@final
@dataclass(frozen=True, eq=False, slots=True)
class Comparison:
    """Somebody else's alpha, read, and what is wrong with it.

    Attributes:
        yours: (T, S) in natural logarithms; of a scaled alpha relative to each frame.
        differs: (T, S) where it is not what it should be; first: the first such cell in order of dependency, by frame,
            then by row; None if there is none.
        bug: the mistake that explains every cell, or, if none does, the one that holds longest; explains: whether all.
        summary: all of this in a sentence.
    """

    layout: Layout
    yours: FloatArray
    differs: BoolArray
    first: tuple[int, int] | None
    bug: Bug | None
    explains: bool
    summary: Text


def compare(sequence: Sequence, lattice: Lattice, given: Array) -> Job[Comparison]:
    """Hold an alpha against the lattice of the sequence.

    Raises:
        InputError: the array holds no numbers, or cannot be the alpha of this sequence.
    """
    array = _matrix(given, sequence.index)
    T, S = lattice.alpha.shape
    bugs = list(usual_bugs(sequence, lattice))
    layout = best_layout(array, lattice, [lattice.alpha[:LOOKED_AT], *(bug.alpha(LOOKED_AT) for bug in bugs)])
    yield Progress(0.1)
    yours = frozen(read_as(layout, array, T, S))
    tolerance = tolerance_of(array.dtype, layout.domain)
    # Some leave out the cells from which no path can finish: that changes nothing.
    idle = ~reachable_to_end(lattice.labels, T) & ~(yours > _lowest(lattice.alpha))
    differs = ~(agreement(yours, lattice.alpha, layout, tolerance) | idle)
    first = _first(differs)
    if first is None:
        return Comparison(layout, yours, differs, None, None, False, _agrees(layout))
    best, reach = None, _place(first, S)
    for place, bug in enumerate(bugs):
        yield Progress(0.1 + 0.9 * place / len(bugs))
        left = _first(~(agreement(yours, bug.alpha(T), layout, tolerance) | idle))
        if left is None:
            return Comparison(layout, yours, differs, first, bug, True, _explained(lattice, yours, first, bug))
        if _place(left, S) > reach:
            best, reach = bug, _place(left, S)
    summary = _differs(lattice, yours, first) if best is None else _partly(lattice, yours, first, best, reach // S)
    return Comparison(layout, yours, differs, first, best, False, summary)


def explain_loss(lattice: Lattice, loss: float, tolerance: float = 1e-4) -> Text | None:
    """Which end was forgotten, if a loss other than the exact one is that of a single end; None if neither is."""
    if len(lattice.alpha) == 0 or lattice.states.size == 1 or abs(loss + lattice.log_likelihood) <= tolerance:
        return None
    values = {"yours": fixed(loss), "ours": fixed(0.0 - lattice.log_likelihood)}
    if abs(loss + float(lattice.alpha[-1, -1])) <= tolerance:
        return say("ctc", "Yours {yours}, exact {ours}: the end in the last label, S − 2, was forgotten.", **values)
    if abs(loss + float(lattice.alpha[-1, -2])) <= tolerance:
        return say("ctc", "Yours {yours}, exact {ours}: the end in the last blank, S − 1, was forgotten.", **values)
    return None


def _matrix(given: Array, index: int) -> Array:
    """One sequence's alpha; of a batch, (N, T, S), the one at `index`."""
    if given.dtype.kind not in "biuf":
        raise InputError(
            "alpha",
            say("ctc", "They are {dtype}, not numbers.", dtype=given.dtype),
            say("ctc", "Save alpha as an array of floats: np.save(file, alpha)."),
        )
    array = given
    if array.ndim == 3:
        array = array[index] if index < len(array) else array[0]
    if array.ndim != 2:
        raise InputError(
            "alpha",
            say("ctc", "The shape is {shape}; (T, S) is expected, or (S, T).", shape=given.shape),
            say("ctc", "Save alpha of one sequence."),
        )
    return array


def _lowest(alpha: FloatArray) -> float:
    finite = alpha[np.isfinite(alpha)]
    return float(finite.min()) - 1.0 if finite.size else 0.0


def _first(differs: BoolArray) -> tuple[int, int] | None:
    place = int(np.argmax(differs)) if differs.size else 0
    if not differs.size or not differs.flat[place]:
        return None
    t, s = divmod(place, differs.shape[1])
    return t, s


def _place(cell: tuple[int, int], S: int) -> int:
    return cell[0] * S + cell[1]


def _agrees(layout: Layout) -> Text:
    return say("ctc", "Every cell agrees. {stated}", stated=layout.stated)


def _differs(lattice: Lattice, yours: FloatArray, cell: tuple[int, int]) -> Text:
    return say(
        "ctc", "α({t}, {s}) is the first that differs: yours {yours}, exact {ours}.", **_at(lattice, yours, cell)
    )


def _explained(lattice: Lattice, yours: FloatArray, cell: tuple[int, int], bug: Bug) -> Text:
    return say(
        "ctc",
        "α({t}, {s}) is the first that differs: yours {yours}, exact {ours}. One mistake explains every cell: {title}. "
        "{remedy}",
        **_at(lattice, yours, cell),
        title=bug.title,
        remedy=bug.remedy,
    )


def _partly(lattice: Lattice, yours: FloatArray, cell: tuple[int, int], bug: Bug, frame: int) -> Text:
    return say(
        "ctc",
        "α({t}, {s}) is the first that differs: yours {yours}, exact {ours}. Up to frame {frame} this would explain "
        "it: {title}.",
        **_at(lattice, yours, cell),
        title=bug.title,
        frame=frame,
    )


def _at(lattice: Lattice, yours: FloatArray, cell: tuple[int, int]) -> dict[str, object]:
    t, s = cell
    return {"t": t, "s": s, "yours": fixed(float(yours[cell]), 4), "ours": fixed(float(lattice.alpha[cell]), 4)}
