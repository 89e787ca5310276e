"""A layer over a batch: numbers changed, rows left out; the batch itself stays as it came."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.batch import Batch, size_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.arrays import Array, IntArray

IDS = "ids"  # the extra array that names the samples


def _nothing() -> Mapping[int, float]:
    return MappingProxyType({})


@final
@dataclass(frozen=True, eq=False, slots=True)
class WhatIf:
    """Positions count the batch as it came, in C order.

    Attributes:
        inputs, targets: another number at a position of the input, of the target.
        ignored: positions of the target that are to be ignored.
        dropped: samples, along the batch axis, that are left out.
    """

    inputs: Mapping[int, float] = field(default_factory=_nothing)
    targets: Mapping[int, float] = field(default_factory=_nothing)
    ignored: frozenset[int] = frozenset()
    dropped: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether the batch is as it came."""
        return not (self.inputs or self.targets or self.ignored or self.dropped)


AS_IT_CAME = WhatIf()


def applied(batch: Batch, what_if: WhatIf, ignore_index: int | None) -> Batch:
    """The batch under the layer; the batch itself if there is none."""
    return batch if what_if.is_empty else _applied(batch, what_if, ignore_index)


def kept_samples(batch: Batch, what_if: WhatIf) -> IntArray:
    """The numbers, in the batch as it came, of the samples that are still there."""
    kept = np.ones(size_of(batch.loss, batch.input), dtype=bool)
    kept[list(what_if.dropped)] = False
    return np.flatnonzero(kept)


# Whoever asks for the batch of a state gets one and the same object, however often; two states are compared (A and B).
@lru_cache(maxsize=4)
def _applied(batch: Batch, what_if: WhatIf, ignore_index: int | None) -> Batch:
    target = batch.target
    if target is not None:
        target = _changed(target, what_if.targets)
        if ignore_index is not None:
            target = _changed(target, dict.fromkeys(what_if.ignored, float(ignore_index)))
    changed = replace(batch, input=_changed(batch.input, what_if.inputs), target=target)
    return _without(changed, kept_samples(batch, what_if)) if what_if.dropped else changed


def _changed(array: Array, values: Mapping[int, float]) -> Array:
    if not values:
        return array
    copy = array.copy()
    copy.flat[list(values)] = list(values.values())
    copy.flags.writeable = False  # so that the batch takes it as it is, and copies a large array once
    return copy


def _picked(array: Array, kept: IntArray, axis: int = 0) -> Array:
    """Read-only at once, for the same reason."""
    picked = np.take(array, kept, axis=axis)
    picked.flags.writeable = False
    return picked


def _without(batch: Batch, kept: IntArray) -> Batch:
    """The samples of `kept` alone, under the names that they had."""
    count = size_of(batch.loss, batch.input)
    extras = {
        key: _picked(array, kept) if array.ndim and len(array) == count else array
        for key, array in batch.extras.items()
    }
    extras.setdefault(IDS, frozen(kept))
    if batch.loss.family == "sequence":
        return replace(_sequences(batch, kept), extras=extras)
    target = batch.target
    if target is not None and target.ndim and len(target) == count:
        target = _picked(target, kept)
    return replace(batch, input=_picked(batch.input, kept), target=target, extras=extras)


def _sequences(batch: Batch, kept: IntArray) -> Batch:
    """CTC's emissions have their samples along axis 1, its targets are padded or one after another."""
    lengths, targets = batch.target_lengths, batch.target
    if targets is not None and lengths is not None and targets.ndim == 1:
        owner = np.repeat(np.arange(lengths.size), lengths.ravel())
        targets = targets[np.isin(owner, kept)]
    elif targets is not None:
        targets = targets[kept]
    return replace(
        batch,
        input=_picked(batch.input, kept, axis=1),
        target=targets,
        input_lengths=None if batch.input_lengths is None else batch.input_lengths[kept],
        target_lengths=None if lengths is None else lengths[kept],
    )
