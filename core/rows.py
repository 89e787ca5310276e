"""The rows of a batch: what a table lists, sorts by loss and hands to Explore one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.batch import BY_CLASS, class_axis

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array, BoolArray, FloatArray, IntArray
    from core.batch import Batch
    from core.losses import Evaluation, Loss


@final
@dataclass(frozen=True, eq=False)
class Rows:
    """Every row's part of the loss, before any division.

    A row is a target position (CrossEntropy, NLL), a distribution (KLDiv), a sequence (CTC) or else an element.

    Attributes:
        shape: the rows' own axes; row i is `label(i)` in it, in C order.
        loss: (count,) float64, the sum over the row of the unreduced loss.
        kept: (count,) False where the target is ignore_index.
    """

    shape: tuple[int, ...]
    loss: npt.NDArray[np.float64]
    kept: BoolArray

    @property
    def count(self) -> int:
        """How many rows there are, ignored ones included."""
        return self.loss.size

    @cached_property
    def order(self) -> IntArray:
        """(count,) row numbers: nan first, then the largest loss first, ignored rows last."""
        key = np.negative(self.loss)
        key[~self.kept] = np.nan
        ranked = np.argsort(key, kind="stable").astype(np.int32)
        last = np.count_nonzero(np.isnan(key))  # nan sorts last: these are the nan and the ignored rows
        if last == 0:
            return frozen(ranked)
        nan_rows = np.flatnonzero(self.kept & np.isnan(self.loss))
        parts = nan_rows, ranked[: self.count - last], np.flatnonzero(~self.kept)
        return frozen(np.concatenate([part.astype(np.int32) for part in parts]))

    def label(self, row: int) -> tuple[int, ...]:
        """The index of a row along the rows' axes; () for the only row of an unbatched sample."""
        return tuple(int(i) for i in np.unravel_index(row, self.shape))


@final
@dataclass(frozen=True, eq=False, slots=True)
class ClassRow:
    """A row over C classes: `values` (C,), and as target a class index or a distribution (C,)."""

    values: Array
    target: int | Array


@final
@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element: prediction `x`, target `y`, and the column (index along the last axis) it stands in."""

    x: float
    y: float
    column: int


@final
@dataclass(frozen=True, slots=True)
class SequenceRow:
    """One sequence of a CTC batch, by its number."""

    index: int


def rows_of(loss: Loss, batch: Batch, evaluation: Evaluation) -> Rows:
    """The rows of `batch` under `loss`, with what each adds to the loss."""
    elements = _summed(loss, evaluation.elements)
    terms = frozen(elements.ravel(), np.float64)
    return Rows(elements.shape, terms, frozen(kept_rows(loss, batch, terms.size)))


def row_terms(loss: Loss, elements: Array) -> FloatArray:
    """(rows,) what each row adds, of the unreduced loss."""
    return _summed(loss, elements).ravel().astype(np.float64)


def _summed(loss: Loss, elements: Array) -> Array:
    """A distribution is one row: its classes are added up."""
    if loss.family == "distribution" and elements.ndim:
        return elements.sum(axis=class_axis(elements), dtype=np.float64)
    return elements


def kept_rows(loss: Loss, batch: Batch, count: int) -> BoolArray:
    """(count,) which rows have a target that is not ignored."""
    ignore_index = getattr(loss, "ignore_index", None)
    target = batch.target
    if ignore_index is None or target is None or target.size != count or not has_class_indices(batch):
        return np.ones(count, dtype=bool)
    return target.ravel() != ignore_index


def has_class_indices(batch: Batch) -> bool:
    """Whether a class loss reads the target as indices: torch decides by the shape alone."""
    return batch.target is not None and batch.target.shape != batch.input.shape


def sound_row(loss: Loss, batch: Batch) -> int | None:
    """The first row with a label that exists, in a batch that `loss` refuses for other rows; None if there is none."""
    target = batch.target
    if loss.family != "multi-class" or target is None or target.dtype.kind not in "iu" or not batch.input.ndim:
        return None
    axis = class_axis(batch.input)
    if target.shape != batch.input.shape[:axis] + batch.input.shape[axis + 1 :]:
        return None
    sound = np.flatnonzero((target >= 0) & (target < batch.input.shape[axis]))
    return int(sound[0]) if sound.size else None


def row_values(loss: Loss, batch: Batch, row: int) -> ClassRow | ElementRow | SequenceRow:
    """What Explore loads for one row of a batch that `loss` accepts; never a copy of the batch."""
    if loss.family == "sequence":
        return SequenceRow(row)
    if batch.target is None:
        raise ValueError("a batch without target has no rows")
    if loss.family in BY_CLASS and batch.input.ndim:
        return _class_row(loss, batch.input, batch.target, row)
    return _element_row(batch.input, batch.target, row)


def _class_row(loss: Loss, input: Array, target: Array, row: int) -> ClassRow:
    shape = np.broadcast_shapes(input.shape, target.shape) if loss.family == "distribution" else input.shape
    axis = class_axis(np.broadcast_to(input, shape))
    place = _place(shape[:axis] + shape[axis + 1 :], row)
    at = (*place[:axis], slice(None), *place[axis:])
    values = np.broadcast_to(input, shape)[at]
    if loss.family == "distribution" or target.shape == input.shape:
        return ClassRow(frozen(values), frozen(np.broadcast_to(target, shape)[at]))
    return ClassRow(frozen(values), int(target.flat[row]))


def _element_row(input: Array, target: Array, row: int) -> ElementRow:
    shape = np.broadcast_shapes(input.shape, target.shape)
    place = _place(shape, row)
    x, y = np.broadcast_to(input, shape)[place], np.broadcast_to(target, shape)[place]
    return ElementRow(float(x), float(y), place[-1] if len(place) > 1 else 0)


def _place(shape: tuple[int, ...], row: int) -> tuple[int, ...]:
    if not 0 <= row < prod(shape):
        raise IndexError(f"row {row} of {prod(shape)}")
    return tuple(int(i) for i in np.unravel_index(row, shape))
