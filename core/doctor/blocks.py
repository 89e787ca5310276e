"""Sums over the rows of large arrays, some rows at a time, so that no copy of the whole is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.arrays import STRETCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt


def log_sum_exp(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """(rows,) log of the sum of exp over the columns of (rows, C): 0 for log-probabilities."""
    return np.concatenate([_of_block(rows[part]) for part in _stretches(rows)]) if len(rows) else np.empty(0)


def _stretches(rows: npt.NDArray[Any]) -> Iterator[slice]:
    step = max(STRETCH // max(rows[:1].size, 1), 1)
    return (slice(start, start + step) for start in range(0, len(rows), step))


def _of_block(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    top = rows.max(axis=1, keepdims=True)
    # An infinite top would give inf - inf; the row is infinite or empty of probability whatever is subtracted.
    top = np.where(np.isfinite(top), top, 0)
    return np.log(np.exp(rows - top).sum(axis=1)) + top[:, 0]
