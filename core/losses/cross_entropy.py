"""CrossEntropyLoss."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.errors import InputError
from core.losses.base import Evaluation, Loss
from core.losses.dtypes import check_float, check_real, computing, converted, promoted
from core.losses.elementwise import opened
from core.losses.extremes import highest
from core.losses.labels import IGNORABLE, check_class_weight, check_has_classes, labelled
from core.params import Interval, param
from core.reduction import REDUCTIONS, ROWS, Divisor, divisor_of, reduced, sum_over
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array
    from core.losses.dtypes import DType


@final
@dataclass(frozen=True, eq=False)
class CrossEntropyLoss(Loss):
    """The cross-entropy of a target distribution q and the softmax of logits.

    Value and gradient: -sum_c q_c log_softmax(x)_c, and (sum_c q_c) softmax(x) - q. With eps = label_smoothing,
    q_c = w_c ((1 - eps) [c = y] + eps / C) for a label y, w_c ((1 - eps) t_c + eps / C) for probabilities t.
    mean divides by the sum of w[y] over the rows kept for labels, also with smoothing; by the number of rows for
    probabilities, whatever the weights.

    Shapes: input (C,), (N, C) or (N, C, d1, ...); target of the same shape: probabilities; without C: labels, int64
    (uint8 up to (N,)); weight (C,).
    Domain: all real logits; labels 0..C - 1 or ignore_index; probabilities are neither checked nor normalised.
    label_smoothing at most 1, and negative means 0. The gradient of an ignored row is 0, or nan if the row is.

    Source: J. S. Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs (1990),
    doi:10.1007/978-3-642-76153-9_28; smoothing: C. Szegedy et al. (2016), doi:10.1109/CVPR.2016.308.
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.CrossEntropyLoss.html
    """

    family: ClassVar[str] = "multi-class"
    weight: Array | None = param(None, "array", say("core", "A factor for each class."))
    ignore_index: int = param(
        -100, "integer", say("core", "Rows with this label count nothing; it need not be a class."), interval=IGNORABLE
    )
    reduction: str = param("mean", "choice", say("core", "How the terms become one number."), choices=REDUCTIONS)
    label_smoothing: float = param(
        0.0,
        "number",
        say("core", "The share of the target that is spread evenly over all classes."),
        interval=Interval(-math.inf, 1),
        span=(0, 1),
    )

    @property
    def smoothing(self) -> float:
        """The label smoothing in force: torch takes a negative one for none."""
        return max(self.label_smoothing, 0.0)

    @np.errstate(all="ignore")  # inf and nan are results here, not accidents
    def evaluate(self, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
        x, t = opened(input, target)
        check_has_classes(x)
        check_float("input", x)
        # torch tells probabilities from labels by the shape alone.
        return self._of_probabilities(x, t) if t.shape == x.shape else self._of_labels(x, t)

    def _of_labels(self, x: Array, target: Array) -> Evaluation:
        labels = labelled(x, target, self.weight, self.ignore_index)
        divisor = divisor_of(self.reduction, labels.mean, 1)
        wide, axis = computing(x.dtype), _class_axis(x)
        # q in two parts: at the label, and even, which is None without smoothing.
        at_label = total = (1 - self.smoothing) * labels.weight
        even = self._even(x, target, wide)
        z, e, s = _exponentials_at(converted(x, wide), labels.at) if even is None else _exponentials(x, wide)
        rows = s.reshape(labels.at.shape)
        log_s = np.log(rows)
        elements = at_label * (log_s - z.take(labels.at))
        if even is not None:
            z *= even
            elements = elements + (even.sum() * log_s - np.add.reduce(z, axis=axis))
            total = at_label + even.sum()
        del z  # before the gradient takes its memory
        elements = np.asarray(labels.masked(elements), x.dtype)

        # Divided before they meet: where the weights sum to 0, torch's gradient is inf - inf.
        D = divisor.value
        e *= (labels.masked(total / D) / rows).reshape(s.shape)
        e.reshape(-1)[labels.at] -= labels.masked(at_label / D)
        if even is not None:
            e -= even / D if labels.kept is None else np.where(np.expand_dims(labels.kept, axis), even / D, 0)
        return Evaluation(reduced(elements, self.reduction, divisor), np.asarray(e, x.dtype), elements, divisor)

    def _of_probabilities(self, x: Array, target: Array) -> Evaluation:
        self._check_probabilities(x, target)
        dtype = promoted(x.dtype, target.dtype)
        if self.weight is not None:
            dtype = promoted(dtype, self.weight.dtype)
        wide, axis = computing(dtype), _class_axis(x)
        C = x.shape[axis]
        q = converted(target, wide)
        if self.smoothing > 0:
            q = (1 - self.smoothing) * q + self.smoothing / max(C, 1)
        if self.weight is not None:
            q = q * _along_classes(converted(self.weight, wide), x)
        z, e, s = _exponentials(x, wide)
        np.subtract(np.log(s), z, out=z)
        z *= q
        elements = np.asarray(np.add.reduce(z, axis=axis), dtype)

        divisor = divisor_of(self.reduction, Divisor(float(x.size // C if C else 0), ROWS), 1)
        e *= np.add.reduce(q, axis=axis, keepdims=True) / s
        e -= q
        e /= divisor.value
        return Evaluation(reduced(elements, self.reduction, divisor), np.asarray(e, x.dtype), elements, divisor)

    def _even(self, x: Array, target: Array, dtype: DType) -> Array | None:
        """What label smoothing gives every row: eps / C times the class weights, ready to multiply the input."""
        if self.smoothing == 0:
            return None
        if x.ndim == target.ndim:
            raise InputError(
                "target",
                say(
                    "core",
                    "Its shape is {target}; with label_smoothing one sample has a label of shape ().",
                    target=target.shape,
                ),
                say("core", "Give the label as a single number."),
            )
        C = x.shape[_class_axis(x)]
        weight = np.ones(C, dtype) if self.weight is None else converted(self.weight, dtype)
        return _along_classes(self.smoothing / max(C, 1) * weight, x)

    def _check_probabilities(self, x: Array, target: Array) -> None:
        check_float("target", target)
        if self.weight is not None:
            check_class_weight(self.weight, x.shape[_class_axis(x)])
            check_real("weight", self.weight)
        if self.ignore_index >= 0:
            raise InputError(
                "ignore_index",
                say(
                    "core",
                    "It is {index}, but the target holds probabilities, which have no index.",
                    index=self.ignore_index,
                ),
                say("core", "Leave it negative, or give class labels."),
            )


def plain(x: Array, y: Array) -> tuple[Array, Array]:
    """Value and gradient of labels (N,) as defined, without options: the specification of what is computed above."""
    log_p = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
    one_hot = np.eye(x.shape[1])[y]
    return -(one_hot * log_p).sum(axis=1), np.exp(log_p) - one_hot


def _class_axis(x: Array) -> int:
    return min(x.ndim - 1, 1)


def _along_classes(weight: Array, x: Array) -> Array:
    """`weight` (C,) shaped to multiply (N, C, d1, ...)."""
    return weight.reshape(-1, *(1,) * (x.ndim - 1 - _class_axis(x)))


def _exponentials(x: Array, dtype: DType) -> tuple[Array, Array, Array]:
    """The shifted logits z = x - max over the classes, e = exp(z), and the sum of e; log_softmax is z - ln(sum).

    Less the maximum no exponential overflows, and the largest is 1.
    """
    x = converted(x, dtype)
    return _shifted(x, np.maximum.reduce(x, axis=_class_axis(x), keepdims=True, initial=-np.inf))


def _exponentials_at(x: Array, at: Array) -> tuple[Array, Array, Array]:
    """The same, shifted by the logits at the labels, which spares a pass unless an exponential overflows."""
    axis = _class_axis(x)
    own = x.take(at)
    z, e, s = _shifted(x, own.reshape((*x.shape[:axis], 1, *x.shape[axis + 1 :])))
    return (z, e, s) if highest(s) < np.inf else _exponentials(x, x.dtype)


def _shifted(x: Array, by: Array) -> tuple[Array, Array, Array]:
    # In C order whatever the input's is: labels are found by their place in the flattened array.
    z = np.subtract(x, by, order="C")
    e = np.exp(z)
    return z, e, sum_over(e, _class_axis(x))
