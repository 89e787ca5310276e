"""What torch 2.13 does with a batch that this program refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.batch import Batch
    from core.errors import InputError
    from core.losses import Loss


def torch_says(loss: Loss, batch: Batch, refusal: InputError) -> tuple[str, ...]:
    """Lines for comments: what is wrong, then torch's own words where they are known."""
    return f"{refusal.field}: {refusal.problem} {refusal.remedy}", _words(loss, batch, refusal)


def _words(loss: Loss, batch: Batch, refusal: InputError) -> str:
    if loss.name == "BCELoss" and refusal.field in ("input", "target") and _outside(batch, refusal.field):
        return f"torch raises RuntimeError: all elements of {refusal.field} should be between 0 and 1"
    if loss.family == "multi-class" and refusal.field == "target":
        label = re.search(r"label (-?\d+)", str(refusal.problem))
        if label is not None:
            return f"torch raises IndexError: Target {label[1]} is out of bounds."
    if loss.family == "sequence" and refusal.field == "targets":
        return "torch does not check labels: it reads memory that belongs to other frames, and returns a number."
    return "torch raises here, or returns a number that means nothing."


def _outside(batch: Batch, field: str) -> bool:
    array = batch.input if field == "input" else batch.target
    return array is not None and not bool(np.all((array >= 0) & (array <= 1)))
