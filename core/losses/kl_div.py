"""KLDivLoss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.losses.base import Evaluation, Loss
from core.losses.dtypes import check_float
from core.losses.elementwise import aligned, alike, concluded, opened
from core.losses.extremes import lowest
from core.params import param
from core.reduction import REDUCTIONS_WITH_BATCHMEAN
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array
    from core.losses.elementwise import Operands


@final
@dataclass(frozen=True, eq=False)
class KLDivLoss(Loss):
    """The divergence KL(target || prediction) from log-probabilities, term by term: the target comes first in it.

    Value and gradient: t ln t - t x, where 0 ln 0 is 0, and -t. With log_target: exp(t) (t - x) and -exp(t).
    mean divides by the number of elements, which is not the divergence; batchmean divides by the input's first
    dimension, which is.

    Shapes: input and target any shape; different shapes are broadcast, the gradient is summed back.
    Domain: input log-probabilities, target probabilities, or log-probabilities with log_target. Nothing checks
    or normalises them: a negative target gives nan, and the value is only >= 0 if both sum to 1.

    Source: S. Kullback and R. A. Leibler, On Information and Sufficiency (1951), doi:10.1214/aoms/1177729694.
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.KLDivLoss.html
    """

    family: ClassVar[str] = "distribution"
    reduction: str = param(
        "mean",
        "choice",
        say("core", "How the terms become one number; batchmean is the divergence per sample."),
        choices=REDUCTIONS_WITH_BATCHMEAN,
    )
    log_target: bool = param(False, "switch", say("core", "The target holds log-probabilities, as the input does."))

    @np.errstate(all="ignore")  # inf and nan are results here, not accidents
    def evaluate(self, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
        operands = alike(input, target) or _admitted(*opened(input, target))
        x, t = operands.input, operands.target
        if self.log_target:
            p = np.exp(t)
            return concluded(self.reduction, operands, p * (t - x), -p)
        # ln 1 in place of ln 0 makes 0 ln 0 = 0, and leaves the nan of a negative target alone.
        elements = np.log(t if lowest(t) > 0 else t + (t == 0))
        elements *= t
        elements -= t * x
        return concluded(self.reduction, operands, elements, -t)


def plain(x: Array, t: Array) -> tuple[Array, Array]:
    """Value and slope as defined, for t > 0: the specification of what is computed above."""
    return t * (np.log(t) - x), -t


def _admitted(given: Array, target: Array) -> Operands:
    check_float("input", given)
    check_float("target", target)
    # Unlike the other losses torch's kl_div does not let a single number widen an array.
    single = (target if given.ndim == 0 else given).dtype if (given.ndim == 0) != (target.ndim == 0) else None
    return aligned(given, target, single)
