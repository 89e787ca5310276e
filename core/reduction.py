"""none, mean, sum, batchmean: applied once, outside the losses, and able to say what they divided by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core.arrays import Array, frozen

REDUCTIONS = ("none", "mean", "sum")
REDUCTIONS_WITH_BATCHMEAN = (*REDUCTIONS, "batchmean")

# The names that a divisor can have; the ledger shows them and the window translates them.
NOTHING = "1 (no division)"
ELEMENTS = "number of elements"
BATCH_SIZE = "batch size"
ROWS = "number of rows"
KEPT_ROWS = "number of rows kept (not ignored)"
KEPT_WEIGHTS = "sum of w[y] over the kept rows"
BATCH_SIZE_AFTER_LENGTHS = "batch size, after each loss ÷ its target length"


@dataclass(frozen=True, slots=True)
class Divisor:
    """What the sum of the terms is divided by: `value`, and in words `name`."""

    value: float
    name: str


# The dot product with ones is the fastest sum of some thousand numbers. For more than 10,000 OpenBLAS starts threads,
# which wait for each other.
ONES = {np.dtype(dtype): frozen(np.ones(8192, dtype)) for dtype in (np.float32, np.float64)}

UNDIVIDED = Divisor(1.0, NOTHING)


@lru_cache
def counted(number: int, name: str) -> Divisor:
    """A divisor that counts something. It is kept, for one size is evaluated over and over."""
    return Divisor(float(number), name)


def divisor_of(reduction: str, mean: Divisor, batch_size: int) -> Divisor:
    """The divisor in force: `mean` is the loss's own, `batch_size` that of batchmean."""
    if reduction == "mean":
        return mean
    if reduction == "batchmean":
        return Divisor(float(batch_size), BATCH_SIZE)
    return UNDIVIDED


def total_of(elements: Array) -> Any:
    """Their sum: 16-bit floats in float32; float32 as if exactly, so that its last digit is that of torch's sum."""
    if elements.dtype == np.float32:
        return np.float32(np.add.reduce(elements, axis=None, dtype=np.float64))
    if elements.dtype.itemsize < 4:
        return np.add.reduce(elements, axis=None, dtype=np.float32)
    ones = ONES.get(elements.dtype)
    if ones is not None and elements.size <= ones.size:
        return elements.ravel().dot(ones[: elements.size])
    return np.add.reduce(elements, axis=None)


def sum_over(elements: Array, axis: int) -> Array:
    """The sums along `axis`, which stays with size 1."""
    ones = ONES.get(elements.dtype)
    if ones is not None and elements.size <= ones.size and elements.ndim == 2 and axis == 1:
        return elements.dot(ones[: elements.shape[1]]).reshape(-1, 1)
    return np.add.reduce(elements, axis=axis, keepdims=True)


def reduced(elements: Array, reduction: str, divisor: Divisor) -> Array:
    """The value torch returns: `elements` themselves, or their sum ÷ the divisor as a 0-d array.

    16-bit floats are summed in float32 and rounded once. An empty mean is nan, as in torch. Call it under
    np.errstate: inf - inf, a division by 0 and a sum beyond the largest float are results here, not accidents.
    """
    if reduction == "none":
        return elements
    dtype = elements.dtype
    if dtype.kind in "iu":
        return np.asarray(np.add.reduce(elements, axis=None, dtype=np.int64))
    total = total_of(elements)
    return np.asarray(total if divisor is UNDIVIDED else total / divisor.value, dtype)
