"""Rules that hold class targets against what the model predicts."""

from __future__ import annotations

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say

SURE = 0.9  # the probability from which a model is sure of a class
ENOUGH, LARGE = 5, 100  # targets of a class, rows of a batch, from which a class that is never predicted is a warning


@rule("C21", "CrossEntropyLoss", "NLLLoss")
def ignore_index_is_a_class(case: Case) -> Finding | None:
    """The class goes out of the loss, but not out of the softmax."""
    ignored = getattr(case.loss, "ignore_index", -100)
    if case.indices is None or not 0 <= ignored < case.class_count:
        return None
    count = int((case.indices == ignored).sum())
    if not count:
        return None
    return Finding(
        "C21",
        "warning",
        say("doctor", "ignore_index is a class"),
        say(
            "doctor",
            "{count} of {size} targets are {ignored}, which is ignore_index and a class: they are left out, while the "
            "class keeps its place in the softmax and is only ever pushed down.",
            count=count,
            size=case.indices.size,
            ignored=ignored,
        ),
        say("doctor", "Mark what is to be ignored with a number that is no class, such as -100."),
        {"count": count, "ignore_index": int(ignored)},
    )


@rule("C24", "CrossEntropyLoss", "NLLLoss")
def sure_of_another_class(case: Case) -> Finding | None:
    """Candidates for a wrong label, by probabilities of the model that was trained on them."""
    if case.evaluation is None or case.indices is None or case.class_count < 2 or not case.means_probabilities:
        return None
    labels, reading = case.indices.ravel(), case.reading
    where = np.flatnonzero(case.kept & (reading.predicted != labels) & (reading.p_predicted > SURE))
    if not where.size:
        return None
    worst = where[np.argsort(-reading.p_predicted[where], kind="stable")]
    return Finding(
        "C24",
        "hint",
        say("doctor", "Sure of another class"),
        say(
            "doctor",
            "{count} of {size} rows give another class than the target a probability above {sure}: candidates for a "
            "wrong label, surest first {rows}. If the model was trained on them, it may have missed some.",
            count=where.size,
            size=case.kept_targets.size,
            sure=SURE,
            rows=listed(worst, case.indices.shape),
        ),
        say("doctor", "Look at these samples."),
        {"rows": first(worst), "count": int(where.size)},
    )


@rule("C25", "CrossEntropyLoss", "NLLLoss")
def never_predicted(case: Case) -> Finding | None:
    """A class with targets that wins no row."""
    if case.evaluation is None or not case.kept_targets.size or case.class_count < 2 or not case.means_probabilities:
        return None
    if not np.isfinite(case.terms[case.kept]).all():
        return None
    won = np.bincount(case.reading.predicted[case.kept], minlength=case.class_count)
    large = case.kept_targets.size >= LARGE
    missed = np.flatnonzero((won == 0) & (case.class_counts >= (ENOUGH if large else 1)))
    if not missed.size:
        return None
    assert case.indices is not None
    labels = case.indices.ravel()
    rows = np.flatnonzero(case.kept & np.isin(labels, missed))
    total = float(case.terms[case.kept].sum())
    share = 100 * float(case.terms[rows].sum()) / total if total else float("nan")
    return Finding(
        "C25",
        "warning" if large else "hint",
        say("doctor", "Classes that are never predicted"),
        say(
            "doctor",
            "No row is predicted as class {classes}, though {count} targets are; they hold {share:.3g} % of the loss.",
            classes=listed(missed),
            count=rows.size,
            share=share,
        ),
        say("doctor", "Raise their class weights, look at their samples, or collect more of them."),
        {"rows": first(rows), "count": int(rows.size), "classes": first(missed)},
    )
