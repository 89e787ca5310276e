"""One sequence as the lattice takes it: its own frames, its target, and what came along to look at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, final

import numpy as np

from core.arrays import frozen
from core.ctc.batch import read_batch
from core.ctc.spelling import labels_of_text, separator_of, spelled
from core.errors import InputError
from core.links import apply_link
from core.problem import arguments
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Sequence as Many

    import numpy.typing as npt

    from core.arrays import Array, FloatArray, IntArray
    from core.batch import Batch
    from core.ctc.batch import Batch as Given
    from core.losses.ctc import CTCLoss


@final
@dataclass(frozen=True, eq=False)
class Sequence:
    """One sequence of a batch.

    Attributes:
        log_probs: (T, C) float64, the frames of its input_length.
        labels: (U,) its target; `names`: (C,) the name of each class.
        picture: what the model saw in these frames, (height, width) or (height, width, channels), or None.
        title: the truth that the file tells, or the target spelled; `index`: its number in the batch.
        frame_seconds: how long a frame lasts, None if the file does not tell.
        separator: what stands between names when they are spelled.
        unread: (T', C) the frames of the array after input_length; `unread_picture`: what the model saw in them.
    """

    log_probs: FloatArray
    labels: IntArray
    blank: int
    names: tuple[str, ...]
    picture: Array | None
    title: str
    index: int
    frame_seconds: float | None
    separator: str
    unread: FloatArray
    unread_picture: Array | None

    @property
    def text(self) -> str:
        """The target, spelled."""
        return spelled(self.labels, self.names, self.separator)


def sequences_of(loss: CTCLoss, batch: Batch) -> int:
    """How many sequences there are; InputError where the loss refuses the batch."""
    return len(_given(loss, batch).input_lengths)


def sequence_of(loss: CTCLoss, batch: Batch, n: int) -> Sequence:
    """Sequence n of a batch; InputError where the loss refuses the batch, or there is no such sequence."""
    given = _given(loss, batch)
    frames, N, C = given.log_probs.shape
    if not 0 <= n < N:
        raise InputError(
            "sequence",
            say("ctc", "There is no sequence {n} in a batch of {N}.", n=n, N=N),
            say("ctc", "Count the sequences from 0."),
        )
    T = int(given.input_lengths[n])
    labels = frozen(given.labels_of(n))
    names = batch.classes if len(batch.classes) == C else tuple(str(c) for c in range(C))
    separator = _separator(batch, names)
    picture, unread_picture = _cut(_picture(batch, n, N, given.batched), T, frames)
    return Sequence(
        log_probs=frozen(given.log_probs[:T, n], np.float64),
        labels=labels,
        blank=loss.blank,
        names=names,
        picture=picture,
        title=_truth(batch, n, N) or spelled(labels, names, separator),
        index=n,
        frame_seconds=_frame_seconds(batch, n, N),
        separator=separator,
        unread=given.log_probs[T:, n],
        unread_picture=unread_picture,
    )


def toy_sequence(text: str, alphabet: Many[str], logits: npt.ArrayLike, blank: int = 0) -> Sequence:
    """A sequence made by hand: the emissions are the softmax of `logits` (T, C); InputError for a foreign symbol."""
    labels = frozen(labels_of_text(text, alphabet))
    log_probs = frozen(apply_link("log_softmax", np.asarray(logits, dtype=np.float64)))
    return Sequence(
        log_probs, labels, blank, tuple(alphabet), None, text, 0, None, separator_of(alphabet), log_probs[:0], None
    )


def _given(loss: CTCLoss, batch: Batch) -> Given:
    log_probs, targets, input_lengths, target_lengths = arguments(loss, batch)
    return read_batch(log_probs, targets, input_lengths, target_lengths, loss.blank)


def _separator(batch: Batch, names: Many[str]) -> str:
    told = batch.meta.get("decode_separator")
    return told if isinstance(told, str) else separator_of(names)


def _picture(batch: Batch, n: int, N: int, batched: bool) -> Array | None:
    image = batch.extras.get("image")
    if image is None or image.dtype.kind not in "biuf":
        return None
    if batched and image.ndim in (3, 4) and len(image) == N:
        image = image[n]
    elif N > 1:
        return None
    is_picture = image.ndim == 2 or (image.ndim == 3 and image.shape[2] in (1, 3, 4))
    return image if is_picture and image.size else None


def _cut(picture: Array | None, T: int, frames: int) -> tuple[Array | None, Array | None]:
    """The columns of the first T of so many frames, and the rest."""
    if picture is None or frames == T:
        return picture, None
    edge = round(picture.shape[1] * T / frames)
    return picture[:, :edge], picture[:, edge:]


def _truth(batch: Batch, n: int, N: int) -> str:
    truth = batch.extras.get("truth")
    if truth is None or truth.dtype.kind != "U" or truth.size != N:
        return ""
    return str(truth.ravel()[n])


def _frame_seconds(batch: Batch, n: int, N: int) -> float | None:
    told: object = batch.extras.get("frame_seconds", batch.meta.get("frame_seconds"))
    try:
        seconds = np.asarray(cast("npt.ArrayLike", told), dtype=np.float64).ravel()
    except (TypeError, ValueError):
        return None
    if seconds.size not in (1, N):
        return None
    one = float(seconds[n if seconds.size == N else 0])
    return one if 0 < one < math.inf else None
