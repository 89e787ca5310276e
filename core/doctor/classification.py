"""Rules for CrossEntropyLoss and NLLLoss."""

from __future__ import annotations

import math

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import Text, say

FAMILIAR_IGNORED = (255, -1)  # labels that data sets give to pixels and rows without a class


@rule("C1", "CrossEntropyLoss")
def softmax_twice(case: Case) -> Finding | None:
    """Probabilities where logits belong."""
    if not case.rows_are_probabilities:
        return None
    c = case.class_count
    ceiling = math.log(math.e + c - 1)
    return Finding(
        "C1",
        "warning",
        say("doctor", "Probabilities instead of logits"),
        say(
            "doctor",
            "All {rows} rows lie in [0, 1] and sum to 1, like the output of softmax. CrossEntropyLoss applies softmax "
            "itself, so that each loss stays between {floor:.4f} and {ceiling:.4f}.",
            rows=len(case.class_rows),
            floor=ceiling - 1,
            ceiling=ceiling,
        ),
        say("doctor", "Remove the softmax and pass the logits."),
        {"rows": first(case.row_numbers), "floor": ceiling - 1, "ceiling": ceiling},
    )


@rule("C3", "NLLLoss")
def not_log_probs(case: Case) -> Finding | None:
    """Log-probabilities are at most 0, and their exp sums to 1."""
    rows, tolerance = case.class_rows, case.tolerance
    if not rows.size:
        return None
    above = np.flatnonzero((rows > tolerance).any(axis=1))
    if above.size:
        message, fix = _probabilities_or_logits(case, above.size)
        evidence = {"rows": first(case.row_numbers[above]), "count": int(above.size)}
        return Finding("C3", "error", say("doctor", "Not log-probabilities"), message, fix, evidence)
    off = np.flatnonzero(np.abs(case.log_sum_exp) > tolerance)
    if not off.size:
        return None
    row = off[np.argmax(np.abs(case.log_sum_exp[off]))]
    return Finding(
        "C3",
        "warning",
        say("doctor", "Not normalised log-probabilities"),
        say(
            "doctor",
            "The probabilities of {count} rows do not sum to 1; those of row {row} sum to {total:.4g}.",
            count=off.size,
            row=int(case.row_numbers[row]),
            total=float(np.exp(case.log_sum_exp[row])),
        ),
        say("doctor", "Pass log_softmax(logits), or give the logits to CrossEntropyLoss."),
        {"rows": first(case.row_numbers[off]), "count": int(off.size)},
    )


def _probabilities_or_logits(case: Case, count: int) -> tuple[Text, Text]:
    if case.rows_are_probabilities:
        return (
            say(
                "doctor",
                "All {rows} rows lie in [0, 1] and sum to 1: probabilities, not their logarithms. Each loss is then "
                "minus a probability, and none can fall below -1.",
                rows=len(case.class_rows),
            ),
            say("doctor", "Pass log_softmax(logits) instead of softmax(logits), or the logits to CrossEntropyLoss."),
        )
    return (
        say(
            "doctor",
            "{count} rows hold values above 0 (up to {most:.4g}), and a logarithm of a probability is never above 0: "
            "these look like logits, and the loss has no lower bound.",
            count=count,
            most=float(case.class_rows.max()),
        ),
        say("doctor", "Pass log_softmax(logits), or give the logits to CrossEntropyLoss."),
    )


@rule("C4", "CrossEntropyLoss", "NLLLoss")
def label_out_of_range(case: Case) -> Finding | None:
    """Class indices run from 0 to C - 1."""
    t, c = case.indices, case.class_count
    if t is None or not c:
        return None
    labels = t.ravel()
    kept = labels != getattr(case.loss, "ignore_index", None)
    where = np.flatnonzero(kept & ((labels < 0) | (labels >= c)))
    if not where.size:
        return None
    outside = np.unique(labels[where])
    one_based = labels[kept].min() == 1 and labels[kept].max() == c
    return Finding(
        "C4",
        "error",
        say("doctor", "Labels out of range"),
        say(
            "doctor",
            "{count} targets lie outside 0 … {last}: labels {labels}, first in rows {rows}.",
            count=where.size,
            last=c - 1,
            labels=listed(outside),
            rows=listed(where, t.shape),
        ),
        _remedy_for_labels(bool(one_based), [int(label) for label in outside if label in FAMILIAR_IGNORED]),
        {"rows": first(where), "count": int(where.size), "labels": first(outside)},
        explains_refusal=True,
    )


def _remedy_for_labels(one_based: bool, ignored: list[int]) -> Text:
    if one_based:
        return say("doctor", "The labels run from 1 to C: subtract 1 from all of them.")
    if ignored:
        return say("doctor", "If {label} marks what has no class, pass ignore_index={label}.", label=ignored[0])
    return say("doctor", "Map the labels to 0 … C - 1, or name the one to leave out as ignore_index.")


@rule("C5", "CrossEntropyLoss", "NLLLoss")
def all_ignored(case: Case) -> Finding | None:
    """The mean over no kept row is 0/0."""
    t = case.indices
    if t is None or not t.size or not (t == getattr(case.loss, "ignore_index", None)).all():
        return None
    return Finding(
        "C5",
        "warning",
        say("doctor", "All targets are ignored"),
        say(
            "doctor",
            "All {count} targets equal ignore_index {ignored}: the mean is 0/0 = nan, while the gradient is 0.",
            count=t.size,
            ignored=getattr(case.loss, "ignore_index", None),
        ),
        say("doctor", "Skip batches without a kept target, or use reduction='sum' and divide by max(count, 1)."),
        {"rows": first(np.arange(min(t.size, 20))), "count": int(t.size)},
    )


@rule("C14", "CrossEntropyLoss")
def single_class(case: Case) -> Finding | None:
    """Softmax over one class is 1, whatever the logit."""
    if case.class_count != 1:
        return None
    return Finding(
        "C14",
        "error",
        say("doctor", "Only one class"),
        say(
            "doctor",
            "The input of shape {shape} has one class: its softmax is always 1, so that loss and gradient are 0.",
            shape=case.input.shape,
        ),
        say("doctor", "Use BCEWithLogitsLoss for one output, or give the model two outputs."),
        {"shape": list(case.input.shape)},
    )


@rule("C16", "CrossEntropyLoss")
def integer_one_hot(case: Case) -> Finding | None:
    """A target of the input's shape is read as probabilities, and those are floating."""
    t = case.target
    if t is None or not t.ndim or t.shape != case.input.shape or t.dtype.kind == "f":
        return None
    return Finding(
        "C16",
        "error",
        say("doctor", "Integer target of the input's shape"),
        say(
            "doctor",
            "A target of the input's shape {shape} is read as class probabilities, and {dtype} cannot hold these.",
            shape=t.shape,
            dtype=t.dtype,
        ),
        say("doctor", "Pass class indices, target.argmax(1), or probabilities, target.float()."),
        {"shape": list(t.shape), "dtype": str(t.dtype)},
        explains_refusal=True,
    )
