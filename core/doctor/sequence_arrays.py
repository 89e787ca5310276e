"""A CTC batch as rules look at it: lengths and targets in one padded form, and its frames one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import numpy as np

from core.doctor.blocks import log_sum_exp

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array, BoolArray
    from core.batch import Batch


@final
@dataclass(frozen=True, eq=False, slots=True)
class Sequences:
    """N sequences: `labels` (N, longest target), meaningful where `inside`; both lengths (N,)."""

    labels: Array
    inside: BoolArray
    input_lengths: Array
    target_lengths: Array

    @property
    def needed(self) -> npt.NDArray[Any]:
        """(N,) frames that the shortest alignment takes: a blank must stand between equal neighbours."""
        repeats = (self.labels[:, 1:] == self.labels[:, :-1]) & self.inside[:, 1:]
        return self.target_lengths + repeats.sum(axis=1)


def sequences_of(batch: Batch) -> Sequences | None:
    """None where shapes and lengths contradict each other, for then nothing can be said of single sequences."""
    frames, targets = _lengths(batch, batch.input_lengths), _lengths(batch, batch.target_lengths)
    y = batch.target
    if frames is None or targets is None or y is None or batch.input.ndim not in (2, 3):
        return None
    n = targets.size
    columns = np.arange(int(targets.max(initial=0)))
    inside = columns < targets[:, None]
    if y.ndim == 2 and len(y) == n and y.shape[1] >= columns.size:
        return Sequences(y[:, : columns.size], inside, frames, targets)
    alone = n == 1 and y.ndim == 1 and y.size >= columns.size
    if y.ndim == 1 and (y.size == int(targets.sum()) or alone):
        starts = np.cumsum(targets) - targets
        place = np.where(inside, starts[:, None] + columns, 0)
        return Sequences(y[place] if y.size else np.zeros(place.shape, y.dtype), inside, frames, targets)
    return None


def outside_lengths(batch: Batch) -> BoolArray:
    """The shape of log_probs, True in the frames past a sequence's input_length; all False if unknown."""
    x = batch.input
    lengths = _lengths(batch, batch.input_lengths)
    if lengths is None or x.ndim not in (2, 3):
        return np.zeros(x.shape, dtype=bool)
    past = np.arange(len(x))[:, None] >= lengths
    return np.broadcast_to(past[:, :, None] if x.ndim == 3 else past, x.shape)


def _lengths(batch: Batch, lengths: Array | None) -> npt.NDArray[np.int64] | None:
    n = batch.input.shape[1] if batch.input.ndim == 3 else 1
    if lengths is None or lengths.dtype.kind not in "iu" or lengths.ndim > 1 or lengths.size != n:
        return None
    wide = lengths.reshape(-1).astype(np.int64)
    # No length exceeds both arrays, so that a wild number cannot make the padded form take the whole memory.
    longest = max(len(batch.input) if batch.input.ndim else 0, 0 if batch.target is None else batch.target.size)
    return wide if wide.min(initial=0) >= 0 and wide.max(initial=0) <= longest else None


@final
@dataclass(frozen=True, eq=False, slots=True)
class Frames:
    """The frames inside the lengths, one after another.

    Attributes:
        rows: (F, C) log-probabilities; owner: (F,) the sequence of each.
        log_sums: (F,) log of the sum of exp over the classes; winners: (F,) the class that wins.
    """

    rows: npt.NDArray[Any]
    owner: npt.NDArray[np.intp]
    log_sums: npt.NDArray[Any]
    winners: npt.NDArray[np.intp]


def frames_of(batch: Batch) -> Frames | None:
    """None where log_probs have no frames to speak of."""
    x = batch.input
    if x.ndim not in (2, 3) or x.dtype.kind != "f" or not x.size or x.shape[-1] < 2:
        return None
    inside = ~outside_lengths(batch).reshape(x.shape)[..., 0]
    wide = x.astype(np.result_type(x.dtype, np.float32), copy=False)
    if x.ndim == 2:
        rows, owner = wide[inside], np.zeros(int(inside.sum()), np.intp)
    else:
        by_sequence = np.moveaxis(inside, 1, 0)
        owner = np.nonzero(by_sequence)[0]
        rows = np.moveaxis(wide, 1, 0)[by_sequence]
    if not len(rows):
        return None
    return Frames(rows, owner, log_sum_exp(rows), rows.argmax(axis=1))
