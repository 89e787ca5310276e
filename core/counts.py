"""Counts of the classes: from a batch, from its training set, from a file of labels, or typed."""

from __future__ import annotations

import re
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import Array, frozen
from core.batch import class_axis, class_count_of
from core.errors import InputError
from core.rows import has_class_indices
from core.text import say
from core.weighting import Vector

if TYPE_CHECKING:
    import os

    from core.batch import Batch
    from core.losses import Loss

LABEL_KEYS = ("labels", "target", "targets", "y", "input")  # "input": where a bare .npy puts its array


def counts_of(batch: Batch, loss: Loss | None = None) -> Vector:
    """(C,) kept targets of each class, for probability targets the sums of their columns.

    `loss` is the one in force, if not the batch's own: its ignore_index says which targets are kept.
    """
    loss = loss or batch.loss
    target, c = _target_of(batch), class_count_of(loss, batch.input)
    if has_class_indices(batch) and target.dtype.kind in "iu":
        labels = target[target != getattr(loss, "ignore_index", None)]
        return _counted(labels[(labels >= 0) & (labels < c)], c)
    if target.shape != batch.input.shape or not target.ndim:
        raise InputError(
            "target",
            say("core", "The target is neither class indices nor class probabilities."),
            say("core", "Type the counts, or take them from a file of labels."),
        )
    others = tuple(axis for axis in range(target.ndim) if axis != class_axis(target))
    return frozen(target.sum(axis=others, dtype=np.float64))


def binary_counts_of(batch: Batch) -> tuple[Vector, Vector]:
    """Negatives and positives of each column, (C,) both; a soft target counts in part for each side."""
    target = _target_of(batch)
    columns = target if target.ndim > 1 else target.reshape(-1, 1)
    positives = columns.sum(axis=tuple(range(columns.ndim - 1)), dtype=np.float64)
    return frozen(prod(columns.shape[:-1]) - positives), frozen(positives)


def train_counts_of(batch: Batch) -> Vector | None:
    """The counts that the file recorded of its training set, if it did for each class."""
    found = batch.extras.get("train_counts")
    if found is None or found.shape != (batch.class_count,) or found.dtype.kind not in "iuf":
        return None
    return frozen(found, np.float64)


def read_counts(path: str | os.PathLike[str], class_count: int, classes: tuple[str, ...] = ()) -> Vector:
    """Counts of the labels in a .npy, a .npz or a text file with a label a line: an index, or a name of `classes`.

    Negative labels are those of ignored samples and are not counted.
    """
    file = Path(path)
    labels = _array_of_labels(file) if file.suffix.lower() in (".npy", ".npz") else _lines(file, classes)
    if labels.size and labels.max() >= class_count:
        raise InputError(
            file.name,
            say("core", "Label {label} is outside 0 … {last}.", label=labels.max(), last=class_count - 1),
            say("core", "Choose the labels of this data set, numbered from 0."),
        )
    return _counted(labels[labels >= 0], class_count)


def parse_counts(text: str, class_count: int) -> Vector:
    """Typed counts, with spaces or any comma between them: "87, 65, 51"."""
    words = [word for word in re.split(r"[\s,;，、；]+", text.strip()) if word]
    try:
        counts = np.array([float(word) for word in words])
    except ValueError:
        counts = np.full(1, np.nan)
    if counts.size != class_count or not np.isfinite(counts).all() or counts.min(initial=0) < 0:
        raise InputError(
            "counts",
            say("core", "{text!r} is not {expected} counts.", text=text, expected=class_count),
            say("core", "Type one count a class, such as 87, 65, 51."),
        )
    return frozen(counts)


def _target_of(batch: Batch) -> Array:
    if batch.target is None or batch.target.dtype.kind not in "biuf":
        raise InputError(
            "target",
            say("core", "The batch has no targets to count."),
            say("core", "Type the counts, or take them from a file of labels."),
        )
    return batch.target


def _counted(labels: Array, class_count: int) -> Vector:
    return frozen(np.bincount(labels.ravel().astype(np.int64), minlength=class_count), np.float64)


def _array_of_labels(file: Path) -> Array:
    from core.files import read_contents

    arrays = read_contents(file)[0].arrays
    for key in (*LABEL_KEYS, *arrays):
        array = arrays.get(key)
        if array is not None and array.dtype.kind in "iu":
            return array
    raise InputError(
        file.name,
        say("core", "It holds no array of whole numbers."),
        say("core", "Save the labels as integers: np.save(file, labels)."),
    )


def _lines(file: Path, classes: tuple[str, ...]) -> Array:
    number = {name: index for index, name in enumerate(classes)}
    try:
        words = [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        return np.array([number[word] if word in number else int(word) for word in words], dtype=np.int64)
    except (OSError, ValueError, OverflowError) as error:
        raise InputError(
            file.name,
            say("core", "It cannot be read as labels: {reason}.", reason=error),
            say("core", "Write one label a line: a number from 0, or the name of a class."),
        ) from error
