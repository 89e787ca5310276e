"""NLLLoss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.losses.base import Evaluation, Loss
from core.losses.dtypes import check_float
from core.losses.elementwise import opened
from core.losses.labels import IGNORABLE, labelled
from core.params import param
from core.reduction import REDUCTIONS, divisor_of, reduced
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array


@final
@dataclass(frozen=True, eq=False)
class NLLLoss(Loss):
    """The negative log-likelihood of the label, read off log-probabilities; it takes no logarithm itself.

    Value and gradient: -w[y] x[y], and -w[y] at class y, 0 elsewhere; both are 0 for ignored rows.
    mean divides by the sum of w[y] over the rows kept: by their number if there are no weights.

    Shapes: input (C,), (N, C) or (N, C, d1, ...); target the same without C, int64 (uint8 up to (N,)); weight (C,).
    Domain: input log-probabilities, which nothing checks; labels 0..C - 1 or ignore_index; weight any number, in the
    input's dtype. With every row ignored the mean is nan and its gradient 0.

    Source: R. A. Fisher, On the Mathematical Foundations of Theoretical Statistics (1922), doi:10.1098/rsta.1922.0009.
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.NLLLoss.html
    """

    family: ClassVar[str] = "multi-class"
    weight: Array | None = param(None, "array", say("core", "A factor for each class."))
    ignore_index: int = param(
        -100, "integer", say("core", "Rows with this label count nothing; it need not be a class."), interval=IGNORABLE
    )
    reduction: str = param("mean", "choice", say("core", "How the terms become one number."), choices=REDUCTIONS)

    @np.errstate(all="ignore")  # inf and nan are results here, not accidents
    def evaluate(self, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
        x, t = opened(input, target)
        check_float("input", x)
        labels = labelled(x, t, self.weight, self.ignore_index)
        divisor = divisor_of(self.reduction, labels.mean, 1)
        elements = np.asarray(labels.masked(-labels.weight * x.take(labels.at)), x.dtype)
        grad = np.zeros(x.shape, x.dtype)
        grad.put(labels.at, labels.masked(-labels.weight / divisor.value))
        return Evaluation(reduced(elements, self.reduction, divisor), grad, elements, divisor)
