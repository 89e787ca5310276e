"""The least that one row can lose, whatever its scores are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.row_loss import RowLoss


ROUNDING = 1e-12  # probabilities in float64 that add up to 1


def floor_of(row: RowLoss) -> float | None:
    """The infimum over all scores, in closed form; None where it is -inf or has none."""
    q = row.weighted
    if row.is_ignored or not np.all(np.isfinite(q)) or np.any(q < 0) or not np.any(q > 0):
        return None
    if row.loss.name == "CrossEntropyLoss":
        return _entropy_floor(q) if row.link == "none" else _softmax_twice_floor(q, row.link)
    if row.link == "none":
        return None
    if row.link == "softmax":
        # Linear in p: the best p is a corner of the simplex.
        return _constant_part(row) - float(np.max(q))
    return _constant_part(row) + _entropy_floor(q)


def optimum(row: RowLoss) -> FloatArray:
    """(C,) the probabilities at which the gradient is zero, w q ÷ Σ w q; nan where the weights cancel."""
    q = row.weighted
    with np.errstate(invalid="ignore", divide="ignore"):
        return q / q.sum()


def entropy(q: FloatArray) -> float:
    """-Σ q log q in nats, with 0 log 0 = 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.sum(np.where(q > 0, q * np.log(q), 0.0)))


def _entropy_floor(q: FloatArray) -> float:
    # min over p of -Σ q log p lies at p = q/S, S = Σ q: S log S - Σ q log q.
    total = float(q.sum())
    if abs(total - 1) < ROUNDING:
        return entropy(q)
    return total * float(np.log(total)) + entropy(q)


def _constant_part(row: RowLoss) -> float:
    """Σ t log t of KLDivLoss, which no score changes; 0 for the other losses."""
    return -entropy(row.weighted) if row.loss.family == "distribution" else 0.0


def _softmax_twice_floor(q: FloatArray, link: str) -> float | None:
    """Cross-entropy of softmax(p), p itself on the simplex: at the corner of the largest q, if that is optimal.

    The loss is convex in p, so a corner is the minimum iff no edge leads down from it.
    """
    if link != "softmax":
        return _entropy_floor(q)
    corner = np.zeros_like(q)
    best = int(np.argmax(q))
    corner[best] = 1.0
    normaliser = np.log(np.sum(np.exp(corner)))
    slope = q.sum() * np.exp(corner - normaliser) - q
    return float(q.sum() * normaliser - q[best]) if slope[best] <= slope.min() + 1e-12 else None
