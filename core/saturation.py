"""Where the sigmoid stops being told apart from 1, on the grid of a dtype."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from core.links import sigmoid

_UNSIGNED = {2: np.uint16, 4: np.uint32, 8: np.uint64}


@cache
def sigmoid_is_one_from(dtype: np.dtype[Any]) -> float:
    """The smallest z for which sigmoid(z) is exactly 1 in this dtype."""
    # Positive floats are ordered as their bit patterns are: bisect on these to end at neighbours.
    bits = _UNSIGNED[dtype.itemsize]
    low, high = (int(dtype.type(z).view(bits)) for z in (1.0, 64.0))
    while high - low > 1:
        middle = (low + high) // 2
        saturated = bool(sigmoid(np.asarray(bits(middle)).view(dtype)) == 1)
        low, high = (low, middle) if saturated else (middle, high)
    return float(bits(high).view(dtype))
