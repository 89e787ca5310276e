"""Smooth values on a coarse grid, brought to a fine one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import FloatArray


def cubic(values: FloatArray, size: int) -> FloatArray:
    """(n, n) values over the same square at (size, size) points: cubics through the four nearest nodes."""
    if values.shape == (size, size):
        return values
    weights = _weights(values.shape[0], size)
    return weights @ values @ weights.T


@cache
def _weights(nodes: int, size: int) -> npt.NDArray[np.float64]:
    """(size, nodes) Lagrange weights."""
    at = np.linspace(0, nodes - 1, size)
    first = np.clip(np.floor(at).astype(int) - 1, 0, nodes - 4)
    weights = np.zeros((size, nodes))
    for k in range(4):
        others = [j for j in range(4) if j != k]
        weight = np.prod([(at - first - j) / (k - j) for j in others], axis=0)
        weights[np.arange(size), first + k] = weight
    return weights
