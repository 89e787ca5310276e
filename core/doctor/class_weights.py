"""Rules for the class weights of CrossEntropyLoss and NLLLoss."""

from __future__ import annotations

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say

DIFFERS = 0.01  # the share by which two means have to differ to be told apart
LOPSIDED = 20.0  # between the largest and the least share of a class


@rule("C6", "CrossEntropyLoss", "NLLLoss")
def weights_sum_to_zero(case: Case) -> Finding | None:
    """The weighted mean divides by the sum of the weights of the targets that are there."""
    weight, labels = case.class_weight, case.kept_targets
    if weight is None or case.loss.reduction != "mean" or not labels.size:
        return None
    total = float(weight @ case.class_counts)
    if total != 0 and np.isfinite(total):
        return None
    present = np.flatnonzero(case.class_counts)
    return Finding(
        "C6",
        "error",
        say("doctor", "The weights of the targets sum to {total:g}", total=total),
        say(
            "doctor",
            "The classes that are there, {classes}, have the weights {weights}: the mean divides by {total:g}, so that "
            "value and gradient are nan.",
            classes=listed(present),
            weights=", ".join(f"{w:g}" for w in weight[present][:5]),
            total=total,
        ),
        say("doctor", "Give every class that can be in a batch a weight above 0, or use reduction='sum'."),
        {"classes": first(present), "total": total},
    )


@rule("C7", "CrossEntropyLoss", "NLLLoss")
def weights_cancel(case: Case) -> Finding | None:
    """One weight over and under the fraction bar."""
    weight, labels = case.class_weight, case.kept_targets
    if weight is None or case.loss.reduction != "mean" or not labels.size or (weight == 1).all():
        return None
    present = np.flatnonzero(case.class_counts)
    used = np.unique(weight[present])
    if used.size != 1 or used[0] == 0 or not np.isfinite(used[0]):
        return None
    message = say(
        "doctor",
        "All {count} targets have the weight {weight:g}, and the mean divides by the sum of the weights: in this batch "
        "they change nothing.",
        count=labels.size,
        weight=float(used[0]),
    )
    if case.smoothing > 0:
        message = say(
            "doctor",
            "All {count} targets have the weight {weight:g}, and the mean divides by the sum of the weights: in this "
            "batch they act only through label_smoothing.",
            count=labels.size,
            weight=float(used[0]),
        )
    return Finding(
        "C7",
        "warning",
        say("doctor", "The weights cancel"),
        message,
        say("doctor", "Use reduction='sum' and a fixed divisor, or larger batches."),
        {"classes": first(present), "weight": float(used[0])},
    )


@rule("C8", "CrossEntropyLoss", "NLLLoss")
def weighted_mean(case: Case) -> Finding | None:
    """Not the mean of the weighted terms: its divisor is the sum of the weights."""
    weight, labels, value = case.class_weight, case.kept_targets, case.value
    if weight is None or case.loss.reduction != "mean" or not labels.size or not np.isfinite(value):
        return None
    plain = float(case.terms.sum()) / labels.size
    if abs(plain - value) <= DIFFERS * abs(value):
        return None
    return Finding(
        "C8",
        "hint",
        say("doctor", "A weighted mean"),
        say(
            "doctor",
            "{value:.4g} is the sum of the weighted terms over the sum of their weights, {total:.4g}. Divided by the "
            "{count} rows it would be {plain:.4g}.",
            value=value,
            total=float(weight @ case.class_counts),
            count=labels.size,
            plain=plain,
        ),
        say("doctor", "Compare weighted means only under the same weights and class counts."),
        {"value": value, "plain": plain},
    )


@rule("C9", "CrossEntropyLoss")
def one_hot_with_weights(case: Case) -> Finding | None:
    """Probabilities divide by N, indices by the sum of the weights."""
    t, weight = case.target, case.class_weight
    if t is None or weight is None or t.shape != case.input.shape or t.dtype.kind != "f" or case.value != case.value:
        return None
    rows = case.target_rows
    if case.loss.reduction != "mean" or not rows.size or not (np.isin(rows, (0, 1)).all() and (rows.sum(1) == 1).all()):
        return None
    total = float(weight[rows.argmax(axis=1)].sum())
    if total == 0 or abs(total / len(rows) - 1) <= DIFFERS:
        return None
    return Finding(
        "C9",
        "hint",
        say("doctor", "One-hot targets divide by N"),
        say(
            "doctor",
            "The targets are one-hot probabilities, and the weighted mean over probabilities divides by N = {rows}: "
            "{value:.4g}. As class indices it would divide by the sum of the weights: {other:.4g}.",
            rows=len(rows),
            value=case.value,
            other=case.value * len(rows) / total,
        ),
        say("doctor", "Pass target.argmax(1) if the usual weighted mean is meant."),
        {"value": case.value, "by_index": case.value * len(rows) / total},
    )


