"""Rules for what CrossEntropyLoss and NLLLoss are given: axes, targets as probabilities, masked classes, smoothing."""

from __future__ import annotations

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say


@rule("C2", "CrossEntropyLoss")
def log_softmax_before(case: Case) -> Finding | None:
    """log_softmax of log-probabilities is those log-probabilities."""
    rows = case.class_rows
    if not rows.size or rows.shape[1] < 2 or rows.max() > case.tolerance or (rows == rows.flat[0]).all():
        return None
    if not (np.abs(case.log_sum_exp) < case.tolerance).all():
        return None
    return Finding(
        "C2",
        "hint",
        say("doctor", "Log-probabilities: harmless"),
        say(
            "doctor",
            "exp of all {rows} rows sums to 1: log_softmax was applied already, and a second one changes nothing.",
            rows=len(rows),
        ),
        say("doctor", "Nothing needs mending; NLLLoss would save the second log_softmax."),
        {"rows": len(rows)},
    )


@rule("C11", "CrossEntropyLoss")
def smoothing_floor(case: Case) -> Finding | None:
    """A smoothed target has an entropy, and no loss is below it."""
    eps, c = case.smoothing, case.class_count
    if not 0 < eps <= 1 or c < 2 or case.class_weight is not None or not case.kept_targets.size:
        return None
    if case.loss.reduction != "mean" or not np.isfinite(case.value):
        return None
    q = np.full(c, eps / c)
    q[0] += 1 - eps
    floor = float(-(q * np.log(q)).sum())
    return Finding(
        "C11",
        "hint",
        say("doctor", "Smoothing sets a floor"),
        say(
            "doctor",
            "With label_smoothing = {eps:g} and {c} classes the loss cannot fall below {floor:.4g}; this batch is "
            "{above:.4g} above it.",
            eps=eps,
            c=c,
            floor=floor,
            above=case.value - floor,
        ),
        say("doctor", "Compare losses without smoothing."),
        {"floor": floor, "above": case.value - floor},
    )


@rule("C12", "CrossEntropyLoss")
def targets_no_distributions(case: Case) -> Finding | None:
    """Probabilities as targets are neither checked nor normalised."""
    rows = case.target_rows
    if not rows.size:
        return None
    sums = rows.sum(axis=1)
    bad = np.flatnonzero((rows.min(axis=1) < 0) | (np.abs(sums - 1) > case.tolerance))
    if not bad.size:
        return None
    worst = int(bad[np.argmax(np.abs(sums[bad] - 1))])
    return Finding(
        "C12",
        "warning",
        say("doctor", "Targets that are no distributions"),
        say(
            "doctor",
            "{count} of {size} target rows are negative somewhere or do not sum to 1; row {row} sums to {total:.4g}. "
            "torch takes them as they are: the gradient is that sum times softmax, less the target.",
            count=bad.size,
            size=len(rows),
            row=worst,
            total=float(sums[worst]),
        ),
        say("doctor", "Normalise each row of the target: target / target.sum(1, keepdim=True)."),
        {"rows": first(bad), "count": int(bad.size)},
    )


@rule("C13", "CrossEntropyLoss")
def one_sample_or_many(case: Case) -> Finding | None:
    """Two vectors of one length are one sample with so many classes."""
    x, t = case.input, case.target
    if t is None or x.ndim != 1 or t.shape != x.shape or t.dtype.kind != "f" or x.size < 2:
        return None
    return Finding(
        "C13",
        "warning",
        say("doctor", "Read as one sample"),
        say(
            "doctor",
            "Input and target both have the shape {shape}: that is one sample with {c} classes, not {c} samples.",
            shape=x.shape,
            c=x.size,
        ),
        say("doctor", "For {c} yes-or-no samples use BCEWithLogitsLoss; for one sample add a first axis.", c=x.size),
        {"shape": list(x.shape)},
    )


@rule("C15", "CrossEntropyLoss", "NLLLoss")
def classes_on_the_last_axis(case: Case) -> Finding | None:
    """The class axis is the second one; language models give (N, T, C)."""
    x, t = case.input, case.target
    if t is None or x.ndim < 3 or t.shape != x.shape[:-1] or t.dtype.kind not in "iu":
        return None
    ambiguous = t.shape == (x.shape[0], *x.shape[2:])
    if ambiguous and not _sums_to_one_over_the_last(case):
        return None
    return Finding(
        "C15",
        "warning" if ambiguous else "error",
        say("doctor", "Classes on the last axis"),
        say(
            "doctor",
            "Input {x} with targets {t} looks like (N, …, C), but the classes are read from axis 1, of size {size}.",
            x=x.shape,
            t=t.shape,
            size=x.shape[1],
        ),
        say("doctor", "Move the class axis: input.transpose(1, 2), or flatten: input.reshape(-1, C)."),
        {"input": list(x.shape), "target": list(t.shape)},
        explains_refusal=not ambiguous,
    )


