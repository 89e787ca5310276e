"""What the toy editor shows of a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gui.kit.share_bar import ShareBar
from gui.workspaces.ctc.class_names import role, written

if TYPE_CHECKING:
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence


def share_bars(sequence: Sequence, lattice: Lattice, frame: int) -> tuple[ShareBar, ...]:
    """A bar for each class: its probability in a frame, and the share of the alignments that emit it there."""
    if not 0 <= frame < len(sequence.log_probs):
        return ()
    probs = np.exp(sequence.log_probs[frame])
    posterior = np.bincount(lattice.states, weights=lattice.occupancy[frame], minlength=len(probs))
    return tuple(
        ShareBar(written(sequence, c), float(probs[c]), float(posterior[c]), role(sequence, c))
        for c in range(len(sequence.names))
    )
