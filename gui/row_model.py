"""What the list of a batch's rows shows: arrays and words, ready to draw."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, final

import numpy as np

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray, IntArray
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowListModel:
    """A batch and its n rows, in the order in which they are listed.

    Attributes:
        title: the batch's name; `size`: how many rows, and of what.
        value: the reduced loss as text, with its `reduction`; `divisor` and `divisor_name` what it was divided by.
        reported: what the user saw, beside what comes out here; None if the file does not say.
        sort_key: by what and in which direction the rows are sorted.
        order: (n,) row numbers, first to last; `losses`: (n,) by row number, nan and inf as they are.
        shape: the rows' own axes; row i is written as its index in it.
        target, predicted: (n,) class indices by row number, or None; below 0 means none.
        pictures: (n, H, W) ink on paper by row number, or None.
        empty: what is said instead of the list when there is nothing to list.
    """

    title: str
    size: Text
    value: str
    reduction: str
    divisor: str
    divisor_name: Text
    sort_key: Text
    order: IntArray
    losses: FloatArray
    shape: tuple[int, ...]
    classes: tuple[str, ...] = ()
    target: IntArray | None = None
    predicted: IntArray | None = None
    pictures: Array | None = None
    reported: Text | None = None
    empty: Text | None = None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.order.size

    @property
    def largest(self) -> float:
        """The largest finite loss, the full length of the bars; 0 if there is none."""
        finite = self.losses[np.isfinite(self.losses)]
        return float(finite.max()) if finite.size else 0.0

    def label(self, row: int) -> str:
        """The index of a row as it is written: "104", or "3, 12" where the rows have axes of their own."""
        if len(self.shape) < 2 or prod(self.shape) != self.count:
            return str(row)
        return ", ".join(str(int(i)) for i in np.unravel_index(row, self.shape))

    def place(self, row: int) -> int | None:
        """Where a row stands in the list; None if it is not in it."""
        found = np.flatnonzero(self.order == row)
        return int(found[0]) if found.size else None
