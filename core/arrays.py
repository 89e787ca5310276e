"""Array types, and read-only arrays that snapshots of the state share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.integer[Any]]
BoolArray = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]


def frozen(array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> Array:
    """A read-only array of its own: a copy, unless `array` is already read-only all the way down."""
    given = np.asarray(array, dtype=dtype)
    if not _is_read_only(given):
        given = given.copy()
        given.flags.writeable = False
    return given


def _is_read_only(array: Array) -> bool:
    base: object = array
    while isinstance(base, np.ndarray):
        if base.flags.writeable:
            return False
        base = base.base
    return base is None
