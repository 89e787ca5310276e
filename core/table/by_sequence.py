"""Rows of sequences: CTCLoss."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from core.ctc.labels import frames_needed, repeats
from core.table.common import number, row_norms, shared_columns
from core.text import say

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.assess import Assessment
    from core.losses.ctc import CTCEvaluation
    from core.table.table import Column


def sequence_columns(assessed: Assessment) -> list[Column]:
    """T, U, repeats, slack, loss, loss per label, the blank's share of the posterior, share, gradient, rank."""
    rows = assessed.rows
    assert rows is not None
    evaluation = cast("CTCEvaluation", assessed.evaluation)
    read = evaluation.batch
    labels = [read.labels_of(n) for n in range(rows.count)]
    needed = np.array([frames_needed(own) for own in labels], np.int64)
    per_label = rows.loss / np.maximum(read.target_lengths, 1)
    terms = per_label if assessed.loss.reduction == "mean" else rows.loss
    grad = evaluation.grad if evaluation.grad.ndim == 3 else evaluation.grad[:, None]
    grads = row_norms(np.moveaxis(grad, 1, 0).reshape(rows.count, -1), 1)
    return [
        number("T", say("table", "frames T"), read.input_lengths, 0),
        number("U", say("table", "labels U"), read.target_lengths, 0),
        number("repeats", say("table", "repeats"), np.array([int(repeats(own).sum()) for own in labels]), 0, rank=6),
        number("slack", say("table", "slack"), read.input_lengths - needed, 0),
        number("loss", say("table", "loss"), rows.loss, 3, bar=True, role="loss", weight=1.35),
        number("per_label", say("table", "loss ÷ U"), per_label, 4, rank=1, weight=1.1),
        number("blank", say("table", "blank share"), _blank_shares(evaluation), 3, rank=4, weight=1.1),
        *shared_columns(assessed, terms, grads),
    ]


def _blank_shares(evaluation: CTCEvaluation) -> FloatArray:
    """(N,) of the posterior, over all frames; nan where there is no alignment."""
    read = evaluation.batch
    held = -evaluation.grad_log_probs.reshape(read.log_probs.shape)[:, :, read.blank].sum(axis=0, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return held / (evaluation.upstream * read.input_lengths)
