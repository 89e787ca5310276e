"""Rules for BCELoss and BCEWithLogitsLoss."""

from __future__ import annotations

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import Text, say


@rule("B1", "BCELoss")
def logits_as_probabilities(case: Case) -> Finding | None:
    """BCELoss takes probabilities."""
    x = case.input.ravel()
    where = np.flatnonzero((x < 0) | (x > 1))
    if not where.size:
        return None
    return Finding(
        "B1",
        "error",
        say("doctor", "Input outside [0, 1]"),
        say(
            "doctor",
            "{count} of {size} inputs lie outside [0, 1], from {low:.4g} to {high:.4g}, first in rows {rows}: "
            "BCELoss takes probabilities, and these look like logits.",
            count=where.size,
            size=x.size,
            low=float(x[where].min()),
            high=float(x[where].max()),
            rows=listed(where, case.input.shape),
        ),
        say("doctor", "Use BCEWithLogitsLoss, or apply a sigmoid first."),
        {"rows": first(where), "count": int(where.size)},
        explains_refusal=True,
    )


@rule("B3", "BCELoss", "BCEWithLogitsLoss")
def target_outside_unit_interval(case: Case) -> Finding | None:
    """BCELoss refuses such a target; BCEWithLogitsLoss takes it and has no lower bound."""
    if case.target is None:
        return None
    t = case.target.ravel()
    where = np.flatnonzero((t < 0) | (t > 1))
    if not where.size:
        return None
    refused = case.loss.name == "BCELoss"
    low, high = float(np.nanmin(t)), float(np.nanmax(t))
    return Finding(
        "B3",
        "error" if refused else "warning",
        say("doctor", "Target outside [0, 1]"),
        say(
            "doctor",
            "{count} of {size} targets are outside [0, 1], first in rows {rows}; all run from {low:.4g} to {high:.4g}. "
            "BCELoss refuses such targets.",
            count=where.size,
            size=t.size,
            low=low,
            high=high,
            rows=listed(where, case.target.shape),
        )
        if refused
        else say(
            "doctor",
            "{count} of {size} targets are outside [0, 1], first in rows {rows}; all run from {low:.4g} to {high:.4g}. "
            "torch does not check this here, and the loss falls without bound as the logits grow.",
            count=where.size,
            size=t.size,
            low=low,
            high=high,
            rows=listed(where, case.target.shape),
        ),
        _remedy_for_targets(low, high, bool(np.isin(t[where], -1).all())),
        {"rows": first(where), "count": int(where.size)},
        explains_refusal=refused,
    )


def _remedy_for_targets(low: float, high: float, only_minus_one: bool) -> Text:
    if high == 255:  # the brightest value of an 8-bit mask
        return say("doctor", "Masks of 0 … 255: divide the target by 255.")
    if only_minus_one:
        return say("doctor", "Labels of -1 and 1: use (target + 1) / 2. If -1 marks what has no label, leave it out.")
    return say("doctor", "Scale or clamp the target from [{low:.4g}, {high:.4g}] to [0, 1].", low=low, high=high)


@rule("B14", "BCELoss", "BCEWithLogitsLoss")
def integer_target(case: Case) -> Finding | None:
    """Both binary losses take floating targets only."""
    t = case.target
    if t is None or t.dtype.kind == "f":
        return None
    return Finding(
        "B14",
        "error",
        say("doctor", "Target is not floating"),
        say("doctor", "The target is {dtype}; {loss} takes floating numbers.", dtype=t.dtype, loss=case.loss.name),
        say("doctor", "Convert it: target.float()."),
        {"dtype": str(t.dtype)},
        explains_refusal=True,
    )
