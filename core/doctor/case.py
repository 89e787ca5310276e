"""What the rules look at: a batch under a loss, and the facts that several rules share, found once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast, final

import numpy as np

from core.batch import BY_CLASS, Batch, class_axis
from core.ctc.reference_lines import ReferenceLines, reference_lines
from core.doctor.blocks import log_sum_exp
from core.doctor.sequence_arrays import Frames, Sequences, frames_of, sequences_of
from core.jobs import finish
from core.rows import has_class_indices, kept_rows, rows_of
from core.table.by_class import Reading, read_rows

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array, BoolArray
    from core.losses import Evaluation, Loss
    from core.losses.ctc import CTCLoss

MOST_FRAMES = 4000  # of a batch whose best model without an input is looked for
SHOWN = 20  # rows named in a finding's evidence


@final
@dataclass(frozen=True, eq=False)
class Case:
    """A batch and the loss in force; `evaluation` is None where the loss refuses the batch."""

    batch: Batch
    loss: Loss
    evaluation: Evaluation | None = None

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
        return log_sum_exp(rows) if rows.size else np.empty(0)

    @cached_property
    def sequences(self) -> Sequences | None:
        """Lengths and targets of a CTC batch; None where they contradict its arrays."""
        return sequences_of(self.batch)

    @cached_property
    def frames(self) -> Frames | None:
        """The frames of a CTC batch inside its lengths; None where there are none."""
        return frames_of(self.batch)

    @property
    def frames_are_normalised(self) -> bool:
        """Whether exp of each frame sums to 1."""
        return self.frames is not None and bool((np.abs(self.frames.log_sums) <= self.tolerance).all())

    @cached_property
    def lines(self) -> ReferenceLines | None:
        """What models that learned nothing reach; None where the batch is too large to look, or not normalised."""
        if self.frames is None or self.evaluation is None or self.sequences is None or not self.frames_are_normalised:
            return None
        if len(self.frames.rows) > MOST_FRAMES or not self.sequences.target_lengths.all():
            return None
        return finish(reference_lines(cast("CTCLoss", self.loss), self.batch))

    @cached_property
    def terms(self) -> npt.NDArray[Any]:
        """(rows,) what each row adds to the loss, its weights included; empty where the loss refuses the batch."""
        if self.evaluation is None:
            return np.empty(0)
        return rows_of(self.loss, self.batch, self.evaluation).loss

    @cached_property
    def value(self) -> float:
        """The loss as one number; nan where it is none."""
        if self.evaluation is None or self.evaluation.value.ndim:
            return float("nan")
        return float(self.evaluation.value)

    @cached_property
    def plain_mean(self) -> float:
        """The mean of the terms of class targets without their weights; nan where a weight of 0 hides some."""
        if self.evaluation is None or not self.kept_targets.size or self.indices is None:
            return float("nan")
        if self.class_weight is None:
            return float(self.terms.sum()) / self.kept_targets.size
        weights = self.class_weight[self.kept_targets]
        if self.smoothing > 0 or not weights.all():
            return float("nan")
        return float((self.terms[self.kept] / weights).mean())

    @cached_property
    def reading(self) -> Reading:
        """The likeliest class of every row of the class axis, and its probability, ignored rows included."""
        return finish(read_rows(self.input, None, logits=self.loss.name == "CrossEntropyLoss"))

    @cached_property
    def class_weight(self) -> npt.NDArray[np.float64] | None:
        """(C,) the class weights in force, of a loss that takes them by class."""
        weight = getattr(self.loss, "weight", None)
        if weight is None or self.loss.family != "multi-class" or np.size(weight) != self.class_count:
            return None
        return np.asarray(weight, np.float64)

    @cached_property
    def kept_targets(self) -> npt.NDArray[Any]:
        """(rows kept,) class indices that are not ignored and are classes; empty where targets are no indices."""
        if self.indices is None:
            return np.empty(0, np.int64)
        labels = self.indices.ravel()
        sound = (labels != getattr(self.loss, "ignore_index", None)) & (labels >= 0) & (labels < self.class_count)
        return labels[sound]

    @cached_property
    def class_counts(self) -> npt.NDArray[np.int64]:
        """(C,) how many kept targets each class has."""
        return np.bincount(self.kept_targets, minlength=self.class_count).astype(np.int64)

    @cached_property
    def target_rows(self) -> npt.NDArray[Any]:
        """(rows, C) targets that are probabilities, classes last; empty where they are indices."""
        t = self.target
        if t is None or t.dtype.kind != "f" or t.shape != self.input.shape or not self.class_count:
            return np.empty((0, 0))
        if self.loss.family not in BY_CLASS:
            return np.empty((0, 0))
        rows = np.moveaxis(t, class_axis(t), -1).reshape(-1, self.class_count)
        return rows.astype(np.result_type(t.dtype, np.float32), copy=False)

    @cached_property
    def means_probabilities(self) -> bool:
        """Whether the probabilities of `reading` are meant: logits, or log-probabilities as NLLLoss wants them."""
        if self.loss.name == "CrossEntropyLoss":
            return not self.rows_are_probabilities
        return bool(self.class_rows.size) and bool((np.abs(self.log_sum_exp) < self.tolerance).all())

    @cached_property
    def pair(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """(elements,) input and target of a loss by element; both empty where they do not have the same shape."""
        t = self.target
        if t is None or t.shape != self.input.shape or t.dtype.kind not in "biuf":
            return np.empty(0), np.empty(0)
        return self.input.ravel(), t.ravel()

    @property
    def is_weighted(self) -> bool:
        """Whether `weight` or `pos_weight` is in force."""
        return any(getattr(self.loss, name, None) is not None for name in ("weight", "pos_weight"))

    @property
    def smoothing(self) -> float:
        """label_smoothing in force: torch takes a negative one as 0."""
        return max(0.0, float(getattr(self.loss, "label_smoothing", 0.0)))

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


def listed(found: npt.NDArray[Any], shape: tuple[int, ...] = (), most: int = 5) -> str:
    """Numbers of rows or labels in a sentence; rows of more than one axis by their places in `shape`."""
    names = [str(int(i)) for i in found[:most]]
    if len(shape) > 1:
        places = np.stack(np.unravel_index(found[:most], shape), axis=1)
        names = [str(tuple(place)) for place in places.tolist()]
    return ", ".join(names) + (", …" if found.size > most else "")
