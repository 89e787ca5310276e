"""What the losses with one term an element share: the door before the formula, the reduction after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.losses.base import Evaluation
from core.losses.dtypes import check_one_float, computing, converted, numeric, promoted
from core.losses.shapes import broadcast, summed_to
from core.reduction import ELEMENTS, counted, divisor_of, reduced

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array
    from core.losses.dtypes import DType


USUAL = frozenset({np.dtype(np.float32), np.dtype(np.float64)})


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


def alike(input: npt.ArrayLike, target: npt.ArrayLike) -> Operands | None:
    """The usual case, in which every loss takes both as they are: float32 or float64 arrays of one dtype and shape."""
    if type(input) is np.ndarray and type(target) is np.ndarray:
        dtype: DType = input.dtype
        if dtype in USUAL and target.dtype == dtype and target.shape == input.shape:
            return Operands(input, target, input, dtype)
    return None


def opened(input: npt.ArrayLike, target: npt.ArrayLike) -> tuple[Array, Array]:
    """Input and target as arrays of numbers."""
    return numeric("input", input), numeric("target", target)


def admitted(input: npt.ArrayLike, target: npt.ArrayLike) -> Operands:
    """Real numbers of any shape, not integers on both sides."""
    given, t = opened(input, target)
    check_one_float(given, t)
    return aligned(given, t)


def aligned(given: Array, target: Array, dtype: DType | None = None) -> Operands:
    """Promoted (or in `dtype`) and broadcast as torch does; nothing is copied where nothing has to change."""
    dtype = dtype or promoted(given.dtype, target.dtype)
    wide = computing(dtype)
    x, t = converted(given, wide), converted(target, wide)
    if x.shape != t.shape:
        x, t = broadcast(x, t)
    return Operands(x, t, given, dtype)


def concluded(reduction: str, operands: Operands, elements: Array, slope: Array, gain: float = 1.0) -> Evaluation:
    """The evaluation of `elements`, whose derivatives are `gain` times `slope`; the one place that reduces them.

    Both become part of it, `slope` scaled in its place: neither may be an argument of the loss.
    """
    given = operands.given
    divisor = divisor_of(reduction, counted(elements.size, ELEMENTS), given.shape[0] if given.ndim else 1)
    factor = gain / (divisor.value or 1.0)  # where the divisor is 0 there is no element
    if factor != 1:
        slope *= factor
    terms = np.asarray(elements, operands.dtype)
    grad = np.asarray(slope) if operands.input is given else _led_back(slope, operands)
    return Evaluation(reduced(terms, reduction, divisor), grad, terms, divisor)


def _led_back(slope: Array, operands: Operands) -> Array:
    """The slope in the input's shape and dtype."""
    given = operands.given
    if slope.shape != given.shape:
        slope = summed_to(slope, given.shape)
    # torch gives an integer input no gradient; here it has that of the loss's dtype.
    return np.asarray(slope, operands.dtype if given.dtype.kind in "iub" else given.dtype)
