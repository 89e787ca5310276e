"""BCEWithLogitsLoss."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.losses.base import Evaluation, Loss
from core.losses.dtypes import check_float, check_not_bool, check_real, converted
from core.losses.elementwise import aligned, alike, concluded, opened
from core.losses.extremes import lowest
from core.losses.ln_one_plus import ln_one_plus
from core.losses.shapes import check_fits, check_same
from core.params import param
from core.reduction import REDUCTIONS
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array
    from core.losses.elementwise import Operands


@final
@dataclass(frozen=True, eq=False)
class BCEWithLogitsLoss(Loss):
    """The cross-entropy of yes-or-no outcomes, each element on its own, from logits.

    Value and gradient: w [(1 - t) x + s ln(1 + exp(-x))] with s = 1 + (p - 1) t, and
    w [(1 - t + p t) sigmoid(x) - p t]; without pos_weight p = 1, and they are max(x, 0) - x t + ln(1 + exp(-|x|)) and
    sigmoid(x) - t. mean divides by the number of elements, never by weight or pos_weight.

    Shapes: input and target one shape; weight and pos_weight broadcast to it, matched from the last dimension.
    Domain: all real numbers. Targets outside [0, 1] are taken, and then the value has no lower bound. An infinite
    logit gives what IEEE arithmetic makes of (1 - t) x + ln(1 + exp(-x)), which is mostly nan, as in torch.

    Source: D. R. Cox, The Regression Analysis of Binary Sequences (1958), doi:10.1111/j.2517-6161.1958.tb00292.x.
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.BCEWithLogitsLoss.html
    """

    family: ClassVar[str] = "binary"
    weight: Array | None = param(None, "array", say("core", "A factor for each element; it broadcasts to the input."))
    reduction: str = param("mean", "choice", say("core", "How the terms become one number."), choices=REDUCTIONS)
    pos_weight: Array | None = param(
        None, "array", say("core", "A factor for the positive part of each element, mostly one for each column.")
    )

    @np.errstate(all="ignore")  # inf and nan are results here, not accidents
    def evaluate(self, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
        operands = alike(input, target) or _admitted(*opened(input, target))
        elements, slope = self._terms(operands.input, operands.target)
        if self.weight is not None:
            weight = _fitting("weight", self.weight, operands.input)
            elements *= weight
            slope *= weight
        return concluded(self.reduction, operands, elements, slope)

    def _terms(self, x: Array, t: Array) -> tuple[Array, Array]:
        # One exponential serves both: ln(1 + exp(-x)) = ln(1 + e) - min(x, 0), and sigmoid(x) is e / (1 + e), or
        # 1 / (1 + e) where x > 0; the larger of e and that step is the numerator, for e <= 1.
        zero, one = np.array(0, x.dtype), np.array(1, x.dtype)
        step: Array = (x > zero).astype(x.dtype)
        e = np.exp(-np.abs(x))
        sigmoid = np.maximum(e, step)
        u = e + one
        sigmoid /= u
        log_u = ln_one_plus(e, u)
        del e, u  # before anything else takes their memory
        if self.pos_weight is not None:
            del step
            check_not_bool("pos_weight", self.pos_weight)
            pos_weight = _fitting("pos_weight", self.pos_weight, x)
            return _weighted(x, t, pos_weight, log_u), _weighted_slope(t, pos_weight, sigmoid)
        # (1 - t) x - min(x, 0) is (step - t) x. ln(1 + e) comes last: at t = 0 and x << 0 it is all that is left.
        step -= t
        step *= x
        step += log_u
        if not lowest(x) > -math.inf:
            step = np.where(x == -np.inf, np.nan, step)  # inf - inf in the definition
        sigmoid -= t
        return step, sigmoid


def _admitted(input: Array, target: Array) -> Operands:
    check_float("input", input)
    check_float("target", target)
    check_same(input, target)
    return aligned(input, target)._replace(dtype=target.dtype)  # torch gives the loss the target's dtype


def _weighted(x: Array, t: Array, pos_weight: Array, log_u: Array) -> Array:
    """(1 - t) x + s ln(1 + exp(-x)), in the order of the unweighted sum."""
    s = 1 + (pos_weight - 1) * t
    low = np.asarray(np.minimum(x, 0))
    np.multiply(low, s, out=low, where=x < 0)  # elsewhere it stays 0, for s may be infinite
    elements = 1 - t
    elements *= x
    elements -= low
    s *= log_u
    elements += s
    return elements


def _weighted_slope(t: Array, pos_weight: Array, sigmoid: Array) -> Array:
    """(1 - t + p t) sigmoid - p t; `sigmoid` is used up."""
    positive = pos_weight * t
    total = positive + 1
    total -= t
    sigmoid *= total
    sigmoid -= positive
    return sigmoid


def plain(x: Array, t: Array, p: float = 1.0) -> tuple[Array, Array]:
    """Value and slope as torch states them, without weight: the specification of what is computed above."""
    softplus = np.log1p(np.exp(-np.abs(x))) + np.maximum(-x, 0)  # ln(1 + exp(-x))
    sigmoid = 1 / (1 + np.exp(-x))
    return (1 - t) * x + (1 + (p - 1) * t) * softplus, (1 - t + p * t) * sigmoid - p * t


def _fitting(field: str, weight: Array, like: Array) -> Array:
    check_real(field, weight)
    check_fits(field, weight, like.shape)
    return converted(weight, like.dtype)
