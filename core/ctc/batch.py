"""A batch for CTC: every layout that PyTorch takes, brought to one, and what it refuses, refused with the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.errors import InputError
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array, FloatArray, IntArray

_FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


@final
@dataclass(frozen=True, eq=False)
class Batch:
    """Emissions and targets in one layout.

    Attributes:
        log_probs: (T, N, C), float32 or float64; N = 1 for an unbatched sample.
        labels: all targets one after another, (sum of target_lengths,).
        input_lengths, target_lengths: (N,).
        batched: whether log_probs came with its batch dimension.
    """

    log_probs: FloatArray
    labels: IntArray
    input_lengths: IntArray
    target_lengths: IntArray
    blank: int
    batched: bool

    def labels_of(self, n: int) -> IntArray:
        """The target of sample n, (U,)."""
        end = int(self.target_lengths[: n + 1].sum())
        return self.labels[end - int(self.target_lengths[n]) : end]


def read_batch(
    log_probs: npt.ArrayLike,
    targets: npt.ArrayLike,
    input_lengths: npt.ArrayLike,
    target_lengths: npt.ArrayLike,
    blank: int,
) -> Batch:
    """The arguments of `CTCLoss.evaluate` in one layout.

    Raises:
        InputError: what PyTorch refuses, and labels that are no class, which it does not check.
    """
    emissions = _emissions(log_probs)
    batched = emissions.ndim == 3
    if not batched:
        emissions = emissions[:, None, :]
    T, N, C = emissions.shape
    _check_blank(blank, C)
    frames = _lengths("input_lengths", input_lengths, N)
    counts = _lengths("target_lengths", target_lengths, N)
    _check_at_most("input_lengths", frames, T)
    labels = _labels(targets, counts)
    _check_classes(labels, counts, C)
    return Batch(emissions, labels, frames, counts, blank, batched)


def _emissions(log_probs: npt.ArrayLike) -> FloatArray:
    given = _rectangular("log_probs", log_probs)
    dtype = given.dtype.newbyteorder("=")
    if dtype not in _FLOATS:
        raise InputError(
            "log_probs",
            say(
                "core",
                "They are {dtype}; CTC is computed in float32 or float64 only, as in PyTorch.",
                dtype=given.dtype,
            ),
            say("core", "Convert them: log_probs.float() in PyTorch, log_probs.astype(np.float32) in NumPy."),
        )
    if given.ndim not in (2, 3):
        raise InputError(
            "log_probs",
            say("core", "The shape is {shape}; (T, N, C), or (T, C) for one sample, is expected.", shape=given.shape),
            say("core", "Put the frames first, then the batch, then the classes."),
        )
    if given.size == 0:
        raise InputError(
            "log_probs",
            say("core", "The shape is {shape}: there is nothing in it.", shape=given.shape),
            say("core", "Give at least one frame, one sample and one class."),
        )
    return np.ascontiguousarray(given, dtype=dtype)


def _check_blank(blank: int, C: int) -> None:
    if not 0 <= blank < C:
        raise InputError(
            "blank",
            say("core", "{blank} is not one of the {C} classes, 0 to {last}.", blank=blank, C=C, last=C - 1),
            say("core", "Give the index of the blank among the classes; PyTorch's default is 0."),
        )


def _lengths(field: str, lengths: npt.ArrayLike, N: int) -> IntArray:
    given = _rectangular(field, lengths)
    if given.dtype.kind not in "iu" and given.size > 0:
        raise InputError(
            field,
            say("core", "They are {dtype}; whole numbers are expected.", dtype=given.dtype),
            say("core", "Convert them to an integer type; round lengths down after subsampling."),
        )
    if given.size != N:
        raise InputError(
            field,
            say("core", "There are {count} for a batch of {N}.", count=given.size, N=N),
            say("core", "Give one length for each sample; log_probs has the shape (T, N, C), frames first."),
        )
    flat = given.ravel().astype(np.int64)  # a copy: the batch keeps it
    if flat.min() < 0:
        n = int(np.argmin(flat))
        raise InputError(
            field,
            say("core", "Sample {n} has the length {length}.", n=n, length=int(flat[n])),
            say("core", "Give 0 or more."),
        )
    return flat


def _check_at_most(field: str, lengths: IntArray, most: int) -> None:
    if lengths.max() > most:
        n = int(np.argmax(lengths))
        raise InputError(
            field,
            say(
                "core",
                "Sample {n} has the length {length}, but only {most} are there.",
                n=n,
                length=int(lengths[n]),
                most=most,
            ),
            say("core", "Give lengths in the unit of this array: frames after subsampling, labels without padding."),
        )


def _labels(targets: npt.ArrayLike, counts: IntArray) -> IntArray:
    given = _rectangular("targets", targets)
    if given.ndim == 2:
        labels = _unpadded(given, counts)
    elif given.ndim == 1:
        labels = _concatenated(given, counts)
    else:
        raise InputError(
            "targets",
            say(
                "core",
                "The shape is {shape}; padded (N, S) or one after another (sum of target_lengths,) is expected.",
                shape=given.shape,
            ),
            say("core", "Give one row for each sample, or all targets joined."),
        )
    return _whole(labels)


def _unpadded(padded: Array, counts: IntArray) -> Array:
    if len(padded) != len(counts):
        raise InputError(
            "targets",
            say("core", "There are {rows} rows for a batch of {N}.", rows=len(padded), N=len(counts)),
            say("core", "Give one row for each sample, padded to the longest."),
        )
    width = padded.shape[1]
    _check_at_most("target_lengths", counts, width)
    if counts.min() == width:
        return padded.ravel()
    return padded[np.arange(width) < counts[:, None]]


def _concatenated(joined: Array, counts: IntArray) -> Array:
    total = int(counts.sum())
    if len(joined) != total:
        raise InputError(
            "targets",
            say(
                "core",
                "There are {count} labels, but target_lengths add up to {total}.",
                count=len(joined),
                total=total,
            ),
            say("core", "Joined targets have no padding: give as many labels as target_lengths say, or pad to (N, S)."),
        )
    return joined.copy()


def _whole(labels: Array) -> IntArray:
    if labels.dtype.kind in "iub":
        return labels.astype(np.int64)
    if labels.dtype.kind == "f":
        fractions = labels != np.trunc(labels)
        if not (np.any(fractions) or np.any(np.isinf(labels))):
            return labels.astype(np.int64)
        worst = labels[np.argmax(fractions | np.isinf(labels))]
        raise InputError(
            "targets",
            say("core", "{label} is not a whole number.", label=f"{worst:g}"),
            say("core", "Give class indices."),
        )
    raise InputError(
        "targets",
        say("core", "They are {dtype}; class indices are expected.", dtype=labels.dtype),
        say("core", "Look each symbol up in the vocabulary and give its index."),
    )


def _check_classes(labels: IntArray, counts: IntArray, C: int) -> None:
    # As an unsigned number a negative one is the larger.
    if not labels.size or labels.view(np.uint64).max() < C:
        return
    place = int(np.argmax((labels < 0) | (labels >= C)))
    raise InputError(
        "targets",
        say(
            "core",
            "Sample {n} has the label {label}, which is not one of the {C} classes, 0 to {last}.",
            n=int(np.searchsorted(np.cumsum(counts), place, side="right")),
            label=int(labels[place]),
            C=C,
            last=C - 1,
        ),
        say("core", "Check the vocabulary (is there a class for the blank?), the padding and target_lengths."),
    )


def _rectangular(field: str, values: npt.ArrayLike) -> Array:
    try:
        return np.asarray(values)
    except ValueError:  # rows of different lengths
        raise InputError(
            field,
            say("core", "The rows have different lengths."),
            say("core", "Pad them to one length, or join them one after another."),
        ) from None