@rule("C10", "CrossEntropyLoss")
def smoothing_against_weights(case: Case) -> Finding | None:
    """Smoothing gives every class a share, the weights multiply it: a rare class can win over the target."""
    weight, eps, c = case.class_weight, case.smoothing, case.class_count
    if weight is None or eps <= 0 or not case.kept_targets.size or c < 2 or not np.isfinite(weight).all():
        return None
    own = (1 - eps + eps / c) * weight
    spread = eps / c * weight
    order: list[int] = np.argsort(spread).tolist()
    rival = np.full(c, order[-1])
    rival[order[-1]] = order[-2]
    lost = np.flatnonzero((case.class_counts > 0) & (own < spread[rival]))
    if not lost.size:
        return None
    y, other = int(lost[0]), int(rival[lost[0]])
    return Finding(
        "C10",
        "warning",
        say("doctor", "Smoothing and weights prefer another class"),
        say(
            "doctor",
            "With label_smoothing = {eps:g} a row of class {y} pulls towards class {other}: the weighted targets are "
            "{own:.4g} and {rival:.4g}. It is so for {count} classes of this batch.",
            eps=eps,
            y=y,
            other=other,
            own=float(own[y]),
            rival=float(spread[other]),
            count=lost.size,
        ),
        say("doctor", "Lower label_smoothing, or bring the weights closer together."),
        {"classes": first(lost)},
    )


@rule("C20", "CrossEntropyLoss", "NLLLoss")
def lopsided_classes(case: Case) -> Finding | None:
    """What a constant prediction would learn: each class's share of the weight."""
    present = np.flatnonzero(case.class_counts)
    if present.size < 2:
        return None
    weight = np.ones(case.class_count) if case.class_weight is None else case.class_weight
    mass = (weight * case.class_counts)[present]
    total = mass.sum()
    if not (np.isfinite(total) and total > 0 and mass.min() > 0) or mass.max() / mass.min() <= LOPSIDED:
        return None
    most, least = int(present[mass.argmax()]), int(present[mass.argmin()])
    return Finding(
        "C20",
        "hint",
        say("doctor", "Some classes hardly count"),
        say(
            "doctor",
            "Class {most} has {high:.3g} % of the weight of the targets, class {least} {low:.2g} %: a prediction that "
            "ignores its input learns these shares.",
            most=most,
            high=100 * float(mass.max() / total),
            least=least,
            low=100 * float(mass.min() / total),
        ),
        say("doctor", "Balanced class weights even them out."),
        {"classes": [most, least], "ratio": float(mass.max() / mass.min())},
    )


@rule("C23", "CrossEntropyLoss", "NLLLoss")
def unusable_weights(case: Case) -> Finding | None:
    """Nothing checks the weights."""
    weight = case.class_weight
    if weight is None:
        return None
    nan, negative = np.flatnonzero(np.isnan(weight)), np.flatnonzero(weight < 0)
    if nan.size:
        return Finding(
            "C23",
            "error",
            say("doctor", "Class weights that are nan"),
            say("doctor", "The weights of classes {classes} are nan, and so is what they touch.", classes=listed(nan)),
            say("doctor", "A class without samples often gives 0/0: count again, or set its weight to 0."),
            {"classes": first(nan)},
        )
    if not negative.size:
        return None
    return Finding(
        "C23",
        "warning",
        say("doctor", "Negative class weights"),
        say(
            "doctor",
            "The weights of classes {classes} are negative: their rows are pushed away from the target, and the "
            "divisor can cancel.",
            classes=listed(negative),
        ),
        say("doctor", "Use weights of 0 and above."),
        {"classes": first(negative)},
    )
