"""The emissions of a sequence in one picture, for where its lattice is not there: all that there is to see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.labels import extend
from core.text import Text, say
from gui.kit.emission_preview_figure import PreviewFigure
from gui.workspaces.ctc.class_names import written
from gui.workspaces.ctc.compute_lattice import pooled
from gui.workspaces.ctc.present_emission import classes_in_view

if TYPE_CHECKING:
    from core.ctc.sequence import Sequence

MOST_CLASSES = 24


def waiting(sequence: Sequence) -> PreviewFigure | None:
    """While the lattice is being computed; None without frames."""
    frames, states = len(sequence.log_probs), extend(sequence.labels, sequence.blank).size
    words = say("ctc", "The lattice of {frames:,} frames and {states:,} states is being computed.", frames=frames,
                states=states)  # fmt: skip
    return preview(sequence, words, MOST_CLASSES)


def preview(sequence: Sequence, sentence: Text, most: int) -> PreviewFigure | None:
    """`most` classes, those of the target first, with a sentence under them; None without frames."""
    frames = len(sequence.log_probs)
    if not frames:
        return None
    classes = classes_in_view(sequence, 0, frames, sequence.labels.tolist(), most)
    with np.errstate(over="ignore", invalid="ignore"):
        values = pooled(np.exp(sequence.log_probs[:, classes]))
    names = tuple(written(sequence, cls) for cls in classes)
    return PreviewFigure(say("ctc", "emission"), sentence, names, values, frames)
