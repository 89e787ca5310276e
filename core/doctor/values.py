"""Rules about the value and the gradient of any loss: scale, float16, reference lines, single rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np

from core.doctor.case import Case, first
from core.doctor.finding import Finding, rule
from core.problem import evaluate
from core.text import say

if TYPE_CHECKING:
    from core.arrays import FloatArray

NEAR = 0.02  # of a reference line
ENOUGH = 16  # rows below which a loss is near a line by chance
LARGEST_HALF = float(np.finfo(np.float16).max)
VANISHED = 0.01  # the share of the gradients that may vanish
SINGLE, TIMES_FAIR = 0.1, 20.0  # one row's share of the loss: this much, and so many times its fair share


@rule("G6")
def sum_scales_the_step(case: Case) -> Finding | None:
    """A sum grows with the batch."""
    if case.evaluation is None or case.loss.reduction != "sum" or case.terms.size < 2:
        return None
    return Finding(
        "G6",
        "hint",
        say("doctor", "A sum grows with the batch"),
        say(
            "doctor",
            "reduction='sum' over {count} terms: a step is as many times larger than with the mean, and changes with "
            "the size of the batch.",
            count=case.evaluation.elements.size,
        ),
        say("doctor", "Divide the learning rate by {count}, or use the mean.", count=case.evaluation.elements.size),
        {"count": int(case.evaluation.elements.size)},
    )


@rule("G8")
def half_overflows(case: Case) -> Finding | None:
    """Sums of float16 are float16."""
    if case.evaluation is None or case.input.dtype != np.float16 or case.loss.reduction == "none":
        return None
    total = float(np.abs(case.evaluation.elements.astype(np.float64)).sum())
    if not LARGEST_HALF < total < np.inf:
        return None
    return Finding(
        "G8",
        "warning",
        say("doctor", "float16 overflows"),
        say(
            "doctor",
            "The terms sum to {total:.4g}, more than float16 can hold ({most:g}): the reduction overflows wherever it "
            "is summed in float16.",
            total=total,
            most=LARGEST_HALF,
        ),
        say("doctor", "Compute the loss in float32: input.float()."),
        {"total": total},
    )


@rule("G9")
def half_gradients_vanish(case: Case) -> Finding | None:
    """Below 2.98e-8 float16 has no numbers."""
    if case.evaluation is None or case.input.dtype != np.float16 or not case.input.size:
        return None
    exact = evaluate(case.loss, replace(case.batch, input=case.input.astype(np.float32))).grad
    there = exact != 0
    lost = there & (exact.astype(np.float16) == 0)
    if not there.any() or lost.sum() / there.sum() <= VANISHED:
        return None
    return Finding(
        "G9",
        "warning",
        say("doctor", "Gradients vanish in float16"),
        say(
            "doctor",
            "{share:.3g} % of the gradients are below 3e-8, the smallest number of float16, and become 0.",
            share=100 * float(lost.sum() / there.sum()),
        ),
        say("doctor", "Scale the loss (torch.amp.GradScaler), or use bfloat16."),
        {"count": int(lost.sum())},
    )


@rule("N1", "CrossEntropyLoss")
def naive_softmax_overflows(case: Case) -> Finding | None:
    """exp(x) by hand leaves the dtype from a logit of 11.09 (float16), 88.72 (float32), 709.78 (float64) on."""
    rows = case.class_rows
    if case.input.dtype.kind != "f" or not rows.size:
        return None
    limit = float(np.log(float(np.finfo(case.input.dtype).max)))
    highest = rows.max(axis=1)
    over = np.flatnonzero((highest > limit) & (highest < np.inf))
    if not over.size:
        return None
    return Finding(
        "N1",
        "hint",
        say("doctor", "A softmax by hand would overflow"),
        say(
            "doctor",
            "{count} of {size} rows have logits above {limit:.4g}, up to {most:.4g}, where exp overflows {dtype}: "
            "exp(x) / exp(x).sum() is nan there. CrossEntropyLoss subtracts the largest logit first and is not "
            "affected.",
            count=over.size,
            size=len(rows),
            limit=limit,
            most=float(highest[over].max()),
            dtype=case.input.dtype,
        ),
        say("doctor", "Use log_softmax or CrossEntropyLoss, never exp and sum by hand."),
        {"rows": first(case.row_numbers[over]), "count": int(over.size)},
    )


@rule("G10", "CrossEntropyLoss", "NLLLoss")
def no_better_than_chance(case: Case) -> Finding | None:
    """What a model without an input reaches: ln C, or the entropy of the class frequencies."""
    labels, c = case.kept_targets, case.class_count
    if case.evaluation is None or labels.size < ENOUGH or c < 2 or not case.means_probabilities or case.smoothing > 0:
        return None
    plain = case.plain_mean
    if not np.isfinite(plain):
        return None
    shares = case.class_counts[case.class_counts > 0] / labels.size
    lines = {"uniform": float(np.log(c)), "frequencies": float(-(shares * np.log(shares)).sum())}
    near = [name for name, line in lines.items() if line > 0 and abs(plain - line) < NEAR * line]
    if not near:
        return None
    message = say(
        "doctor",
        "The unweighted mean {value:.4g} is within 2 % of ln {c} = {line:.4g}, what equal chances give.",
        value=plain,
        c=c,
        line=lines["uniform"],
    )
    if near[0] == "frequencies":
        message = say(
            "doctor",
            "The unweighted mean {value:.4g} is within 2 % of {line:.4g}, the entropy of the class frequencies: a "
            "prediction that ignores its input reaches that.",
            value=plain,
            line=lines["frequencies"],
        )
    return Finding(
        "G10",
        "hint",
        say("doctor", "No better than chance"),
        message,
        say("doctor", "Early in training that is normal; later check the learning rate, the inputs and the labels."),
        {"value": plain, **lines},
    )


@rule("R10")
def one_row_dominates(case: Case) -> Finding | None:
    """A row whose share of the loss is far above its fair one."""
    terms = cast("FloatArray", case.terms)
    total = float(terms.sum())
    if terms.size < 2 or not np.isfinite(total) or total <= 0 or terms.min() < 0:
        return None
    row = int(terms.argmax())
    share = float(terms[row]) / total
    if share <= max(SINGLE, TIMES_FAIR / terms.size):
        return None
    return Finding(
        "R10",
        "hint",
        say("doctor", "One row dominates"),
        say(
            "doctor",
            "Row {row} is {share:.3g} % of the loss of {count} rows.",
            row=row,
            share=100 * share,
            count=terms.size,
        ),
        say("doctor", "Look at this row."),
        {"rows": first(np.array([row])), "share": share},
    )
