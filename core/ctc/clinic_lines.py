"""Findings about a whole batch: its loss beside models that learned nothing, and what zero_infinity silences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.batch import read_batch
from core.ctc.labels import frames_needed
from core.explain.digits import fixed
from core.explain.note import Note
from core.problem import arguments
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.batch import Batch
    from core.ctc.reference_lines import ReferenceLines
    from core.losses.ctc import CTCLoss

MOST_NAMED = 5


def compared(lines: ReferenceLines) -> Iterator[Note]:
    """What the loss says of a model, beside the best that ignores its input."""
    values = {"model": fixed(lines.model, 3), "floor": fixed(lines.floor, 3), "uniform": fixed(lines.uniform, 3)}
    if lines.verdict == "worse":
        yield Note(
            "warning",
            say("ctc", "Worse than equal chances"),
            say(
                "ctc",
                "The loss is {model} a label; a model that finds all classes equally likely has {uniform}, the best "
                "one that ignores its input {floor}. Are the blank, the labels and their order those of the model?",
                **values,
            ),
        )
    elif lines.verdict == "blind":
        yield Note(
            "warning",
            say("ctc", "The output does not depend on the input"),
            say(
                "ctc",
                "The loss is {model} a label. The best model that ignores its input has {floor}, one that finds all "
                "classes equally likely {uniform}. So far nothing of the input shows.",
                **values,
            ),
        )
    elif lines.verdict == "learning":
        yield Note(
            "hint",
            say("ctc", "Learning: wait"),
            say(
                "ctc",
                "The loss is {model} a label, below the {floor} of the best model that ignores its input.",
                **values,
            ),
        )
    elif lines.verdict == "reading":
        yield Note(
            "ok",
            say("ctc", "The input is used"),
            say(
                "ctc",
                "The loss is {model} a label. Without the input {floor} is the best, with equal chances {uniform}.",
                **values,
            ),
        )


def silenced(loss: CTCLoss, batch: Batch) -> tuple[Note, ...]:
    """The sequences of a batch whose target does not fit, and what zero_infinity makes of them."""
    log_probs, targets, input_lengths, target_lengths = arguments(loss, batch)
    given = read_batch(log_probs, targets, input_lengths, target_lengths, loss.blank)
    N = len(given.input_lengths)
    needed = np.array([frames_needed(given.labels_of(n)) for n in range(N)])
    short = np.flatnonzero(given.input_lengths < needed).tolist()
    if not short:
        return ()
    values = {
        "count": len(short),
        "N": N,
        "which": ", ".join(map(str, short[:MOST_NAMED])) + (", …" if len(short) > MOST_NAMED else ""),
    }
    if loss.zero_infinity:
        title = say("ctc", "zero_infinity silences {count} of {N} sequences", **values)
        message = say(
            "ctc",
            "Their targets do not fit into their frames: {which}. They count as 0 and teach nothing, yet the mean "
            "divides by all {N}.",
            **values,
        )
        return (Note("warning", title, message),)
    title = say("ctc", "{count} of {N} sequences do not fit", **values)
    message = say(
        "ctc", "Their targets do not fit into their frames: {which}. The mean is inf, and their gradient nan.", **values
    )
    return (Note("error", title, message),)