def _sums_to_one_over_the_last(case: Case) -> bool:
    """Whether exp of the input is a distribution over the last axis, and not over the one that is read."""
    sums = np.exp(case.input.astype(np.float32)).sum(axis=-1)
    return bool((np.abs(sums - 1) < case.tolerance).all()) and bool((np.abs(case.log_sum_exp) > case.tolerance).any())


@rule("C17", "CrossEntropyLoss")
def masked_classes(case: Case) -> Finding | None:
    """-inf takes a class out of the softmax; what still asks for that class makes the loss infinite or nan."""
    rows = case.class_rows
    if not rows.size:
        return None
    masked = np.isneginf(rows)
    if not masked.any():
        return None
    at_target, smoothed = np.zeros(len(rows), np.bool_), np.zeros(len(rows), np.bool_)
    if case.indices is not None and case.kept_targets.size == len(rows):
        at_target = masked[np.arange(len(rows)), case.kept_targets]
        smoothed = masked.any(axis=1) & (case.smoothing > 0)
    soft = masked.any(axis=1) if case.target_rows.size else np.zeros(len(rows), np.bool_)
    bad = np.flatnonzero(at_target | smoothed | soft)
    if not bad.size:
        return None
    return Finding(
        "C17",
        "warning",
        say("doctor", "Masked classes that the target asks for"),
        say(
            "doctor",
            "{count} rows have logits of -inf: at the target in {at_target}, under label_smoothing in {smoothed}, "
            "under probability targets in {soft}. Such a term is inf, or nan where its target is 0.",
            count=bad.size,
            at_target=int(at_target.sum()),
            smoothed=int(smoothed.sum()),
            soft=int(soft.sum()),
        ),
        say("doctor", "Mask with a finite number, -1e9 (-1e4 in float16), or leave these rows out."),
        {"rows": first(case.row_numbers[bad]), "count": int(bad.size)},
    )


@rule("C18", "CrossEntropyLoss", "NLLLoss")
def ignored_rows_not_finite(case: Case) -> Finding | None:
    """An ignored row adds nothing to the value, but 0 times nan to the gradient."""
    if case.indices is None or case.kept.all() or case.input.dtype.kind != "f":
        return None
    axis_last = np.moveaxis(case.input, 1 if case.input.ndim > 1 else 0, -1).reshape(-1, case.class_count)
    ignored = np.flatnonzero(~case.kept)
    rows = axis_last[ignored]
    bad = ignored[np.isnan(rows).any(axis=1) | (rows == np.inf).any(axis=1) | np.isneginf(rows).all(axis=1)]
    if not bad.size:
        return None
    return Finding(
        "C18",
        "warning",
        say("doctor", "Ignored rows that are not finite"),
        say(
            "doctor",
            "{count} ignored rows hold nan or inf, first {rows}: the value leaves them out, but their gradient is nan "
            "and goes back into the model.",
            count=bad.size,
            rows=listed(bad, case.indices.shape),
        ),
        say("doctor", "Set them to 0 before the loss: input[target == ignore_index] = 0."),
        {"rows": first(bad), "count": int(bad.size)},
    )


@rule("C19", "CrossEntropyLoss")
def terms_rounded_to_zero(case: Case) -> Finding | None:
    """Past a margin of 16.6 in float32 (7.6 in float16, 36.7 in float64) 1 - p is nothing, and so is the loss."""
    if case.evaluation is None or case.smoothing > 0 or case.indices is None or not case.kept_targets.size:
        return None
    weight = case.class_weight
    zero = (case.evaluation.elements.ravel() == 0) & case.kept
    if weight is not None:
        labels = np.clip(case.indices.ravel(), 0, case.class_count - 1)
        zero &= weight[labels] > 0
    where = np.flatnonzero(zero)
    if not where.size or case.class_count < 2:
        return None
    return Finding(
        "C19",
        "hint",
        say("doctor", "Terms that are exactly 0"),
        say(
            "doctor",
            "{count} of {size} rows are so sure of their target that {dtype} rounds the loss to 0: they teach nothing "
            "any more.",
            count=where.size,
            size=case.kept_targets.size,
            dtype=case.input.dtype,
        ),
        say("doctor", "Nothing needs mending; label_smoothing would keep the logits from growing."),
        {"rows": first(where), "count": int(where.size)},
    )


@rule("C22", "CrossEntropyLoss")
def negative_smoothing(case: Case) -> Finding | None:
    """A negative one is taken as 0, without a word."""
    eps = float(getattr(case.loss, "label_smoothing", 0.0))
    if eps >= 0:
        return None
    return Finding(
        "C22",
        "warning",
        say("doctor", "Negative label_smoothing"),
        say("doctor", "label_smoothing = {eps:g} is taken as 0.", eps=eps),
        say("doctor", "Choose a number from 0 to 1."),
        {"label_smoothing": eps},
    )
