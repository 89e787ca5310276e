"""Rules for KLDivLoss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.doctor.case import Case, first
from core.doctor.finding import Finding, rule
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import Array


@rule("K1", "KLDivLoss")
def not_log_probs(case: Case) -> Finding | None:
    """The input of KLDivLoss is log-probabilities, the target is not (unless log_target)."""
    x, rows = case.input, case.class_rows
    if x.size < 2 or not rows.size or (x == x.flat[0]).all():
        return None  # one element, or one value throughout, tells nothing of what was meant
    above = (rows > case.tolerance).any(axis=1)
    off = np.flatnonzero(above | (np.abs(case.log_sum_exp) > case.tolerance))
    if not off.size or _normalised_over_a_later_axis(case, x):
        return None
    return Finding(
        "K1",
        "warning",
        say("doctor", "Input is not log-probabilities"),
        _message(case, off.size, bool(above.any())),
        say("doctor", "Pass log_softmax(logits) as input; the target stays a probability."),
        {"rows": first(case.row_numbers[off]), "count": int(off.size)},
    )


def _message(case: Case, count: int, is_above: bool) -> Text:
    if case.rows_are_probabilities:
        return say(
            "doctor",
            "All {rows} distributions lie in [0, 1] and sum to 1: probabilities, where KLDivLoss takes their "
            "logarithms. The value means nothing and can be negative.",
            rows=len(case.class_rows),
        )
    if is_above:
        return say(
            "doctor",
            "{count} distributions are no log-probabilities, with values up to {most:.4g}: they look like logits. "
            "The value means nothing and can be negative.",
            count=count,
            most=float(case.class_rows.max()),
        )
    return say(
        "doctor", "exp of {count} distributions does not sum to 1. The value is off and can be negative.", count=count
    )


def _normalised_over_a_later_axis(case: Case, x: Array) -> bool:
    """KLDivLoss is elementwise and names no class axis: (N, T, C) with the classes last is as good as (N, C, T)."""
    wide = x.astype(np.result_type(x.dtype, np.float32), copy=False)
    sums = (np.exp(wide).sum(axis=axis) for axis in range(2, x.ndim) if x.shape[axis] > 1)
    return any(bool(np.all(np.abs(total - 1) < case.tolerance)) for total in sums)
