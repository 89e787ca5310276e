"""Array types, and read-only arrays that snapshots of the state share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.integer[Any]]
BoolArray = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]

STRETCH = 1 << 16  # elements that are looked at together, so that they stay in the cache


def frozen(array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
    """A read-only array of its own: a copy, unless `array` is already read-only all the way down."""
    given = np.asarray(array, dtype=dtype)
    if not _is_read_only(given):
        given = given.copy()
        given.flags.writeable = False
    return given


def l2_norm(array: Array) -> float:
    """Of all elements, summed in float64 without a copy of the whole in it."""
    flat = array.ravel()
    squares = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for first in range(0, flat.size, STRETCH):
            part = flat[first : first + STRETCH].astype(np.float64, copy=False)
            squares += float(np.dot(part, part))
    return float(np.sqrt(squares))


def _is_read_only(array: Array) -> bool:
    base: object = array
    while isinstance(base, np.ndarray):
        if base.flags.writeable:
            return False
        base = base.base
    return base is None
