"""Findings about targets: a blank among the labels, or none at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.explain.note import Note
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ctc.sequence import Sequence

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


def _listed(items: list[int]) -> str:
    return ", ".join(map(str, items[:MOST_PLACES])) + (", …" if len(items) > MOST_PLACES else "")
