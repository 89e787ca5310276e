"""Rules for what the frames of a CTC batch say: distributions, blanks, models that learned nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say

if TYPE_CHECKING:
    from core.doctor.sequence_arrays import Frames

ALWAYS, SURE = 0.95, 0.9  # the share of the frames that the blank wins, its mean probability, when nothing else is said
SELDOM, OFTEN = 0.01, 0.3  # the shares of the frames that a wrong blank and the right one win


@rule("T6", "CTCLoss")
def raw_logits(case: Case) -> Finding | None:
    """Frames that do not sum to 1."""
    frames = case.frames
    if frames is None or _are_probabilities(case, frames):
        return None
    off = np.abs(frames.log_sums) > case.tolerance
    if not off.any():
        return None
    worst = float(frames.log_sums[off][np.argmax(np.abs(frames.log_sums[off]))])
    rows = np.unique(frames.owner[off])
    return Finding(
        "T6",
        "error",
        say("doctor", "Not log-probabilities"),
        say(
            "doctor",
            "{count} of {size} frames do not sum to 1, up to e^{worst:.3g}: these look like raw logits. The loss can "
            "be negative, and its gradient is wrong.",
            count=int(off.sum()),
            size=off.size,
            worst=worst,
        ),
        say("doctor", "Pass log_softmax(logits, dim=-1)."),
        {"rows": first(rows), "count": int(off.sum())},
    )


@rule("T7", "CTCLoss")
def probabilities(case: Case) -> Finding | None:
    """The softmax without its logarithm."""
    frames = case.frames
    if frames is None or not _are_probabilities(case, frames):
        return None
    return Finding(
        "T7",
        "error",
        say("doctor", "Probabilities, not their logarithms"),
        say(
            "doctor",
            "All {size} frames lie in [0, 1] and sum to 1: probabilities, where CTCLoss takes their logarithms.",
            size=len(frames.rows),
        ),
        say("doctor", "Pass log_softmax(logits, dim=-1) instead of softmax."),
        {"rows": first(np.unique(frames.owner))},
    )


@rule("T10", "CTCLoss")
def exact_zeros(case: Case) -> Finding | None:
    """A log-probability of -inf under a finite loss: torch's gradient is nan at it."""
    frames = case.frames
    if frames is None or case.evaluation is None or not np.isfinite(case.terms).all():
        return None
    zeros = np.isneginf(frames.rows)
    if not zeros.any():
        return None
    rows = np.unique(frames.owner[zeros.any(axis=1)])
    return Finding(
        "T10",
        "warning",
        say("doctor", "Probabilities of exactly 0"),
        say(
            "doctor",
            "{count} log-probabilities are −inf, in sequences {rows}: the loss is finite, but torch's gradient is nan "
            "at them.",
            count=int(zeros.sum()),
            rows=listed(rows),
        ),
        say("doctor", "Clamp the logits at −1e4 before log_softmax."),
        {"rows": first(rows), "count": int(zeros.sum())},
    )


@rule("T11", "CTCLoss")
def blanks_only(case: Case) -> Finding | None:
    """The first stage of training, or the last of one that failed."""
    frames, found, blank = case.frames, case.sequences, getattr(case.loss, "blank", 0)
    if frames is None or found is None or not 0 <= blank < frames.rows.shape[1] or not found.target_lengths.any():
        return None
    wins, prob = float((frames.winners == blank).mean()), float(np.exp(frames.rows[:, blank]).mean())
    if not (wins > ALWAYS and prob > SURE) or not case.frames_are_normalised:
        return None
    return Finding(
        "T11",
        "warning",
        say("doctor", "Only blanks"),
        say(
            "doctor",
            "The blank wins {wins:.3g} % of the frames, with a mean probability of {prob:.3g}: almost nothing is read.",
            wins=100 * wins,
            prob=prob,
        ),
        say("doctor", "Early in training, wait; later warm the learning rate up, subsample less, check the labels."),
        {"wins": wins, "probability": prob},
    )


@rule("T20", "CTCLoss")
def wrong_blank(case: Case) -> Finding | None:
    """The blank never wins, while a class that no target has wins often."""
    frames, found, blank = case.frames, case.sequences, getattr(case.loss, "blank", 0)
    if frames is None or found is None or not 0 <= blank < frames.rows.shape[1]:
        return None
    shares = np.bincount(frames.winners, minlength=frames.rows.shape[1]) / len(frames.winners)
    labels = found.labels[found.inside]
    free = np.ones(shares.size, np.bool_)
    free[labels[(labels >= 0) & (labels < shares.size)].astype(np.int64)] = False
    free[blank] = False
    other = int(np.argmax(np.where(free, shares, -1.0)))
    if shares[blank] >= SELDOM or not free[other] or shares[other] <= OFTEN:
        return None
    return Finding(
        "T20",
        "warning",
        say("doctor", "The blank's index looks wrong"),
        say(
            "doctor",
            "blank = {blank} wins {wins:.3g} % of the frames, while class {other}, which is in no target, wins "
            "{share:.3g} %: that looks like the blank.",
            blank=blank,
            wins=100 * float(shares[blank]),
            other=other,
            share=100 * float(shares[other]),
        ),
        say("doctor", "Pass blank={other}.", other=other),
        {"blank": int(blank), "looks_like": other, "share": float(shares[other])},
    )


@rule("T12", "CTCLoss")
def no_better_than_blind(case: Case) -> Finding | None:
    """A loss that a model without an input reaches too."""
    lines = case.lines
    if lines is None or lines.verdict != "blind":
        return None
    return Finding(
        "T12",
        "warning",
        say("doctor", "The output does not depend on the input"),
        say(
            "doctor",
            "The loss a label is {model:.4g}; the best model that ignores its input reaches {floor:.4g}, equal chances "
            "{uniform:.4g}.",
            model=lines.model,
            floor=lines.floor,
            uniform=lines.uniform,
        ),
        say("doctor", "Early in training, wait; later check the inputs, the learning rate and the labels."),
        {"model": lines.model, "floor": lines.floor, "uniform": lines.uniform},
    )


@rule("T12b", "CTCLoss")
def worse_than_uniform(case: Case) -> Finding | None:
    """A loss above that of equal chances."""
    lines = case.lines
    if lines is None or lines.verdict != "worse":
        return None
    return Finding(
        "T12b",
        "warning",
        say("doctor", "Worse than equal chances"),
        say(
            "doctor",
            "The loss a label is {model:.4g}; finding all classes equally likely would give {uniform:.4g}.",
            model=lines.model,
            uniform=lines.uniform,
        ),
        say("doctor", "Check the blank's index, the vocabulary and the order of the classes."),
        {"model": lines.model, "uniform": lines.uniform},
    )


def _are_probabilities(case: Case, frames: Frames) -> bool:
    rows = frames.rows
    if not (rows.min() >= 0 and rows.max() <= 1) or (rows == rows.flat[0]).all():
        return False
    return bool((np.abs(rows.sum(axis=1) - 1) < case.tolerance).all())
