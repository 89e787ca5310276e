"""Rules for L1Loss, SmoothL1Loss and MSELoss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say

if TYPE_CHECKING:
    from core.arrays import FloatArray

FEW = 20  # elements below which the spread of residuals tells nothing
TOP, MOST = 0.01, 0.5  # the share of the elements that may hold the other share of a squared loss
MOSTLY = 0.99  # the share of the elements that makes SmoothL1Loss one of its halves
HITS = 0.2  # the share of exact hits from which L1Loss has few elements left to move


def _residuals(case: Case) -> FloatArray:
    """(elements,) input less target in float64; empty where the shapes differ or the loss refuses them."""
    if case.evaluation is None or case.target is None or case.target.shape != case.input.shape:
        return np.empty(0)
    return (case.input.astype(np.float64) - case.target).ravel()


@rule("R1", "MSELoss")
def square_overflows(case: Case) -> Finding | None:
    """The square leaves the dtype while the residual, and the gradient 2d, are still in it."""
    if case.input.dtype.kind != "f":
        return None
    d = np.abs(_residuals(case))
    limit = float(np.sqrt(float(np.finfo(case.input.dtype).max)))
    where = np.flatnonzero((d >= limit) & np.isfinite(d))
    if not where.size:
        return None
    return Finding(
        "R1",
        "error",
        say("doctor", "The square overflows"),
        say(
            "doctor",
            "{count} residuals reach {most:.4g}; from {limit:.4g} on the square is no {dtype} any more: the loss is "
            "inf, while the gradient stays finite.",
            count=where.size,
            most=float(d[where].max()),
            limit=limit,
            dtype=case.input.dtype,
        ),
        say("doctor", "Scale the targets, compute the loss in float32, or use SmoothL1Loss."),
        {"rows": first(where), "count": int(where.size), "limit": limit},
    )


@rule("R2", "MSELoss")
def outliers_dominate(case: Case) -> Finding | None:
    """Squares give the loss to a few."""
    d = _residuals(case)
    squares = d**2
    total = float(squares.sum())
    if d.size < FEW or not (np.isfinite(total) and total > 0):
        return None
    count = max(round(TOP * d.size), 1)
    top = np.argsort(-squares, kind="stable")[:count]
    share = float(squares[top].sum()) / total
    if share <= MOST:
        return None
    sizes = np.abs(d)
    return Finding(
        "R2",
        "warning",
        say("doctor", "Outliers dominate"),
        say(
            "doctor",
            "{count} of {size} elements carry {share:.3g} % of the loss and {pull:.3g} % of the gradient; the largest "
            "residual is {most:.4g}, the median {median:.4g}.",
            count=count,
            size=d.size,
            share=100 * share,
            pull=100 * float(sizes[top].sum() / sizes.sum()),
            most=float(sizes.max()),
            median=float(np.median(sizes)),
        ),
        say(
            "doctor",
            "Inspect rows {rows}; SmoothL1Loss or L1Loss would limit their pull.",
            rows=listed(top, case.input.shape),
        ),
        {"rows": first(top), "count": count, "share": share},
    )


@rule("R3", "SmoothL1Loss")
def quadratic_only(case: Case) -> Finding | None:
    """All residuals lie inside beta."""
    beta, d = float(getattr(case.loss, "beta", 1.0)), np.abs(_residuals(case))
    if beta <= 0 or d.size < FEW or not float((d < beta).mean()) > MOSTLY:
        return None
    return Finding(
        "R3",
        "hint",
        say("doctor", "Only the quadratic part is used"),
        say(
            "doctor",
            "{share:.3g} % of the residuals are below beta = {beta:g}: on these data the loss is MSELoss / {twice:g}. "
            "Their median is {median:.4g}.",
            share=100 * float((d < beta).mean()),
            beta=beta,
            twice=2 * beta,
            median=float(np.median(d)),
        ),
        say("doctor", "Set beta near {median:.3g} if outliers are to be limited.", median=float(np.median(d))),
        {"beta": beta, "median": float(np.median(d))},
    )


@rule("R4", "SmoothL1Loss")
def linear_only(case: Case) -> Finding | None:
    """All residuals lie outside beta."""
    beta, d = float(getattr(case.loss, "beta", 1.0)), np.abs(_residuals(case))
    if beta <= 0 or d.size < FEW or not float((d >= beta).mean()) > MOSTLY:
        return None
    return Finding(
        "R4",
        "hint",
        say("doctor", "Only the linear part is used"),
        say(
            "doctor",
            "{share:.3g} % of the residuals are beta = {beta:g} or more: on these data the loss is L1Loss − {half:g}.",
            share=100 * float((d >= beta).mean()),
            beta=beta,
            half=beta / 2,
        ),
        say(
            "doctor", "Raise beta towards {median:.3g}, the median, if it is to be smooth.", median=float(np.median(d))
        ),
        {"beta": beta, "median": float(np.median(d))},
    )


@rule("R5", "SmoothL1Loss")
def beta_of_zero(case: Case) -> Finding | None:
    """There is no quadratic part."""
    if float(getattr(case.loss, "beta", 1.0)) != 0:
        return None
    return Finding(
        "R5",
        "hint",
        say("doctor", "beta = 0 is L1Loss"),
        say(
            "doctor", "With beta = 0 the loss is L1Loss exactly, with the gradient 0 where input and target are equal."
        ),
        say("doctor", "Use L1Loss, or a beta above 0."),
        {"beta": 0.0},
    )


@rule("R6", "SmoothL1Loss")
def not_huber(case: Case) -> Finding | None:
    """Huber is beta times as large."""
    beta = float(getattr(case.loss, "beta", 1.0))
    if beta in (0.0, 1.0) or not np.isfinite(case.value):
        return None
    return Finding(
        "R6",
        "hint",
        say("doctor", "Not HuberLoss"),
        say(
            "doctor",
            "HuberLoss with delta = {beta:g} would give {huber:.4g}, beta times this {value:.4g}: its tails have the "
            "slope {beta:g}, those of SmoothL1Loss the slope 1.",
            beta=beta,
            huber=beta * case.value,
            value=case.value,
        ),
        say("doctor", "Choose by the slope of the tails, or rescale the learning rate."),
        {"huber": beta * case.value},
    )


@rule("R7", "L1Loss")
def exact_hits(case: Case) -> Finding | None:
    """At a residual of 0 the subgradient is 0."""
    d = _residuals(case)
    if d.size < FEW or not float((d == 0).mean()) > HITS:
        return None
    return Finding(
        "R7",
        "hint",
        say("doctor", "Exact hits"),
        say(
            "doctor",
            "{count} of {size} residuals are exactly 0, where the gradient is 0 too: only the others pull.",
            count=int((d == 0).sum()),
            size=d.size,
        ),
        say("doctor", "Nothing needs mending, unless input and target are the same array."),
        {"rows": first(np.flatnonzero(d == 0)), "count": int((d == 0).sum())},
    )


@rule("R9", "L1Loss", "SmoothL1Loss", "MSELoss")
def integers(case: Case) -> Finding | None:
    """Neither a mean nor a gradient can be an integer."""
    x, t = case.input, case.target
    if t is None or x.dtype.kind == "f" or t.dtype.kind == "f":
        return None
    return Finding(
        "R9",
        "error",
        say("doctor", "Integers"),
        say(
            "doctor",
            "Input ({input}) and target ({target}) are both integers: torch refuses them, or cannot take their mean.",
            input=x.dtype,
            target=t.dtype,
        ),
        say("doctor", "Convert both: input.float(), target.float()."),
        {"input": str(x.dtype), "target": str(t.dtype)},
        explains_refusal=True,
    )
