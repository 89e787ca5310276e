"""Loss against gradient: points while they can be told apart, else how many there are in each place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import STRETCH, frozen

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
    rows = np.flatnonzero(np.isfinite(loss) & np.isfinite(grad) & kept).astype(np.int32)
    x, lowest_x, highest_x = _logs(loss[rows])
    y, lowest_y, highest_y = _logs(grad[rows])
    low, high = np.array([lowest_x, lowest_y]), np.array([highest_x, highest_y])
    density = None
    if rows.size > MOST_POINTS:
        density = frozen(_density(x, y, low, high))
    zeros = int(np.count_nonzero((loss[rows] == 0) | (grad[rows] == 0)))
    lost = int(np.count_nonzero(kept)) - rows.size
    return Scatter(frozen(rows), x, y, frozen(low), frozen(high), density, zeros, lost)


def _density(x: FloatArray, y: FloatArray, low: FloatArray, high: FloatArray) -> IntArray:
    """(CELLS, CELLS) counts by y and x, a stretch of rows at a time."""
    counts = np.zeros((CELLS, CELLS))
    for first in range(0, x.size, STRETCH):
        part = slice(first, first + STRETCH)
        counts += np.histogram2d(y[part], x[part], CELLS, ((low[1], high[1]), (low[0], high[0])))[0]
    return counts.astype(np.int64)


def _logs(values: Array) -> tuple[FloatArray, float, float]:
    """Logarithms of the magnitudes, float32, zeros at a decade below the least; the range with a little air."""
    logs = np.abs(values).astype(np.float64, copy=False)
    with np.errstate(divide="ignore"):
        np.log10(logs, out=logs)
    known = logs > -np.inf
    if not known.any():
        return frozen(np.zeros(values.size, np.float32)), -1.0, 1.0
    low, high = float(logs.min(where=known, initial=np.inf)), float(logs.max())
    if not known.all():
        low -= 1.0
    air = max(0.04 * (high - low), 0.1)
    np.maximum(logs, low, out=logs)
    return frozen(logs, np.float32), low - air, high + air
