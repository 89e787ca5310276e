"""Where the numbers of a row stand in the arrays of the batch as it came."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, final

import numpy as np

from core.batch import BY_CLASS, class_axis
from core.rows import has_class_indices
from core.what_if import kept_samples

if TYPE_CHECKING:
    from core.arrays import Array, IntArray
    from core.problem import Problem


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowPlaces:
    """Positions in C order: (C,) or (1,) of the input; (C,) of a target that is a distribution, else (1,)."""

    sample: int
    input: IntArray
    target: IntArray


def row_places(problem: Problem, row: int) -> RowPlaces | None:
    """The places of a row of the present batch; None where rows have no numbers of their own (CTC)."""
    base, loss = problem.base, problem.loss
    if base is None or base.target is None or loss.family == "sequence" or not base.input.ndim:
        return None
    by_class = loss.family in BY_CLASS
    axis = class_axis(base.input)
    shape = base.input.shape if by_class else np.broadcast_shapes(base.input.shape, base.target.shape)
    rows_shape = shape[:axis] + shape[axis + 1 :] if by_class else shape
    if not rows_shape:
        return RowPlaces(0, np.arange(base.input.size), np.arange(base.target.size))
    kept = kept_samples(base, problem.what_if)
    place = [int(i) for i in np.unravel_index(row, (kept.size, *rows_shape[1:]))]
    place[0] = int(kept[place[0]])
    if not by_class:
        return RowPlaces(place[0], _at(base.input, place), _at(base.target, place))
    over_classes = [*place[:axis], None, *place[axis:]]
    target = _at(base.target, place if has_class_indices(base) else over_classes)
    return RowPlaces(place[0], _at(base.input, over_classes), target)


def samples_of(problem: Problem, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Of rows of the present batch the samples, as they came, and the places among each sample's own rows."""
    base = problem.base
    if base is None or not rows.size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    inner = _rows_of_a_sample(problem)
    return kept_samples(base, problem.what_if)[rows // inner], rows % inner


def _rows_of_a_sample(problem: Problem) -> int:
    base, loss = problem.base, problem.loss
    if base is None or loss.family == "sequence" or base.target is None or not base.input.ndim:
        return 1
    if loss.family in BY_CLASS:
        axis = class_axis(base.input)
        return prod(base.input.shape[axis + 1 :])
    return prod(np.broadcast_shapes(base.input.shape, base.target.shape)[1:])


def _at(array: Array, place: list[int | None] | list[int]) -> IntArray:
    """The positions at an index, None for a whole axis; an axis of size 1 is the same for every index."""
    fitting = place[len(place) - array.ndim :]
    ranges: list[IntArray] = [
        np.arange(size) if i is None else np.array([0 if size == 1 else i])
        for i, size in zip(fitting, array.shape, strict=True)
    ]
    grid = np.meshgrid(*ranges, indexing="ij")
    return np.ravel_multi_index(tuple(axis.ravel() for axis in grid), array.shape)
