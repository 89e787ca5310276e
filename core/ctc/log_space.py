"""Forward and backward in log space for a whole batch: slower than probabilities, and at home at any scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.lattice import forward
from core.ctc.plan import emissions, stretches

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.ctc.lattice import forward
from core.ctc.plan import Plan

LOWEST = np.finfo(np.float64).min


@np.errstate(invalid="ignore", divide="ignore")  # an emission of +inf makes nan; log 0 is -inf
def forward_backward(log_probs: FloatArray, plan: Plan) -> tuple[FloatArray, FloatArray]:
    """Log-likelihoods (N,) and occupancies of the plan's columns (T, K).

    `log_probs` are those of the plan's columns, (T, K + 1), the last one -inf.
    """
    emission = np.concatenate(list(emissions(log_probs, plan)))
    arriving = forward(emission, plan.skip > 0.0, plan.before)
    peaks, occupancy = _mass(arriving, log_probs, plan)
    # Rounding has much in common within a frame, so its own sum is a better measure than the log-likelihood.
    sums = np.add.reduceat(occupancy, plan.column_starts, axis=1)
    occupancy /= sums[:, plan.owner]
    return peaks[-1] + np.log(sums[-1]), occupancy


def _mass(arriving: FloatArray, log_probs: FloatArray, plan: Plan) -> tuple[FloatArray, FloatArray]:
    """The mass (T, K) of the paths through each column, and what its logarithm is relative to, (T, N)."""
    forward, beta = arriving[:, : plan.half], arriving[::-1, ::-1][:, : plan.half]
    mass = np.empty((len(arriving), len(plan.columns)))
    peaks = np.empty((len(arriving), len(plan.column_starts)))
    column = plan.cells[plan.grouped]
    starts = plan.groups[plan.column_starts]  # cells are grouped by column, and so by sample
    for some in stretches(len(arriving), plan.half):
        cells = (forward[some] + beta[some]).take(plan.grouped, axis=1)
        cells += log_probs[some].take(column, axis=1)
        peak = np.maximum(np.maximum.reduceat(cells, starts, axis=1), LOWEST, out=peaks[some])
        cells -= peak.take(plan.owner[column], axis=1)
        np.add.reduceat(np.exp(cells, cells), plan.groups, axis=1, out=mass[some])
    return peaks, mass
