"""Where code finds the large arrays of a batch: in the batch's own file, as long as they are those of the file."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.errors import InputError
from core.files import read_contents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.arrays import Array
    from core.batch import Batch

Kind = Literal["found", "to be saved"]
FOUND: Kind = "found"
TO_BE_SAVED: Kind = "to be saved"


NOTHING: Mapping[str, Array] = MappingProxyType({})


@final
@dataclass(frozen=True, slots=True)
class Sources:
    """A .npz file, and under which key each array stands in it; no keys if no array needs a file."""

    kind: Kind
    file: str
    keys: Mapping[str, str]


def sources_of(batch: Batch, arrays: Mapping[str, Array]) -> Sources:
    """For `arrays` by the names of arguments; a file that has not all of them has to be saved first."""
    held = _held(batch) if arrays else NOTHING
    keys = {name: key for name, array in arrays.items() if (key := _key_of(array, held)) is not None}
    if len(keys) == len(arrays):
        return Sources(FOUND, str(batch.path), keys)
    return Sources(TO_BE_SAVED, f"{batch.name}_changed.npz", {name: name for name in arrays})


def _held(batch: Batch) -> Mapping[str, Array]:
    if batch.path is None or batch.path.suffix.lower() != ".npz":
        return NOTHING
    try:
        (contents,) = read_contents(batch.path)
    except InputError:
        return NOTHING
    return contents.arrays


def _key_of(array: Array, held: Mapping[str, Array]) -> str | None:
    return next((key for key, other in held.items() if _is_same(array, other)), None)


def _is_same(array: Array, other: Array) -> bool:
    if array.dtype != other.dtype or array.shape != other.shape:
        return False
    return np.array_equal(array, other, equal_nan=array.dtype.kind in "fc")
