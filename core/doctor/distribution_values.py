"""Rules for targets, reduction and infinities of KLDivLoss."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.batch import class_axis
from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray

ROUNDING = 1e-6  # below 0: a divergence of that size is 0


@rule("K2", "KLDivLoss")
def target_in_logs(case: Case) -> Finding | None:
    """A negative probability: its t log t is nan."""
    t = case.target
    if t is None or _is_log(case) or not (t < 0).any():
        return None
    where = np.flatnonzero(t.ravel() < 0)
    looks_log = _sums_to_one(case, np.exp(_wide(t)))
    return Finding(
        "K2",
        "warning",
        say("doctor", "Negative targets"),
        say(
            "doctor",
            "{count} of {size} targets are negative, down to {low:.4g}, and log_target is False: t log t is nan there. "
            "exp of every row sums to 1: the target holds log-probabilities.",
            count=where.size,
            size=t.size,
            low=float(t.min()),
        )
        if looks_log
        else say(
            "doctor",
            "{count} of {size} targets are negative, down to {low:.4g}, and log_target is False: t log t is nan there.",
            count=where.size,
            size=t.size,
            low=float(t.min()),
        ),
        say("doctor", "Pass log_target=True.") if looks_log else say("doctor", "Pass probabilities: softmax(teacher)."),
        {"rows": _rows(case, where), "count": int(where.size)},
    )


@rule("K3", "KLDivLoss")
def target_not_in_logs(case: Case) -> Finding | None:
    """Exp of a probability lies between 1 and e."""
    t = case.target
    if t is None or not _is_log(case) or t.size < 2 or not (t.min() >= 0 and t.max() <= 1):
        return None
    if (t == t.flat[0]).all() or not _sums_to_one(case, _wide(t)):
        return None
    return Finding(
        "K3",
        "warning",
        say("doctor", "Probabilities as log_target"),
        say(
            "doctor",
            "log_target is True, and all {size} targets lie in [0, 1] and sum to 1 in each row: exp is applied to "
            "probabilities, and the value means nothing.",
            size=t.size,
        ),
        say("doctor", "Pass log_target=False, or log_softmax of the teacher."),
        {"size": int(t.size)},
    )


@rule("K4", "KLDivLoss")
def unnormalised_target(case: Case) -> Finding | None:
    """The floor of a target that sums to S is S log S, below 0 for S < 1."""
    t = case.target
    if t is None or t.size < 2 or not case.class_count or t.shape != case.input.shape:
        return None
    probs = np.exp(_wide(t)) if _is_log(case) else _wide(t)
    if not np.isfinite(probs).all() or probs.min() < 0 or _sums_to_one(case, probs):
        return None
    if _is_log(case) and t.min() >= 0:
        return None  # probabilities where logarithms belong: K3 says so, or nothing can be said
    sums = probs.sum(axis=class_axis(t)).ravel()
    off = np.flatnonzero(np.abs(sums - 1) > case.tolerance)
    worst = int(off[np.argmax(np.abs(sums[off] - 1))])
    total = float(sums[worst])
    return Finding(
        "K4",
        "warning",
        say("doctor", "Targets that do not sum to 1"),
        say(
            "doctor",
            "{count} of {size} target rows do not sum to 1; row {row} sums to {total:.4g}. Its divergence cannot fall "
            "below {floor:.4g}, and is lowest where the prediction is the normalised target.",
            count=off.size,
            size=sums.size,
            row=worst,
            total=total,
            floor=total * math.log(total) if total > 0 else 0.0,
        ),
        say("doctor", "Normalise each row of the target: target / target.sum(1, keepdim=True)."),
        {"rows": first(off), "count": int(off.size)},
    )


@rule("K5", "KLDivLoss")
def mean_over_elements(case: Case) -> Finding | None:
    """The divergence is a sum over the classes; the mean divides by them too."""
    if case.loss.reduction != "mean" or case.class_count < 2 or not np.isfinite(case.value):
        return None
    rows = case.input.size // case.class_count
    return Finding(
        "K5",
        "warning",
        say("doctor", "The mean divides by the classes too"),
        say(
            "doctor",
            "reduction='mean' divides by all {size} elements: {value:.4g} is 1/{c} of {true:.4g}, the mean divergence "
            "of the {rows} rows.",
            size=rows * case.class_count,
            value=case.value,
            c=case.class_count,
            true=case.value * case.class_count,
            rows=rows,
        ),
        say("doctor", "Use reduction='batchmean'; for (N, C, T) divide the sum by N T."),
        {"value": case.value, "true": case.value * case.class_count},
    )


@rule("K6", "KLDivLoss")
def batchmean_of_other_shapes(case: Case) -> Finding | None:
    """It divides by the size of the first axis, whatever that is."""
    x = case.input
    if case.loss.reduction != "batchmean" or x.ndim == 2 or not x.ndim or case.evaluation is None:
        return None
    rows = x.size // max(case.class_count, 1)
    if rows == x.shape[0]:
        return None
    return Finding(
        "K6",
        "warning",
        say("doctor", "batchmean divides by the first axis"),
        say(
            "doctor",
            "The input has the shape {shape}: batchmean divides by {divisor}, while there are {rows} distributions.",
            shape=x.shape,
            divisor=x.shape[0],
            rows=rows,
        ),
        say("doctor", "Flatten it first: input.reshape(-1, C), and the target alike.")
        if x.ndim > 1
        else say("doctor", "Add a first axis: input[None], target[None]."),
        {"divisor": int(x.shape[0]), "rows": int(rows)},
    )


@rule("K7", "KLDivLoss")
def zero_targets(case: Case) -> Finding | None:
    """0 log 0 counts as 0; its derivative by the target does not."""
    t = case.target
    if t is None or _is_log(case) or t.dtype.kind != "f":
        return None
    count = int((t == 0).sum())
    if not count or count == t.size:
        return None
    return Finding(
        "K7",
        "hint",
        say("doctor", "Targets of exactly 0"),
        say(
            "doctor",
            "{count} of {size} targets are 0: the value is right, but a gradient back into the teacher is nan there.",
            count=count,
            size=t.size,
        ),
        say("doctor", "Detach the teacher, or pass its finite log-probabilities with log_target=True."),
        {"count": count},
    )


@rule("K8", "KLDivLoss")
def infinities(case: Case) -> Finding | None:
    """An input of log 0 is inf against a target, and nan against none; in a log target it is nan."""
    x, t = case.input, case.target
    if t is None or t.shape != x.shape or x.dtype.kind != "f":
        return None
    low = np.isneginf(x)
    if _is_log(case):
        bad_target = np.isneginf(t)
        inf, nan = low & ~bad_target, bad_target
    else:
        inf, nan = low & (t > 0), low & (t == 0)
    where = np.flatnonzero((inf | nan).ravel())
    if not where.size:
        return None
    return Finding(
        "K8",
        "error",
        say("doctor", "log 0"),
        say(
            "doctor",
            "Terms with −inf: {inf} are infinite (the prediction rules out what the target allows), {nan} are nan (0 "
            "times infinity), first in elements {places}.",
            inf=int(inf.sum()),
            nan=int(nan.sum()),
            places=listed(where, case.input.shape),
        ),
        say("doctor", "Clamp the log-probabilities to a finite floor, such as −1e4, before normalising."),
        {"rows": _rows(case, where), "inf": int(inf.sum()), "nan": int(nan.sum())},
    )


@rule("K11", "KLDivLoss")
def tiny_negative(case: Case) -> Finding | None:
    """Rounding takes a divergence of 0 a little below it."""
    if not -ROUNDING < case.value < 0:
        return None
    return Finding(
        "K11",
        "hint",
        say("doctor", "A rounded zero"),
        say("doctor", "{value:.3g} is 0 within rounding: a divergence is never negative.", value=case.value),
        say("doctor", "Nothing needs mending."),
        {"value": case.value},
    )


def _is_log(case: Case) -> bool:
    return bool(getattr(case.loss, "log_target", False))


def _wide(array: Array) -> FloatArray:
    return array.astype(np.result_type(array.dtype, np.float32), copy=False)


def _sums_to_one(case: Case, probs: FloatArray) -> bool:
    """Over the class axis, or a later one: KLDivLoss names no class axis."""
    axes = range(class_axis(probs), probs.ndim)
    return any(bool((np.abs(probs.sum(axis=axis) - 1) < case.tolerance).all()) for axis in axes)


def _rows(case: Case, elements: Array) -> list[int]:
    """The rows that elements belong to."""
    shape, axis = case.input.shape, class_axis(case.input)
    if case.target is None or case.target.shape != shape:
        return []
    rest = shape[:axis] + shape[axis + 1 :]
    if not rest:
        return [0]
    index = np.unravel_index(elements, shape)
    return first(np.unique(np.ravel_multi_index(tuple(index[:axis] + index[axis + 1 :]), rest)))
