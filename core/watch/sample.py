"""A row of a batch, found again in the batches of other steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.text import Text, say
from core.what_if import IDS

if TYPE_CHECKING:
    from core.arrays import Array, IntArray
    from core.batch import Batch
    from core.rows import Rows

LOST = -1  # the row of a sample that is not there


@final
@dataclass(frozen=True, slots=True)
class Sample:
    """A row of the dumps of one split, by the id that came with it, or else by its number.

    Attributes:
        key: the id as text, or the number of the row.
        inner: the row's place among those of one id: pixels of a picture, columns of a sample; 0 where there is one.
    """

    key: str
    by_id: bool
    split: str
    inner: int = 0

    @property
    def name(self) -> Text:
        """What it is called, and by what it is found again."""
        if not self.by_id:
            return say("watch", "row {key} of each dump (they carry no ids)", key=self.key)
        if self.inner:
            return say("watch", "id {key}:{inner}", key=self.key, inner=self.inner)
        return say("watch", "id {key}", key=self.key)


def sample_of(batch: Batch, rows: Rows, row: int) -> Sample:
    """How a row of a batch is found again in other dumps."""
    ids, split = _ids(batch, rows), batch.split or ""
    if ids is None:
        return Sample(str(row), False, split)
    owner, inner = divmod(row, _inner(rows))
    return Sample(str(ids[owner : owner + 1].astype(str)[0]), True, split, inner)


def row_in(sample: Sample, batch: Batch, rows: Rows) -> int | None:
    """The row of a sample, the first of that id; None if it is not in the batch."""
    if not sample.by_id:
        row = int(sample.key)
        return row if row < rows.count else None
    ids, inner = _ids(batch, rows), _inner(rows)
    if ids is None or sample.inner >= inner:
        return None
    found = np.flatnonzero(ids.astype(str) == sample.key)
    return int(found[0]) * inner + sample.inner if found.size else None


def moved_rows(chosen: IntArray, before: tuple[Batch, Rows], after: tuple[Batch, Rows]) -> IntArray:
    """(n,) where the rows `chosen` of one batch stand in another, LOST where they do not: by id, else by number."""
    ids, others = _ids(*before), _ids(*after)
    count = after[1].count
    if ids is None or others is None or not others.size:
        return np.where(chosen < count, chosen, LOST)
    inner = _inner(after[1])
    if inner != _inner(before[1]):
        return np.full(chosen.size, LOST)
    owners, places = np.divmod(chosen, inner)
    wanted, sought = ids[owners].astype(str), others.astype(str)
    order = np.argsort(sought, kind="stable")
    found = order[np.minimum(np.searchsorted(sought[order], wanted), order.size - 1)]
    return np.where(sought[found] == wanted, found * inner + places, LOST)


def _ids(batch: Batch, rows: Rows) -> Array | None:
    """One id for each index along the first axis of the rows; None where the batch has none."""
    ids = batch.extras.get(IDS)
    if ids is None or ids.ndim != 1 or not rows.shape or len(ids) != rows.shape[0]:
        return None
    return ids


def _inner(rows: Rows) -> int:
    """How many rows one id has."""
    return rows.count // max(rows.shape[0], 1) if rows.shape else 1
