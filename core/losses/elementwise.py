"""What the losses with one term an element share: the door before the formula, the reduction after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.losses.base import Evaluation
from core.losses.dtypes import computing, converted, numeric, promoted
from core.losses.shapes import broadcast, summed_to
from core.reduction import ELEMENTS, Divisor, divisor_of, reduced

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array
    from core.losses.dtypes import DType


class Operands(NamedTuple):
    """Input and target as they are computed with: in one dtype, one shape.

    Attributes:
        given: the input as it came; the gradient goes back to its shape and dtype.
        dtype: the dtype of the loss.
    """

    input: Array
    target: Array
    given: Array
    dtype: DType


def opened(input: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Array, Array]:
    """Input and target as arrays of numbers."""
    return numeric("input", input), numeric("target", target)


def aligned(given: Array, target: Array, dtype: DType | None = None) -> Operands:
    """Promoted (or in `dtype`) and broadcast as torch does; nothing is copied where nothing has to change."""
    dtype = dtype or promoted(given.dtype, target.dtype)
    wide = computing(dtype)
    x, t = converted(given, wide), converted(target, wide)
    if x.shape != t.shape:
        x, t = broadcast(x, t)
    return Operands(x, t, given, dtype)


def concluded(reduction: str, operands: Operands, elements: Array, slope: Array, gain: float = 1.0) -> Evaluation:
    """The evaluation of `elements`, whose derivatives are `gain` times `slope`; the one place that reduces them."""
    given, dtype = operands.given, operands.dtype
    batch_size = given.shape[0] if given.ndim else 1
    divisor = divisor_of(reduction, Divisor(float(elements.size), ELEMENTS), batch_size)
    terms = np.asarray(elements, dtype)
    grad = slope * (gain / (divisor.value or 1.0))  # where the divisor is 0 there is no element
    if grad.shape != given.shape:
        grad = summed_to(grad, given.shape)
    # torch gives an integer input no gradient; here it has that of the loss's dtype.
    grad = np.asarray(grad, dtype if given.dtype.kind in "iub" else given.dtype)
    return Evaluation(reduced(terms, reduction, divisor), grad, terms, divisor)
