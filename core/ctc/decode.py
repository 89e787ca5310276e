"""What the emissions read as without a target, and how far that is from the target."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.labels import as_labels
from core.ctc.paths import collapse, greedy
from core.ctc.spelling import spelled

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.ctc.sequence import Sequence


@final
@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring frames of one class, end exclusive."""

    cls: int
    start: int
    end: int


def runs(path: npt.ArrayLike) -> tuple[Run, ...]:
    """A path with its repeats merged, blanks still in it.

    >>> [(run.cls, run.start, run.end) for run in runs([0, 3, 3, 0])]
    [(0, 0, 1), (3, 1, 3), (0, 3, 4)]
    """
    classes = as_labels(path)
    if classes.size == 0:
        return ()
    edges: list[int] = (np.flatnonzero(np.diff(classes)) + 1).tolist()
    bounds = itertools.pairwise([0, *edges, classes.size])
    return tuple(Run(int(classes[start]), start, end) for start, end in bounds)


def collapsed(path: npt.ArrayLike, blank: int) -> tuple[Run, ...]:
    """What a path spells, label by label, with the frames of each."""
    return tuple(run for run in runs(path) if run.cls != blank)


def greedy_text(sequence: Sequence) -> str:
    """What the best class of each frame spells."""
    return spelled(collapse(greedy(sequence.log_probs), sequence.blank), sequence.names, sequence.separator)


def edit_distance(found: npt.ArrayLike, target: npt.ArrayLike) -> int:
    """The fewest insertions, deletions and substitutions between two label sequences (Levenshtein).

    >>> edit_distance([1, 2, 3], [1, 3, 3, 4])
    2
    """
    a, b = as_labels(found), as_labels(target)
    places = np.arange(b.size + 1)
    row = places
    for i, label in enumerate(a.tolist(), start=1):
        step = np.append(i, np.minimum(row[1:] + 1, row[:-1] + (b != label)))
        # An insertion costs 1 a place: row[j] = min over k <= j of step[k] + (j - k).
        row = np.minimum.accumulate(step - places) + places
    return int(row[-1])
