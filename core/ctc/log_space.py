"""Forward and backward in log space for a whole batch: slower than probabilities, and at home at any scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.log_sweep import sweep
from core.ctc.plan import emissions, stretches

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.ctc.plan import Plan


@np.errstate(invalid="ignore", divide="ignore")  # an emission of +inf makes nan; log 0 is -inf
def forward_backward(log_probs: FloatArray, plan: Plan) -> tuple[FloatArray, FloatArray]:
    """Log-likelihoods (N,) and occupancies of the plan's columns (T, K).

    `log_probs` are those of the plan's columns, (T, K + 1), the last one -inf.
    """
    parts = list(emissions(log_probs, plan))
    emission = parts[0] if len(parts) == 1 else np.concatenate(parts)
    arriving = sweep(emission, plan)
    forward, beta = arriving[:, : plan.half], arriving[::-1, ::-1][:, : plan.half]
    last = forward[-1] + beta[-1] + emission[-1, : plan.half]
    log_likelihood = np.logaddexp.reduceat(last, plan.segments[: len(plan.column_starts)])
    whole = log_likelihood[plan.segment[: plan.half]]
    mass = np.empty((len(arriving), len(plan.columns)))
    for some in stretches(len(arriving), plan.half):
        cells = forward[some] + beta[some]
        cells += emission[some, : plan.half]
        cells -= whole
        np.add.reduceat(np.exp(cells, cells).take(plan.grouped, axis=1), plan.groups, axis=1, out=mass[some])
    # Rounding has much in common within a frame, so its own sum is a better measure than the log-likelihood.
    sums = np.add.reduceat(mass, plan.column_starts, axis=1)
    mass /= sums[:, plan.owner]
    return log_likelihood, mass
