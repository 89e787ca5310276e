"""Which rows of the batch that is shown have numbers that are not what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.batch import BY_CLASS, class_axis
from core.row_places import row_places
from core.rows import has_class_indices
from core.what_if import kept_samples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.arrays import Array
    from core.batch import Batch
    from core.problem import Problem


def changed_rows(problem: Problem) -> frozenset[int]:
    """Their numbers; under broadcasting, where one number is in many rows, none is named."""
    base, what_if = problem.base, problem.what_if
    if base is None or base.target is None or not (what_if.inputs or what_if.targets):
        return frozenset()
    if problem.loss.family not in BY_CLASS and base.input.shape != base.target.shape:
        return frozenset()
    by_class = problem.loss.family in BY_CLASS
    over_input = _rows(base.input, what_if.inputs, by_class=by_class)
    over_target = _rows(base.target, what_if.targets, by_class=by_class and not has_class_indices(base))
    return _renumbered(base, problem, over_input | over_target)


def changed_numbers(problem: Problem, row: int) -> tuple[frozenset[int], bool]:
    """Of one row the places of its changed inputs, and whether its target was changed."""
    if problem.what_if.is_empty:
        return frozenset(), False
    places = row_places(problem, row)
    if places is None:
        return frozenset(), False
    inputs, targets = problem.what_if.inputs, problem.what_if.targets
    changed = frozenset(k for k, place in enumerate(places.input.tolist()) if place in inputs)
    return changed, any(place in targets for place in places.target.tolist())


def _rows(array: Array, positions: Iterable[int], *, by_class: bool) -> set[int]:
    """The rows, counted in the batch as it came, that positions of an array belong to."""
    found = list(positions)
    if not found or not array.ndim:
        return {0} if found else set()
    if not by_class:
        return set(found)
    place, shape, axis = list(np.unravel_index(found, array.shape)), list(array.shape), class_axis(array)
    del place[axis], shape[axis]
    return set(np.ravel_multi_index(tuple(place), tuple(shape)).tolist()) if shape else {0}


def _renumbered(base: Batch, problem: Problem, rows: set[int]) -> frozenset[int]:
    """As they are counted after samples were left out."""
    dropped = problem.what_if.dropped
    if not dropped:
        return frozenset(rows)
    count = base.input.shape[0]
    inner = base.input.size // count
    if problem.loss.family in BY_CLASS:
        inner //= base.input.shape[class_axis(base.input)]
    kept = kept_samples(base, problem.what_if)
    left = [(row // inner, row % inner) for row in rows if row // inner not in dropped]
    return frozenset(int(np.searchsorted(kept, sample)) * inner + place for sample, place in left)
