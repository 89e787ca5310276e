"""What the rules look at: a batch under a loss, and the facts that several rules share, found once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, final

import numpy as np

from core.batch import BY_CLASS, Batch, class_axis
from core.rows import has_class_indices, kept_rows

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array, BoolArray
    from core.losses import Loss

SHOWN = 20  # rows named in a finding's evidence


@final
@dataclass(frozen=True, eq=False)
class Case:
    """A batch and the loss in force."""

    batch: Batch
    loss: Loss

    @property
    def input(self) -> Array:
        """The input as it is."""
        return self.batch.input

    @property
    def target(self) -> Array | None:
        """The target as it is, if there is one."""
        return self.batch.target

    @property
    def is_numeric(self) -> bool:
        """Whether the rules can compare the arrays at all: text and complex numbers are not ordered."""
        arrays = (self.batch.input, self.batch.target, self.batch.input_lengths, self.batch.target_lengths)
        return all(array is None or array.dtype.kind in "biuf" for array in arrays)

    @property
    def tolerance(self) -> float:
        """Of sums of probabilities and of log-sum-exps."""
        return 1e-2 if self.input.dtype.itemsize < 4 else 1e-3

    @cached_property
    def indices(self) -> Array | None:
        """The target, where it holds class indices."""
        target = self.target
        if target is None or self.loss.family != "multi-class" or not has_class_indices(self.batch):
            return None
        return target if target.dtype.kind in "iu" else None

    @cached_property
    def class_count(self) -> int:
        """C of the class axis; 0 where there is none."""
        return self.input.shape[class_axis(self.input)] if self.input.ndim else 0

    @cached_property
    def kept(self) -> BoolArray:
        """(rows,) which rows of the class axis are not ignored."""
        count = self.input.size // self.class_count if self.class_count else 0
        if self.indices is None:
            return np.ones(count, dtype=bool)
        return kept_rows(self.loss, self.batch, count)

    @cached_property
    def class_rows(self) -> npt.NDArray[Any]:
        """(rows kept, C) the input with its class axis last, at least float32; empty where there is no class axis."""
        if not self.class_count or self.loss.family not in BY_CLASS:
            return np.empty((0, 0), dtype=np.float64)
        wide = np.result_type(self.input.dtype, np.float32)
        rows = np.moveaxis(self.input, class_axis(self.input), -1).reshape(-1, self.class_count)
        return (rows if self.kept.all() else rows[self.kept]).astype(wide, copy=False)

    @cached_property
    def row_numbers(self) -> npt.NDArray[np.intp]:
        """(rows kept,) the number in the batch of each of `class_rows`."""
        return np.flatnonzero(self.kept)

    @cached_property
    def log_sum_exp(self) -> npt.NDArray[Any]:
        """(rows kept,) log of the sum of exp over the classes: 0 for log-probabilities."""
        rows = self.class_rows
        if not rows.size:
            return np.empty(0)
        top = rows.max(axis=1, keepdims=True)
        # An infinite top would give inf - inf; the row is infinite or empty of probability whatever is subtracted.
        top = np.where(np.isfinite(top), top, 0)
        return np.log(np.exp(rows - top).sum(axis=1)) + top[:, 0]

    @cached_property
    def rows_are_probabilities(self) -> bool:
        """Whether every row lies in [0, 1] and sums to 1, as softmax gives it; a constant tensor tells nothing."""
        rows = self.class_rows
        if rows.size == 0 or rows.shape[1] < 2 or not (rows.min() >= 0 and rows.max() <= 1):
            return False
        return bool(rows.min() < rows.max()) and bool(np.all(np.abs(rows.sum(axis=1) - 1) < self.tolerance))


def first(found: npt.NDArray[Any]) -> list[int]:
    """The first row numbers, as evidence."""
    return [int(i) for i in found[:SHOWN]]


def listed(found: npt.NDArray[Any], most: int = 5) -> str:
    """Row numbers in a sentence."""
    return ", ".join(str(int(i)) for i in found[:most]) + (", …" if found.size > most else "")
