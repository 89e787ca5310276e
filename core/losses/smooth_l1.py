"""SmoothL1Loss."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.losses.base import Evaluation, Loss
from core.losses.elementwise import admitted, alike, concluded
from core.losses.l1 import absolute_error
from core.params import Interval, param
from core.reduction import REDUCTIONS
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array


@final
@dataclass(frozen=True, eq=False)
class SmoothL1Loss(Loss):
    """A parabola near the target, a line of slope 1 away from it.

    Value and gradient, with d = input - target: d² / (2 beta) and d / beta if |d| < beta, else |d| - beta / 2 and
    sign(d). It is HuberLoss(delta=beta) / beta. mean divides by the number of elements.

    Shapes: input and target any shape; different shapes are broadcast, the gradient is summed back.
    Domain: all real numbers, at least one of the two arrays floating-point; beta in [0, inf], where 0 makes it
    L1Loss and inf makes it 0.

    Source: R. Girshick, Fast R-CNN (2015), doi:10.1109/ICCV.2015.169.
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.SmoothL1Loss.html
    """

    family: ClassVar[str] = "regression"
    reduction: str = param("mean", "choice", say("core", "How the terms become one number."), choices=REDUCTIONS)
    beta: float = param(
        1.0,
        "number",
        say("core", "The distance at which the parabola goes over into the lines; 0 leaves only the lines."),
        interval=Interval(0, math.inf),
        span=(0, 4),
    )

    @np.errstate(all="ignore")  # inf and nan are results here, not accidents
    def evaluate(self, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
        if self.beta == 0:
            return absolute_error(self.reduction, input, target)
        operands = alike(input, target) or admitted(input, target)
        d = operands.input - operands.target
        beta = np.array(self.beta, d.dtype)
        width = beta.item()
        if width == 0:  # beta underflowed: what is left of the parabola is narrower than the dtype can tell
            return absolute_error(self.reduction, input, target)
        if width == math.inf:  # inf / inf is nowhere a slope, so there the definition itself serves
            return concluded(self.reduction, operands, *plain(d, self.beta))
        # With c = clip(d, -beta, beta) both branches are one: the slope is c / beta, the value slope * (d - c / 2).
        c: Array = d.clip(np.array(-self.beta, d.dtype), beta)
        slope = c / beta
        c *= np.array(0.5, d.dtype)
        d -= c
        d *= slope
        return concluded(self.reduction, operands, d, slope)


def plain(d: Array, beta: float) -> tuple[Array, Array]:
    """Value and slope as defined: the specification of what is computed above."""
    near = np.abs(d) < beta
    value = np.where(near, 0.5 * d * d / beta, np.abs(d) - 0.5 * beta)
    return value, np.where(near, d / beta, np.sign(d))
