"""Lengths and targets of a CTC batch in one padded form, and the rules that need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say

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


@rule("T1", "CTCLoss")
def infeasible(case: Case) -> Finding | None:
    """No alignment has fewer frames than labels plus repeats."""
    found = sequences_of(case.batch)
    if found is None:
        return None
    short = np.flatnonzero(found.input_lengths < found.needed)
    if not short.size:
        return None
    n = int(short[0])
    labels = int(found.target_lengths[n])
    needed = int(found.needed[n])
    frames = int(found.input_lengths[n])
    return Finding(
        "T1",
        "error",
        say("doctor", "Too few frames"),
        say(
            "doctor",
            "{count} of {size} sequences cannot be aligned: sequence {n} needs {needed} frames ({labels} labels and "
            "{repeats} blanks between equal neighbours) and has {frames}. Its loss is infinite, its gradient nan.",
            count=short.size,
            size=found.target_lengths.size,
            n=n,
            needed=needed,
            labels=labels,
            repeats=needed - labels,
            frames=frames,
        ),
        say("doctor", "Subsample less or drop the sequence; zero_infinity=True only hides it."),
        {
            "rows": first(short),
            "count": int(short.size),
            "needed": first(found.needed[short]),
            "frames": first(found.input_lengths[short]),
        },
    )


@rule("T5", "CTCLoss")
def label_outside_vocabulary(case: Case) -> Finding | None:
    """CTCLoss of torch does not check the labels and reads memory that belongs to something else."""
    found = sequences_of(case.batch)
    if found is None:
        return None
    c = case.input.shape[-1]
    # Written so that nan counts as outside.
    bad = found.inside & ~((found.labels >= 0) & (found.labels < c))
    rows = np.flatnonzero(bad.any(axis=1))
    if not rows.size:
        return None
    return Finding(
        "T5",
        "error",
        say("doctor", "Labels outside the vocabulary"),
        say(
            "doctor",
            "{count} labels lie outside 0 … {last}: {labels}, first in sequences {rows}. torch does not check them and "
            "reads foreign memory.",
            count=int(bad.sum()),
            last=c - 1,
            labels=listed(np.unique(found.labels[bad])),
            rows=listed(rows),
        ),
        say("doctor", "Check the vocabulary (did adding the blank shift it by one?) and the target lengths."),
        {"rows": first(rows), "count": int(bad.sum()), "labels": first(np.unique(found.labels[bad]))},
        explains_refusal=True,
    )
