"""Findings about emissions: are they log-probabilities, what the blank holds, and where the target is doubted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.ctc.segments import segments
from core.explain.digits import fixed, significant
from core.explain.note import Note
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence
    from core.ctc.vitals import Vitals

TOLERANCE = 1e-3  # of log-sums that should be 0
SELDOM, OFTEN = 0.01, 0.3  # frames won by a blank that is none, and by the class that is
ALWAYS, SURE = 0.95, 0.9  # frames won by the blank, and its mean probability, where nothing else is said
DOUBTED = 0.3  # mean probability of a label on the best path
ONE_PATH = 0.9  # of the probability, where the loss hardly differs from that of the best path


def not_numbers(sequence: Sequence, lattice: Lattice) -> Iterator[Note]:
    """Frames with nan or +inf, which make the loss nan if the target meets them."""
    bad = np.isnan(sequence.log_probs) | (sequence.log_probs == np.inf)
    frames = np.flatnonzero(bad.any(axis=1))
    if not frames.size:
        return
    yield Note(
        "error",
        say("ctc", "nan or inf among the emissions"),
        say(
            "ctc",
            "{count} frames, the first is {frame}. {effect}",
            count=frames.size,
            frame=int(frames[0]),
            effect=say("ctc", "The loss is nan.")
            if math.isnan(lattice.log_likelihood)
            else say("ctc", "The target does not use these classes, so the loss is finite, but the gradient is not."),
        ),
    )


def not_normalised(sequence: Sequence, measured: Vitals) -> Iterator[Note]:
    """Frames that do not sum to one: raw logits, or probabilities without their logarithm."""
    off = np.abs(measured.log_sums)
    wrong = np.flatnonzero(off > TOLERANCE)
    if not wrong.size:
        return
    if _are_probabilities(sequence):
        yield Note(
            "error",
            say("ctc", "Probabilities, not their logarithms"),
            say("ctc", "All values lie in 0 to 1 and every frame sums to 1. CTCLoss takes log_softmax(-1)."),
        )
        return
    worst = int(wrong[np.argmax(off[wrong])])
    yield Note(
        "error",
        say("ctc", "Frames do not sum to one"),
        say(
            "ctc",
            "{count} of {frames} frames; frame {worst} sums to e^{log_sum}. Raw logits? The loss can be negative, and "
            "its gradient exp(x) − γ is wrong. Pass log_softmax(-1).",
            count=wrong.size,
            frames=measured.frames,
            worst=worst,
            log_sum=fixed(float(measured.log_sums[worst]), 2),
        ),
    )


def exact_zeros(sequence: Sequence, measured: Vitals) -> Iterator[Note]:
    """Log-probabilities of -inf under a finite loss: torch's gradient is nan at them."""
    count = int(np.count_nonzero(sequence.log_probs == -np.inf))
    if not count or not math.isfinite(measured.loss):
        return
    yield Note(
        "warning",
        say("ctc", "Exact zeros"),
        say(
            "ctc",
            "{count} log-probabilities are −inf. The loss is finite, but PyTorch's gradient is nan there; "
            "clamp them at −1e4 before log_softmax.",
            count=count,
        ),
    )


def wrong_blank(sequence: Sequence, measured: Vitals) -> Iterator[Note]:
    """The blank never wins while a class that no target has wins often."""
    other = measured.favourite
    if measured.blank_wins >= SELDOM or measured.favourite_wins <= OFTEN or np.any(sequence.labels == other):
        return
    yield Note(
        "warning",
        say("ctc", "blank = {blank} looks wrong", blank=sequence.blank),
        say(
            "ctc",
            "It wins {blank_wins} % of the frames; class {other} (“{name}”), which is not in the target, wins "
            "{other_wins} %. Try blank = {other}.",
            blank_wins=fixed(100 * measured.blank_wins, 1),
            other=other,
            name=sequence.names[other],
            other_wins=fixed(100 * measured.favourite_wins, 1),
        ),
    )


def blank_share(sequence: Sequence, measured: Vitals) -> Iterator[Note]:
    """What the blank has, and what it should have."""
    if math.isnan(measured.blank_share):
        return
    message = say(
        "ctc",
        "It has {prob} % of the probability and {share} % of the posterior; it wins {wins} % of the frames.",
        prob=fixed(100 * measured.blank_prob, 1),
        share=fixed(100 * measured.blank_share, 1),
        wins=fixed(100 * measured.blank_wins, 1),
    )
    if sequence.labels.size and measured.blank_wins > ALWAYS and measured.blank_prob > SURE:
        yield Note("warning", say("ctc", "Only blanks are emitted"), message)
    else:
        yield Note("hint", say("ctc", "The blank's share"), message)


def spread(measured: Vitals) -> Iterator[Note]:
    """Whether one alignment stands for all."""
    if math.isnan(measured.best_path_share) or not measured.labels:
        return
    share = fixed(100 * measured.best_path_share, 1)
    if measured.best_path_share >= ONE_PATH:
        title = say("ctc", "One path decides")
        message = say("ctc", "The best path holds {share} % of P(target).", share=share)
    else:
        title = say("ctc", "Probability is spread out")
        message = say("ctc", "The best path holds {share} % of P(target); the loss sums over all paths.", share=share)
    yield Note("hint", title, message)


def weakest_label(sequence: Sequence, lattice: Lattice) -> Iterator[Note]:
    """The label that the emissions doubt most, and what they say instead."""
    spoken = segments(lattice, sequence.names)
    if not spoken:
        return
    weakest = min(spoken, key=lambda segment: segment.confidence)
    if not weakest.confidence < DOUBTED:
        return
    probs = np.exp(sequence.log_probs[weakest.start : weakest.end])
    t, other = np.unravel_index(int(np.argmax(probs)), probs.shape)
    values = {
        "p": significant(weakest.confidence, 2),
        "frame": weakest.start,
        "other": sequence.names[int(other)],
        "q": significant(float(probs[t, other]), 2),
    }
    message = say(
        "ctc", "p = {p} on the best path, from frame {frame}. There the emissions say “{other}” with p = {q}.", **values
    )
    if other == sequence.blank:
        message = say(
            "ctc", "p = {p} on the best path, from frame {frame}. There the emissions say blank with p = {q}.", **values
        )
    yield Note(
        "warning", say("ctc", "Doubted: “{name}”, label {place}", name=weakest.label, place=weakest.place), message
    )


def _are_probabilities(sequence: Sequence) -> bool:
    given = sequence.log_probs
    if given.shape[1] < 2 or not (given.min() >= 0 and given.max() <= 1):
        return False
    return bool(np.all(np.abs(given.sum(axis=1) - 1) < TOLERANCE))
