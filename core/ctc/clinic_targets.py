"""Findings about targets: a blank among the labels, none at all, and labels that are no class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.doctor.sequences import sequences_of
from core.errors import InputError
from core.explain.note import Note
from core.problem import arguments
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.batch import Batch
    from core.ctc.sequence import Sequence
    from core.losses.ctc import CTCLoss

MOST_PLACES = 5


def blank_in_target(sequence: Sequence) -> Iterator[Note]:
    """A blank given as a label stands beside the blanks between labels, and paths are counted twice."""
    places = np.flatnonzero(sequence.labels == sequence.blank)
    if not places.size:
        return
    yield Note(
        "error",
        say("ctc", "The blank is in the target"),
        say(
            "ctc",
            "Labels {places} are class {blank}, the blank. The same path is counted more than once, "
            "so the loss can be negative, and no decoder can ever spell this target.",
            places=_listed(places.tolist()),
            blank=sequence.blank,
        ),
    )


def nothing_to_spell(sequence: Sequence) -> Iterator[Note]:
    """An empty target has one path, all blanks."""
    if sequence.labels.size:
        return
    yield Note(
        "hint",
        say("ctc", "Empty target"),
        say(
            "ctc", "Only the path of blanks is left: the loss is −Σ log p(blank), and the mean divides by 1, not by 0."
        ),
    )


def refused(loss: CTCLoss, batch: Batch) -> tuple[Note, ...]:
    """Why the loss refuses a batch: labels that are no class, else its own reason; () if it does not refuse it."""
    outside = tuple(_outside(batch))
    if outside:
        return outside
    try:
        loss.evaluate(*arguments(loss, batch))
    except InputError as error:
        message = say("ctc", "{problem} {remedy}", problem=error.problem, remedy=error.remedy)
        return (Note("error", say("ctc", "{field} is refused", field=error.field), message),)
    return ()


def _outside(batch: Batch) -> Iterator[Note]:
    found = sequences_of(batch)
    if found is None or found.labels.dtype.kind not in "iuf":
        return
    C = batch.input.shape[-1]
    wrong = found.inside & ~((found.labels >= 0) & (found.labels < C))
    for n in np.flatnonzero(wrong.any(axis=1))[:MOST_PLACES].tolist():
        places = np.flatnonzero(wrong[n])
        values = {
            "n": n,
            "places": _listed(places.tolist()),
            "labels": _listed([f"{label:g}" for label in found.labels[n, places].tolist()]),
            "C": C,
            "last": C - 1,
        }
        yield Note(
            "error",
            say("ctc", "Label out of range"),
            say(
                "ctc",
                "Sequence {n}, labels {places}: {labels}, but the {C} classes are 0 to {last}. PyTorch does not check: "
                "it reads the number that lies there in memory, of another frame or sequence, and gives a finite loss.",
                **values,
            ),
        )


def _listed(items: list[int] | list[str]) -> str:
    return ", ".join(map(str, items[:MOST_PLACES])) + (", …" if len(items) > MOST_PLACES else "")
