"""The path in the collapse strip: what it spells, how likely it is, and where it leaves the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.decode import Run, edit_distance, runs
from core.ctc.given_path import Followed, follow, log_prob_of
from core.ctc.paths import collapse, greedy
from gui.workspaces.ctc.class_names import written

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence


@final
@dataclass(frozen=True, eq=False, slots=True)
class CollapseResult:
    """A path of one class a frame.

    Attributes:
        path: (T,) the user's own if `is_edited`, else the best one, or greedy's where no alignment exists.
        best: (T,) the best path's classes, None where no alignment exists; greedy: (T,) the class that wins each frame.
        runs: the path with repeats merged; spelled: (K,) and its blanks dropped.
        followed: how far it stays in the lattice.
        log_prob: of the path; share: of the probability of the target, 0 for a path that does not spell it.
        read: (K,) what greedy spells; distance: how many edits that is from the target.
    """

    path: IntArray
    is_edited: bool
    best: IntArray | None
    greedy: IntArray
    runs: tuple[Run, ...]
    spelled: IntArray
    followed: Followed
    log_prob: float
    share: float
    read: IntArray
    distance: int


def compute(sequence: Sequence, lattice: Lattice, given: tuple[int, ...] | None) -> CollapseResult:
    """The path `given`, if it has a class for every frame, or the best one."""
    T, C = sequence.log_probs.shape
    best = lattice.states[lattice.best_path] if lattice.best_path.size or T == 0 else None
    winners = greedy(sequence.log_probs)
    is_edited = given is not None and len(given) == T and all(0 <= cls < C for cls in given)
    path = np.asarray(given, dtype=np.int64) if is_edited else winners if best is None else best
    names = tuple(written(sequence, c) for c in range(C))
    followed = follow(path, sequence.labels, sequence.blank, names)
    log_prob = log_prob_of(path, sequence.log_probs)
    share = 0.0
    if followed.stop is None and lattice.log_likelihood > -np.inf:
        share = float(np.exp(log_prob - lattice.log_likelihood))
    read = collapse(winners, sequence.blank)
    return CollapseResult(
        path=path,
        is_edited=is_edited,
        best=best,
        greedy=winners,
        runs=runs(path),
        spelled=collapse(path, sequence.blank),
        followed=followed,
        log_prob=log_prob,
        share=share,
        read=read,
        distance=edit_distance(read, sequence.labels),
    )
