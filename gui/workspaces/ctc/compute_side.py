"""What the side pane tells of a sequence: its segments, and what its derivatives sum to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.segments import Segment, Word, words

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.ctc.sequence import Sequence
    from gui.workspaces.ctc.compute_lattice import LatticeResult
    from gui.workspaces.ctc.state import Truth

TRUTHS: tuple[Truth, ...] = ("logits", "log_probs", "torch")


@final
@dataclass(frozen=True, eq=False, slots=True)
class SideResult:
    """One sequence.

    Attributes:
        gradient_sums: (T,) over the classes of each frame, for each of the three derivatives; nan where there is none.
    """

    sequence: Sequence
    segments: tuple[Segment, ...]
    words: tuple[Word, ...]
    gradient_sums: dict[Truth, FloatArray]


@np.errstate(over="ignore", invalid="ignore")  # raw logits are shown with what they give
def compute(result: LatticeResult) -> SideResult:
    """Words and sums of a sequence whose lattice is known."""
    gradients = result.gradients
    sums: dict[Truth, FloatArray] = {}
    for truth in TRUTHS:
        sums[truth] = np.zeros(0) if gradients is None else gradients.of(truth).sum(axis=1)
    assert result.sequence is not None
    return SideResult(result.sequence, result.segments, words(result.segments), sums)
