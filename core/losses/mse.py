"""MSELoss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.losses.base import Evaluation, Loss
from core.losses.elementwise import admitted, alike, concluded
from core.params import param
from core.reduction import REDUCTIONS
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt


@final
@dataclass(frozen=True, eq=False)
class MSELoss(Loss):
    """The squared error of each element: no half in it, no root taken.

    Value and gradient, with d = input - target: d² and 2 d. mean divides by the number of elements.

    Shapes: input and target any shape; different shapes are broadcast, the gradient is summed back.
    Domain: all real numbers; at least one of the two floating-point.

    Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 1.2.5 (there with a factor 1/2).
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.MSELoss.html
    """

    family: ClassVar[str] = "regression"
    reduction: str = param("mean", "choice", say("core", "How the terms become one number."), choices=REDUCTIONS)

    @np.errstate(all="ignore")  # inf and nan are results here, not accidents
    def evaluate(self, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
        operands = alike(input, target) or admitted(input, target)
        d = operands.input - operands.target
        return concluded(self.reduction, operands, d * d, d, 2.0)
