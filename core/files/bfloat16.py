"""bfloat16, which NumPy does not have: the upper half of a float32."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray


def widened(halves: Array) -> FloatArray:
    """The same numbers in float32, of their bits as uint16."""
    return (halves.astype(np.uint32) << np.uint32(16)).view(np.float32)
