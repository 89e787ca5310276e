"""What is read from the emissions without knowing the target: by the best class of each frame, and by a beam."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.beam import WIDTH, prefix_beam
from core.ctc.decode import edit_distance
from core.ctc.lattice import lattice_of
from core.ctc.paths import collapse, greedy
from core.jobs import Job, Progress
from gui.workspaces.ctc.compute_lattice import LatticeResult

if TYPE_CHECKING:
    from core.ctc.sequence import Sequence


@final
@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """A sequence whose lattice is known."""

    result: LatticeResult


@final
@dataclass(frozen=True, slots=True)
class Reading:
    """Labels, the log-probability of the paths that spell them, and how many edits they are from the target."""

    labels: tuple[int, ...]
    log_prob: float
    distance: int


@final
@dataclass(frozen=True, eq=False, slots=True)
class DecodeResult:
    """Attributes: beam: likeliest first, each with the mass that the search has found of it; width: its most."""

    sequence: Sequence
    target: Reading
    greedy: Reading
    beam: tuple[Reading, ...]
    width: int


@np.errstate(over="ignore", invalid="ignore")  # raw logits are read with what they give
def compute(asked: DecodeRequest) -> Job[DecodeResult]:
    """The exact mass of what greedy reads, then the search."""
    sequence, lattice = asked.result.sequence, asked.result.lattice
    assert sequence is not None
    assert lattice is not None
    yield Progress(0.0)
    target: list[int] = sequence.labels.tolist()
    read: list[int] = collapse(greedy(sequence.log_probs), sequence.blank).tolist()
    mass = lattice.log_likelihood
    if read != target:
        mass = lattice_of(sequence.log_probs, read, sequence.blank).log_likelihood
    found = yield from prefix_beam(sequence.log_probs, sequence.blank)
    return DecodeResult(
        sequence=sequence,
        target=Reading(tuple(target), lattice.log_likelihood, 0),
        greedy=Reading(tuple(read), mass, edit_distance(read, target)),
        beam=tuple(Reading(one.labels, one.log_prob, edit_distance(one.labels, target)) for one in found),
        width=WIDTH,
    )
