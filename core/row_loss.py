"""A loss on single rows of class scores: the scores pass a link, the loss sees them, the gradient comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, final

import numpy as np

from core.arrays import FloatArray, frozen
from core.links import Link, apply_link, pull_back
from core.params import specs, with_param

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.losses import Loss


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowLoss:
    """What one row is measured against: the row's own term, before any reduction.

    Attributes:
        loss: reduction "none", the weights in the dtype of the rows; None for weights of another length.
        target: class index; used where `soft` is None.
        soft: (C,) target probabilities in float64, or None.
        unfit_weights: how many weights were left out because the row has another number of classes; 0 if none.
    """

    loss: Loss
    link: Link
    target: int
    soft: FloatArray | None
    classes: int
    dtype: np.dtype[Any]
    unfit_weights: int

    def evaluate(self, z: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Terms (N,) and their gradients with respect to z (N, C); InputError where the loss refuses the target."""
        z = np.asarray(z, self.dtype)
        result = cast("Any", self.loss).evaluate(apply_link(self.link, z), self._targets(len(z)))
        elements = result.elements
        with np.errstate(invalid="ignore", over="ignore"):
            terms = elements.sum(axis=-1) if elements.ndim == 2 else elements
        return terms, pull_back(self.link, z, result.grad)

    @property
    def weight(self) -> FloatArray | None:
        """(C,) class weights in force, or None."""
        weight = getattr(self.loss, "weight", None)
        return None if weight is None else np.asarray(weight, np.float64)

    @property
    def smoothing(self) -> float:
        """label_smoothing in force: torch takes a negative one as 0."""
        return max(0.0, float(getattr(self.loss, "label_smoothing", 0.0)))

    @property
    def is_ignored(self) -> bool:
        """Whether the target is the index that the loss leaves out."""
        return self.soft is None and self.target == getattr(self.loss, "ignore_index", None)

    @property
    def distribution(self) -> FloatArray:
        """(C,) float64: the target as probabilities, after smoothing and before weights; zeros if ignored."""
        if self.is_ignored:
            return np.zeros(self.classes)
        hard = _one_hot(self.target, self.classes) if self.soft is None else self.soft
        return (1 - self.smoothing) * hard + self.smoothing / self.classes

    @property
    def weighted(self) -> FloatArray:
        """(C,) float64: what the logarithms are multiplied with, w q."""
        return self.distribution if self.weight is None else self.weight * self.distribution

    def _targets(self, rows: int) -> npt.NDArray[Any]:
        if self.loss.family == "distribution":
            return self._distributions(rows)
        if self.soft is None:
            return np.full(rows, self.target, np.int64)
        return np.broadcast_to(self.soft.astype(self.dtype), (rows, self.classes))

    def _distributions(self, rows: int) -> FloatArray:
        soft = (_one_hot(self.target, self.classes) if self.soft is None else self.soft).astype(self.dtype)
        if getattr(self.loss, "log_target", False):
            with np.errstate(divide="ignore", invalid="ignore"):
                soft = np.log(soft)
        return np.broadcast_to(soft, (rows, self.classes))


def row_loss(
    loss: Loss, link: Link, target: int, soft: FloatArray | None, classes: int, dtype: npt.DTypeLike
) -> RowLoss:
    """`loss` made ready for rows of `classes` scores in `dtype`; NLLLoss knows no soft targets."""
    kind = np.dtype(dtype)
    loss = with_param(loss, "reduction", "none")
    unfit = 0
    weight = getattr(loss, "weight", None)
    if weight is not None:
        given = np.asarray(weight)
        unfit = 0 if given.shape == (classes,) else given.size
        loss = with_param(loss, "weight", None if unfit else frozen(given, kind))
    if soft is not None:
        soft = None if _takes_indices_only(loss) else frozen(soft, np.float64)
    return RowLoss(loss, link, target, soft, classes, kind, unfit)


def _takes_indices_only(loss: Loss) -> bool:
    return loss.family == "multi-class" and all(spec.name != "label_smoothing" for spec in specs(type(loss)))


def _one_hot(target: int, classes: int) -> npt.NDArray[np.float64]:
    return (np.arange(classes) == target).astype(np.float64)
