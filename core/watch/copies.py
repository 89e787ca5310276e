"""Copies in memory of what a file held before it was written over."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, final

from core.batch import ARRAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.batch import Batch
    from core.watch.scan import Entry

MOST_BYTES = 256 * 2**20  # of arrays that are kept


@final
@dataclass(frozen=True, eq=False, slots=True)
class Copies:
    """The batches of the newest dumps of a file, as many as there is room for."""

    batches: Mapping[Entry, Batch] = field(default_factory=dict["Entry", "Batch"])

    def with_one(self, entry: Entry, batch: Batch) -> Copies:
        """One more; the oldest go where there is no room."""
        kept = {**self.batches, entry: batch}
        room = MOST_BYTES - sum(map(_size, kept.values()))
        for oldest in list(kept):
            if room >= 0:
                break
            room += _size(kept.pop(oldest))
        return Copies(MappingProxyType(kept))


def _size(batch: Batch) -> int:
    arrays = [getattr(batch, key) for key in ARRAYS] + list(batch.extras.values())
    return sum(array.nbytes for array in arrays if array is not None)
