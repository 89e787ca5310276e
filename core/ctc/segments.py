"""Forced alignment: in which frames the likeliest path speaks each label, and each word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.spelling import WORD_START

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence as Many

    from core.ctc.lattice import Lattice

SEPARATORS = frozenset({" ", "|", "<wb>", "<space>", "␣", WORD_START})


@final
@dataclass(frozen=True, slots=True)
class Segment:
    """The frames in which the best path stands on one label.

    Attributes:
        label: its name; `cls`: its class; `place`: which label of the target it is, from 0.
        start, end: frames, start inclusive, end exclusive.
        confidence: the mean probability that these frames give the label; `least`: the lowest.
    """

    label: str
    cls: int
    place: int
    start: int
    end: int
    confidence: float
    least: float


@final
@dataclass(frozen=True, slots=True)
class Word:
    """Segments between two separators, as one.

    Attributes:
        first, last: places of its labels in the target, last inclusive.
        start, end: frames from its first label to its last, blanks between them included; end exclusive.
        confidence: the mean over the frames of its labels; `least`: the lowest.
    """

    label: str
    first: int
    last: int
    start: int
    end: int
    confidence: float
    least: float


@np.errstate(over="ignore")  # raw logits are no log-probabilities; what they give is shown all the same
def segments(lattice: Lattice, names: Many[str]) -> tuple[Segment, ...]:
    """A segment for each label of the target, in its order; none where no alignment exists."""
    path = lattice.best_path
    if path.size == 0:
        return ()
    probs = np.exp(lattice.emission[np.arange(path.size), path])
    # No move leaves a label out, so each label's row holds one unbroken run.
    starts = np.searchsorted(path, np.arange(1, lattice.states.size, 2))
    ends = np.searchsorted(path, np.arange(1, lattice.states.size, 2), side="right")
    classes: list[int] = lattice.labels.tolist()
    return tuple(
        Segment(names[cls], cls, place, start, end, float(probs[start:end].mean()), float(probs[start:end].min()))
        for place, (cls, start, end) in enumerate(zip(classes, starts.tolist(), ends.tolist(), strict=True))
    )


def words(spoken: Iterable[Segment]) -> tuple[Word, ...]:
    """Segments merged into words: separators part them, and so does a mark at the start of a piece."""
    groups: list[list[Segment]] = [[]]
    for segment in spoken:
        if segment.label in SEPARATORS or segment.label.startswith(WORD_START):
            groups.append([])
        if segment.label not in SEPARATORS:
            groups[-1].append(segment)
    return tuple(_word(group) for group in groups if group)


def _word(group: Many[Segment]) -> Word:
    frames = sum(segment.end - segment.start for segment in group)
    total = sum(segment.confidence * (segment.end - segment.start) for segment in group)
    return Word(
        label="".join(segment.label for segment in group).removeprefix(WORD_START),
        first=group[0].place,
        last=group[-1].place,
        start=group[0].start,
        end=group[-1].end,
        confidence=total / frames,
        least=min(segment.least for segment in group),
    )
