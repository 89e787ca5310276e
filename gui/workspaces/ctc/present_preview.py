"""What there is to see of a long sequence before its lattice: its emissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.labels import extend
from core.ctc.sequence import sequence_of, sequences_of
from core.errors import InputError
from core.text import say
from gui.kit.emission_preview import PreviewFigure
from gui.workspaces.ctc.class_names import written
from gui.workspaces.ctc.compute_lattice import MOST_COLUMNS
from gui.workspaces.ctc.present_emission import classes_in_view

if TYPE_CHECKING:
    from gui.workspaces.ctc.compute_lattice import LatticeRequest

MOST_CLASSES = 24


def preview(asked: LatticeRequest) -> PreviewFigure | None:
    """Of a sequence of a batch; None where there is none, or the loss refuses it: the answer will say so."""
    if asked.batch is None:
        return None
    try:
        last = sequences_of(asked.loss, asked.batch) - 1
        sequence = sequence_of(asked.loss, asked.batch, min(max(asked.sequence, 0), last))
    except InputError:
        return None
    frames = len(sequence.log_probs)
    if not frames:
        return None
    classes = classes_in_view(sequence, 0, frames, sequence.labels.tolist(), MOST_CLASSES)
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
