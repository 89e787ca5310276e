"""Rules for what BCELoss and BCEWithLogitsLoss are given: probabilities, saturation, soft targets, base rates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.doctor.case import Case, first
from core.doctor.finding import Finding, rule
from core.problem import evaluate
from core.text import say

if TYPE_CHECKING:
    from core.arrays import FloatArray

FEW, SPREAD = 8, 0.05  # logits below which, or closer together than which, [0, 1] tells nothing
CLAMP = 100.0  # what torch makes of -log 0
TINY = 1e-12  # torch divides by no less in BCELoss's gradient
SOFT = 0.01  # nats of entropy in the targets that are worth a word
NEAR, ENOUGH = 0.02, 16  # of the base rate; elements below which a loss is near it by chance


@rule("B2", "BCEWithLogitsLoss")
def sigmoid_twice(case: Case) -> Finding | None:
    """Probabilities where logits belong."""
    x = case.input
    if x.size < FEW or not (x.min() >= 0 and x.max() <= 1) or not float(x.max()) - float(x.min()) > SPREAD:
        return None
    return Finding(
        "B2",
        "warning",
        say("doctor", "Probabilities instead of logits"),
        say(
            "doctor",
            "All {count} inputs lie in [0, 1], like the output of a sigmoid. BCEWithLogitsLoss applies one itself: the "
            "probabilities then lie between .5 and .731, and no loss is below .3133 for a target of 1, .6931 for 0.",
            count=x.size,
        ),
        say("doctor", "Remove the sigmoid and pass the logits."),
        {"low": float(x.min()), "high": float(x.max())},
    )


@rule("B4", "BCELoss")
def clamped(case: Case) -> Finding | None:
    """The logarithm of 0 is taken as -100."""
    x, t = case.pair
    where = np.flatnonzero(((x == 0) & (t > 0)) | ((x == 1) & (t < 1)))
    if not where.size:
        return None
    share = float("nan")
    if case.evaluation is not None and case.terms.size == x.size and case.terms.sum():
        share = 100 * float(case.terms[where].sum() / case.terms.sum())
    return Finding(
        "B4",
        "warning",
        say("doctor", "Probabilities of exactly 0 or 1"),
        say(
            "doctor",
            "{count} of {size} inputs are exactly 0 or 1 against the target: torch clamps each such term at {clamp:g}. "
            "They make {share:.3g} % of the loss; the gradient is of the size of 1e12, and 0 behind a float32 sigmoid.",
            count=where.size,
            size=x.size,
            clamp=CLAMP,
            share=share,
        ),
        say("doctor", "Pass the logits to BCEWithLogitsLoss; do not round or threshold before the loss."),
        {"rows": first(where), "count": int(where.size)},
    )


@rule("B5", "BCELoss")
def saturated(case: Case) -> Finding | None:
    """So near 0 or 1, and wrong, that no gradient passes the sigmoid before."""
    x, t = case.pair
    near_zero, near_one = (x > 0) & (x < TINY) & (t > 0.5), (x < 1) & (1 - x < TINY) & (t < 0.5)
    where = np.flatnonzero(near_zero | near_one)
    if not where.size:
        return None
    return Finding(
        "B5",
        "warning",
        say("doctor", "A saturated sigmoid"),
        say(
            "doctor",
            "{count} of {size} inputs are wrong and within 1e-12 of 0 or 1: hardly any of their gradient passes the "
            "sigmoid before the loss, so that these samples cannot be learned.",
            count=where.size,
            size=x.size,
        ),
        say("doctor", "Pass the logits to BCEWithLogitsLoss, whose gradient is σ(z) − t."),
        {"rows": first(where), "count": int(where.size)},
    )


@rule("B6", "BCELoss", "BCEWithLogitsLoss")
def soft_target_floor(case: Case) -> Finding | None:
    """A target between 0 and 1 has an entropy, and no loss is below it."""
    t = case.pair[1]
    if case.evaluation is None or not t.size or t.min() < 0 or t.max() > 1 or case.is_weighted:
        return None
    floor = float(_entropy(t).mean())
    if floor <= SOFT or case.loss.reduction != "mean" or not np.isfinite(case.value):
        return None
    return Finding(
        "B6",
        "hint",
        say("doctor", "Soft targets set a floor"),
        say(
            "doctor",
            "The targets lie between 0 and 1: the loss cannot fall below {floor:.4g}, their mean entropy; this batch "
            "is {above:.4g} above it.",
            floor=floor,
            above=case.value - floor,
        ),
        say("doctor", "Watch the loss less this floor."),
        {"floor": floor, "above": case.value - floor},
    )


@rule("B13", "BCEWithLogitsLoss")
def infinite_logits(case: Case) -> Finding | None:
    """(1 - t) x + softplus(-x) is 0 times inf, or inf less inf, at either end."""
    where = np.flatnonzero(np.isinf(case.input))
    if not where.size or case.evaluation is None or case.evaluation.elements.size != case.input.size:
        return None
    lost = int(np.isnan(case.evaluation.elements.ravel()[where]).sum())
    return Finding(
        "B13",
        "warning",
        say("doctor", "Infinite logits"),
        say(
            "doctor",
            "{count} logits are infinite; {lost} of them give nan, even where the prediction is right.",
            count=where.size,
            lost=lost,
        ),
        say("doctor", "Clamp the logits to finite numbers."),
        {"rows": first(where), "count": int(where.size)},
    )


@rule("B15", "BCELoss", "BCEWithLogitsLoss")
def base_rate_only(case: Case) -> Finding | None:
    """What a constant prediction reaches."""
    t = case.pair[1]
    if case.evaluation is None or t.size < ENOUGH or not np.isin(t, (0, 1)).all() or not 0 < t.mean() < 1:
        return None
    line = float(_entropy(np.array([t.mean()]))[0])
    value = float(case.terms.mean()) if not case.is_weighted else _unweighted_mean(case)
    if not abs(value - line) < NEAR * line:
        return None
    return Finding(
        "B15",
        "hint",
        say("doctor", "No better than the base rate"),
        say(
            "doctor",
            "The unweighted mean {value:.4g} is within 2 % of {line:.4g}, what a constant prediction of {rate:.3g} "
            "gives.",
            value=value,
            line=line,
            rate=float(t.mean()),
        ),
        say("doctor", "Early in training that is normal; later check the learning rate, the inputs and the labels."),
        {"value": value, "line": line},
    )


def _unweighted_mean(case: Case) -> float:
    plain = {name: None for name in ("weight", "pos_weight") if hasattr(case.loss, name)}
    loss = replace(case.loss, **plain, reduction="mean")  # type: ignore[type-var] losses are dataclasses
    return float(evaluate(loss, case.batch).value)


def _entropy(t: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = t * np.log(t) + (1 - t) * np.log1p(-t)
    return np.where((t > 0) & (t < 1), -terms, 0.0)
