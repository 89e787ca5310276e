"""BCELoss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.errors import InputError
from core.losses.base import Evaluation, Loss
from core.losses.dtypes import check_float, check_real, converted
from core.losses.elementwise import aligned, alike, concluded, opened
from core.losses.extremes import highest, lowest
from core.losses.ln_one_plus import ln_one_plus
from core.losses.shapes import check_fits, check_same
from core.params import param
from core.reduction import REDUCTIONS
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array
    from core.losses.elementwise import Operands

# torch/aten/src/ATen/native/Loss.cpp: binary_cross_entropy clamps both logarithms from below, its backward divides
# by no less than EPSILON, a float32 constant in every dtype.
LOG_FLOOR = -100.0
EPSILON = float(np.float32(1e-12))


@final
@dataclass(frozen=True, eq=False)
class BCELoss(Loss):
    """The cross-entropy of yes-or-no outcomes, each element on its own, from probabilities.

    Value and gradient: -w [t ln x + (1 - t) ln(1 - x)], both logarithms no lower than -100, and
    w (x - t) / max(x (1 - x), 1e-12): the clamp of the value is not in the gradient, as in torch.
    mean divides by the number of elements, never by the weights. float16 is computed in float32.

    Shapes: input and target one shape; weight broadcasts to it.
    Domain: input and target in [0, 1], of one floating-point dtype; weight any real number.

    Source: I. J. Good, Rational Decisions (1952), doi:10.1111/j.2517-6161.1952.tb00104.x.
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.BCELoss.html
    """

    family: ClassVar[str] = "binary"
    weight: Array | None = param(None, "array", say("core", "A factor for each element; it broadcasts to the input."))
    reduction: str = param("mean", "choice", say("core", "How the terms become one number."), choices=REDUCTIONS)

    @np.errstate(all="ignore")  # inf and nan are results here, not accidents
    def evaluate(self, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
        operands = alike(input, target) or _admitted(*opened(input, target))
        x, t = operands.input, operands.target
        _check_probabilities("target", t)
        # Nowhere else can a clamp act: ln(1e-12) is above -100.
        clamped = _check_probabilities("input", x) < 2 * EPSILON
        elements, slope = _terms(x, t, clamped)
        if self.weight is not None:
            weight = converted(_fitting(self.weight, operands.given), x.dtype)
            elements *= weight
            slope *= weight
        return concluded(self.reduction, operands, elements, slope)


def _terms(x: Array, t: Array, clamped: bool) -> tuple[Array, Array]:
    one = np.array(1, x.dtype)
    not_x = one - x
    slope = x - t
    spread = not_x * x
    slope /= np.maximum(spread, EPSILON) if clamped else spread
    del spread  # before anything else takes its memory
    log_x, log_not_x = np.log(x), ln_one_plus(-x, not_x)
    if clamped:
        log_x, log_not_x = np.maximum(log_x, LOG_FLOOR), np.maximum(log_not_x, LOG_FLOOR)
    elements = t - one
    elements *= log_not_x
    log_x *= t
    elements -= log_x
    return elements, slope


def plain(x: Array, t: Array) -> tuple[Array, Array]:
    """Value and slope as torch states them, without weight: the specification of what is computed above."""
    log_x, log_not_x = np.maximum(np.log(x), LOG_FLOOR), np.maximum(np.log1p(-x), LOG_FLOOR)
    return -(t * log_x + (1 - t) * log_not_x), (x - t) / np.maximum(x * (1 - x), EPSILON)


def _check_probabilities(field: str, p: Array) -> float:
    """How near they come to 0 or 1; InputError for the first one outside [0, 1]."""
    low, high = lowest(p), highest(p)
    if low >= 0 and high <= 1:
        return min(low, 1 - high)
    where = np.argmin((p >= 0) & (p <= 1))
    raise InputError(
        field,
        say(
            "core",
            "Element {index} is {value:g}; probabilities lie in [0, 1].",
            index=tuple(map(int, np.unravel_index(where, p.shape))),
            value=float(p.flat[where]),
        ),
        say("core", "For logits use BCEWithLogitsLoss; scale labels to 0..1."),
    )


def _admitted(input: Array, target: Array) -> Operands:
    _check_dtypes(input, target)
    check_same(input, target)
    return aligned(input, target)


def _check_dtypes(input: Array, target: Array) -> None:
    check_float("input", input)
    if target.dtype != input.dtype:
        raise InputError(
            "target",
            say(
                "core",
                "It is {target} and the input is {input}; BCELoss takes one dtype.",
                target=target.dtype,
                input=input.dtype,
            ),
            say("core", "Convert the target to {input}.", input=input.dtype),
        )


def _fitting(weight: Array, input: Array) -> Array:
    check_real("weight", weight)
    check_fits("weight", weight, input.shape)
    return weight
