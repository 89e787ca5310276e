"""What was read beside the target, and the alignments that were drawn, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.sampling import log_probs_of, sample_paths
from core.ctc.spelling import spelled
from core.text import Text, say
from gui.kit.number_row import NumberRow
from gui.kit.numbers import fixed, percent
from gui.workspaces.ctc.reading_edits import MOST_SAMPLED

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.ctc.lattice import Lattice
    from gui.workspaces.ctc.compute_decode import DecodeResult, Reading

SHOWN = 5  # hypotheses of the beam
SEED = 0
LONGEST = 60  # symbols of a reading; what follows is told by the tooltip


@final
@dataclass(frozen=True, eq=False, slots=True)
class DecodeModel:
    """Rows of readings, and how far the search can be trusted."""

    rows: tuple[NumberRow, ...]
    caption: Text


@lru_cache(maxsize=1)
def drawn(lattice: Lattice) -> tuple[IntArray, FloatArray]:
    """All alignments that can be shown, (MOST_SAMPLED, T), in the order drawn, and the share of the target of each."""
    paths = sample_paths(lattice, np.random.default_rng(SEED), MOST_SAMPLED)
    return paths, np.exp(log_probs_of(lattice, paths) - lattice.log_likelihood)


def present(result: DecodeResult) -> DecodeModel:
    """The target, what greedy reads, and the first of the beam."""
    rows = [
        _row(result, result.target, say("ctc", "target"), "target"),
        _row(result, result.greedy, say("ctc", "greedy"), "ok" if result.greedy.distance == 0 else "err"),
    ]
    for number, one in enumerate(result.beam[:SHOWN], start=1):
        name = say("ctc", "beam {number}", number=number)
        rows.append(_row(result, one, name, "ok" if one.distance == 0 else ""))
    return DecodeModel(tuple(rows), _caption(result))


def drawn_caption(lattice: Lattice, count: int) -> Text:
    """How much of the target's probability the alignments drawn have."""
    if not lattice.best_path.size:
        return say("ctc", "No alignment exists, so none can be drawn.")
    if count == 0:
        return say("ctc", "Draw alignments as often as they are likely, given the target.")
    paths, shares = drawn(lattice)
    different = np.unique(paths[:count], axis=0, return_index=True)[1]
    return say(
        "ctc",
        "{count} drawn, {different} of them different: together {share} of P(target).",
        count=count,
        different=len(different),
        share=percent(float(shares[:count][different].sum())),
    )


def _caption(result: DecodeResult) -> Text:
    place = next((n for n, one in enumerate(result.beam, start=1) if one.distance == 0), None)
    if not result.beam:
        return say("ctc", "A frame has no distribution, so the beam finds nothing.")
    if place is None:
        return say("ctc", "ln P and edits. The target is not among the {width} readings of the beam.",
                   width=result.width)  # fmt: skip
    return say("ctc", "ln P and edits. The target is number {place} of the beam.", place=place)


def _row(result: DecodeResult, one: Reading, name: Text, role: str) -> NumberRow:
    sequence = result.sequence
    words = spelled(np.array(one.labels, dtype=np.int64), sequence.names, sequence.separator)
    shown = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    title = say("ctc", "{name}: “{text}”", name=name, text=shown)
    if name == say("ctc", "target"):
        return NumberRow(title, fixed(one.log_prob, 2), role, say("ctc", "{text}", text=words))
    return NumberRow(title, f"{fixed(one.log_prob, 2)} · {one.distance}", role, say("ctc", "{text}", text=words))
