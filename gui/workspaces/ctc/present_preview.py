"""What there is to see of a long sequence before its lattice: its emissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.labels import extend
from core.ctc.sequence import sequence_of, sequences_of
from core.errors import InputError
from core.text import say
from gui.kit.emission_preview_figure import PreviewFigure
from gui.workspaces.ctc.class_names import written
from gui.workspaces.ctc.compute_lattice import MOST_COLUMNS
from gui.workspaces.ctc.present_emission import classes_in_view

if TYPE_CHECKING:
    from core.batch import Batch
    from core.losses.ctc import CTCLoss

MOST_CLASSES = 24


def preview(loss: CTCLoss, batch: Batch, number: int, most: int = MOST_CLASSES) -> PreviewFigure | None:
    """Of a sequence of a batch, `most` classes; None for one without frames, or a batch that the loss refuses."""
    try:
        sequence = sequence_of(loss, batch, min(max(number, 0), sequences_of(loss, batch) - 1))
    except InputError:
        return None
    frames = len(sequence.log_probs)
    if not frames:
        return None
    classes = classes_in_view(sequence, 0, frames, sequence.labels.tolist(), most)
    columns = min(frames, MOST_COLUMNS)
    with np.errstate(over="ignore", invalid="ignore"):
        probs = np.exp(sequence.log_probs[:, classes])
    starts = np.arange(columns) * frames // columns
    return PreviewFigure(
        title=say("ctc", "emission"),
        sentence=say(
            "ctc",
            "The lattice of {frames:,} frames and {states:,} states is being computed.",
            frames=frames,
            states=extend(sequence.labels, sequence.blank).size,
        ),
        names=tuple(written(sequence, cls) for cls in classes),
        values=np.maximum.reduceat(probs, starts, axis=0).T,
        frames=frames,
    )
