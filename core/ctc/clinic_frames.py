"""Findings about frames: are there enough, where blanks are forced, and which rules of thumb are wrong here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ctc.counted import counted
from core.ctc.feasibility import rules
from core.explain.note import Note
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ctc.sequence import Sequence
    from core.ctc.vitals import Vitals

TIGHT = 0.1  # of the frames to spare
MOST_REPEATS = 5


def enough(sequence: Sequence, measured: Vitals, zero_infinity: bool) -> Note:
    """Whether the target fits, and what becomes of the loss if it does not."""
    values = {
        "labels": measured.labels,
        "repeats": measured.repeats,
        "needed": measured.needed,
        "frames": measured.frames,
        "slack": measured.slack,
        "index": sequence.index,
    }
    if measured.slack >= 0:
        return Note(
            "ok",
            say("ctc", "Feasible"),
            say(
                "ctc",
                "{labels} labels and {repeats} blanks between equal neighbours need {needed} frames; "
                "{frames} are given, {slack} to spare.",
                **values,
            ),
        )
    if zero_infinity:
        return Note(
            "error",
            say("ctc", "Silenced by zero_infinity"),
            say(
                "ctc",
                "{labels} labels and {repeats} blanks between equal neighbours need {needed} frames; {frames} are "
                "given. zero_infinity turns the loss of inf and its gradient into 0; the mean still counts it.",
                **values,
            ),
        )
    return Note(
        "error",
        say("ctc", "Infeasible alignment"),
        say(
            "ctc",
            "{labels} labels and {repeats} blanks between equal neighbours need {needed} frames; {frames} are given. "
            "The loss is inf and its gradient nan, which spoils every weight of the model.",
            **values,
        ),
    )


def unread(sequence: Sequence, measured: Vitals) -> Iterator[Note]:
    """The frames after input_length, where they would help."""
    there = measured.frames + len(sequence.unread)
    if measured.slack >= 0 or there == measured.frames:
        return
    yield Note(
        "hint",
        say("ctc", "{there} frames are in the array", there=there),
        say(
            "ctc",
            "input_lengths says {frames}; the rest may be padding, or the length may be in another unit.",
            frames=measured.frames,
        ),
    )


def forced_blanks(sequence: Sequence, measured: Vitals) -> Iterator[Note]:
    """Where equal neighbours are."""
    if not measured.repeats:
        return
    shown = [
        f"{place - 1}–{place} ({sequence.names[int(sequence.labels[place])]})"
        for place in measured.repeat_places[:MOST_REPEATS]
    ]
    yield Note(
        "hint",
        say("ctc", "Equal neighbours: {count}", count=measured.repeats),
        say(
            "ctc",
            "Labels {places}: between them a blank must stand, or they merge into one.",
            places=", ".join(shown) + (", …" if measured.repeats > MOST_REPEATS else ""),
        ),
    )


def room(sequence: Sequence, measured: Vitals) -> Iterator[Note]:
    """How many alignments share the target's probability."""
    if measured.slack < 0 or not sequence.labels.size:
        return
    values = {"count": counted(measured.alignments), "slack": measured.slack, "frames": measured.frames}
    if measured.alignments == 1:
        message = say("ctc", "One alignment only: every frame is decided, no blank is free.", **values)
    else:
        message = say("ctc", "{count} alignments; {slack} of {frames} frames are free.", **values)
    if measured.slack <= TIGHT * measured.frames:
        yield Note("warning", say("ctc", "Tight"), message)
    else:
        yield Note("ok", say("ctc", "Room to move"), message)


def wrong_rules(sequence: Sequence, measured: Vitals) -> Iterator[Note]:
    """The rules that circulate and are wrong about this very sequence."""
    _, *others = rules(measured.frames, measured.labels, measured.repeats)
    wrong = [rule.formula for rule in others if not rule.is_right]
    if not wrong or not sequence.labels.size:
        return
    values = {
        "rules": "; ".join(wrong),
        "frames": measured.frames,
        "needed": measured.needed,
    }
    if measured.slack >= 0:
        message = say("ctc", "{rules} would refuse it. T ≥ U + R: {frames} ≥ {needed}, and it fits.", **values)
    else:
        message = say(
            "ctc", "{rules} would let it pass. T ≥ U + R: {frames} < {needed}, and it does not fit.", **values
        )
    yield Note("hint", say("ctc", "A common rule is wrong here"), message)
