"""A small CTC batch made by hand, so that the loss has something to show before a file is opened."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from core.batch import Batch

if TYPE_CHECKING:
    from core.arrays import FloatArray

CLASSES = ("ε", "c", "a", "t", "o", "g")
TARGET = (1, 2, 3)
# One row per frame, in per cent. Frame 5 hesitates between a and o; frame 10 fades from t into the blank.
PER_CENT = (
    (65, 11, 10, 5, 5, 4),
    (21, 51, 8, 4, 12, 4),
    (6, 73, 4, 3, 10, 4),
    (33, 44, 5, 4, 9, 5),
    (7, 5, 53, 5, 20, 10),
    (6, 4, 41, 4, 40, 5),
    (48, 11, 21, 6, 8, 6),
    (80, 4, 4, 5, 3, 4),
    (26, 3, 9, 50, 6, 6),
    (4, 3, 3, 84, 3, 3),
    (36, 12, 5, 30, 10, 7),
    (80, 4, 4, 5, 4, 3),
)


def log_probs() -> FloatArray:
    """(T, C) float32: twelve frames over a blank and five letters, each frame normalised."""
    return np.log(np.array(PER_CENT) / 100).astype(np.float32)


@cache
def toy_batch() -> Batch:
    """The word "cat" in twelve frames, without a batch axis."""
    from core.losses import CTCLoss

    return Batch(
        name="cat",
        loss=CTCLoss(),
        input=log_probs(),
        target=np.array(TARGET),
        input_lengths=np.array(len(PER_CENT)),
        target_lengths=np.array(len(TARGET)),
        classes=CLASSES,
    )
