"""L1Loss."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.errors import InputError
from core.losses.base import Evaluation, Loss
from core.losses.dtypes import check_not_bool
from core.losses.elementwise import aligned, alike, concluded, opened
from core.losses.extremes import highest
from core.params import param
from core.reduction import REDUCTIONS
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array
    from core.losses.elementwise import Operands


@final
@dataclass(frozen=True, eq=False)
class L1Loss(Loss):
    """The absolute error of each element.

    Value and gradient, with d = input - target: |d| and sign(d), which is 0 at d = 0 and where d is nan.
    mean divides by the number of elements.

    Shapes: input and target any shape; different shapes are broadcast, the gradient is summed back.
    Domain: all numbers; complex ones too (|d| is real, the gradient d / |d|), and integers unless the mean of
    integers is asked for.

    Source: P. J. Huber, Robust Estimation of a Location Parameter (1964), doi:10.1214/aoms/1177703732.
    https://docs.pytorch.org/docs/2.13/generated/torch.nn.L1Loss.html
    """

    family: ClassVar[str] = "regression"
    reduction: str = param("mean", "choice", say("core", "How the terms become one number."), choices=REDUCTIONS)

    def evaluate(self, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
        return absolute_error(self.reduction, input, target)


@np.errstate(all="ignore")  # inf and nan are results here, not accidents
def absolute_error(reduction: str, input: npt.ArrayLike, target: npt.ArrayLike) -> Evaluation:
    """L1Loss, and SmoothL1Loss with a beta of 0."""
    operands = alike(input, target) or _admitted(reduction, *opened(input, target))
    d = operands.input - operands.target
    if d.dtype.kind == "c":
        return _complex(reduction, operands, d)
    distance, sign = np.abs(d), np.sign(d)
    if math.isnan(highest(distance)):
        sign = np.where(np.isnan(d), 0, sign)  # as in torch
    return concluded(reduction, operands, distance, sign)


def _admitted(reduction: str, input: Array, target: Array) -> Operands:
    check_not_bool("input", input)
    check_not_bool("target", target)
    operands = aligned(input, target)
    if operands.dtype.kind in "iu" and reduction == "mean":
        raise InputError(
            "input",
            say("core", "It is {dtype}; the mean of integers has no dtype.", dtype=operands.dtype),
            say("core", "Convert it to float32, or choose another reduction."),
        )
    return operands


def _complex(reduction: str, operands: Operands, d: Array) -> Evaluation:
    distance = np.abs(d)
    direction: Array = np.where(distance == 0, 0, d / distance)
    if operands.given.dtype.kind != "c":
        direction = np.real(direction)
    return concluded(reduction, operands._replace(dtype=distance.dtype), distance, direction)
