"""The table of a batch that its loss refuses: what can be told all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.batch import BY_CLASS, class_axis, size_of
from core.rows import has_class_indices, kept_rows
from core.table.common import id_column, number
from core.table.table import Column, Table
from core.text import say

if TYPE_CHECKING:
    from core.arrays import Array
    from core.batch import Batch
    from core.losses import Loss


def refused_table(batch: Batch, loss: Loss) -> Table:
    """One row a target where the shapes fit, else one a sample."""
    input = batch.input
    if input.dtype.kind not in "biuf":
        return _bare(batch, loss)
    if loss.family in BY_CLASS and input.ndim and batch.target is not None:
        axis = class_axis(input)
        shape = input.shape[:axis] + input.shape[axis + 1 :]
        if batch.target.shape == shape and input.shape[axis]:
            return _of_classes(batch, loss, shape)
    if loss.family in ("regression", "binary") and batch.target is not None and batch.target.shape == input.shape:
        return _of_elements(batch)
    return _bare(batch, loss)


def _of_classes(batch: Batch, loss: Loss, shape: tuple[int, ...]) -> Table:
    assert batch.target is not None
    target = batch.target.ravel()
    columns = [
        number("target", say("table", "target"), target, 0, role="target"),
        Column("predicted", say("table", "predicted"), "class",
               np.argmax(batch.input, axis=class_axis(batch.input)).ravel(), batch.classes),
    ]  # fmt: skip
    kept = kept_rows(loss, batch, target.size) if has_class_indices(batch) else np.ones(target.size, dtype=bool)
    return _table(batch, shape, target.size, kept, columns)


def _of_elements(batch: Batch) -> Table:
    assert batch.target is not None
    columns = [
        number("input", say("table", "input"), batch.input.ravel(), 4),
        number("target", say("table", "target y"), batch.target.ravel(), 4, role="target"),
    ]
    return _table(batch, batch.input.shape, batch.input.size, np.ones(batch.input.size, dtype=bool), columns)


def _bare(batch: Batch, loss: Loss) -> Table:
    """A sample's smallest and largest input, where they are numbers."""
    count = size_of(loss, batch.input)
    columns: list[Column] = []
    axis = 1 if loss.family == "sequence" and batch.input.ndim == 3 else 0
    if batch.input.dtype.kind in "biuf" and batch.input.size and batch.input.ndim > axis:
        rows = np.moveaxis(batch.input, axis, 0).reshape(count, -1) if count > 1 else batch.input.reshape(1, -1)
        columns = [
            number("least", say("table", "least input"), rows.min(axis=1), 4),
            number("largest", say("table", "largest input"), rows.max(axis=1), 4),
        ]
    return _table(batch, (count,), count, np.ones(count, dtype=bool), columns)


def _table(batch: Batch, shape: tuple[int, ...], count: int, kept: Array, columns: list[Column]) -> Table:
    named = id_column(batch, shape, count)
    listed = columns if named is None else [named, *columns]
    return Table(count, shape, kept, {column.key: column for column in listed})
