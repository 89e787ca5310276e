"""Loss against gradient: points while they can be told apart, else how many there are in each place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray, IntArray

MOST_POINTS = 5000
CELLS = 96  # of a density's side


@final
@dataclass(frozen=True, eq=False, slots=True)
class Scatter:
    """n rows in the plane of the logarithms.

    Attributes:
        rows: (n,) row numbers; x, y: (n,) log10 of both, the lower edge for zeros.
        low, high: (2,) of the plane.
        density: (CELLS, CELLS) counts by y and x where there are too many points, else None.
        zeros: rows that lie on an edge because one of the two is 0; lost: rows that are not finite.
    """

    rows: IntArray
    x: FloatArray
    y: FloatArray
    low: FloatArray
    high: FloatArray
    density: IntArray | None
    zeros: int
    lost: int


def scatter(loss: Array, grad: Array, kept: BoolArray) -> Scatter:
    """Of (n,) losses and gradient norms."""
    a, b = np.abs(loss.astype(np.float64)), np.abs(grad.astype(np.float64))
    rows = np.flatnonzero(np.isfinite(a) & np.isfinite(b) & kept)
    x, lowest_x, highest_x = _logs(a[rows])
    y, lowest_y, highest_y = _logs(b[rows])
    low, high = np.array([lowest_x, lowest_y]), np.array([highest_x, highest_y])
    density = None
    if rows.size > MOST_POINTS:
        density, _, _ = np.histogram2d(y, x, CELLS, ((low[1], high[1]), (low[0], high[0])))
        density = frozen(density.astype(np.int64))
    zeros = int(np.count_nonzero((a[rows] == 0) | (b[rows] == 0)))
    lost = int(np.count_nonzero(kept)) - rows.size
    return Scatter(frozen(rows), frozen(x), frozen(y), frozen(low), frozen(high), density, zeros, lost)


def _logs(values: FloatArray) -> tuple[FloatArray, float, float]:
    """Logarithms, zeros at a decade below the least; the range with a little air."""
    positive = values[values > 0]
    if not positive.size:
        return np.zeros(values.size), -1.0, 1.0
    low, high = float(np.log10(positive.min())), float(np.log10(positive.max()))
    if (values == 0).any():
        low -= 1.0
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log10(values), low)
    air = max(0.04 * (high - low), 0.1)
    return logs, low - air, high + air
