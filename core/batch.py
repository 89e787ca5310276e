"""A batch: what a loss was given, under the names of torch, read-only."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, final

from core.arrays import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.arrays import Array
    from core.losses import Loss
    from core.text import Text

ARRAYS = ("input", "target", "input_lengths", "target_lengths", "weight", "pos_weight")
BY_CLASS = frozenset({"multi-class", "distribution"})  # families whose input has a class axis: 1, or 0 without N


@final
@dataclass(frozen=True, slots=True)
class Extent:
    """Which rows of a file larger than memory: `first` to before `last` of `rows`, block `number` of `count`."""

    first: int
    last: int
    rows: int
    number: int
    count: int


@final
@dataclass(frozen=True, eq=False, slots=True)
class Batch:
    """The arguments of one call of a loss, and what is known about them.

    Attributes:
        loss: what the file recommends, or what its shapes suggest.
        input: for CTC the log_probs, (T, N, C) or (T, C).
        target: for CTC the targets; None where a file holds an input alone.
        classes: a name for each class, or () where there are none.
        weight, pos_weight: what the file holds, whether `loss` uses it or not.
        extras: every other array of the file, by its key.
        reported: the loss that the user saw.
        notes: what was guessed, refused or left out when the batch was made.
        extent: which rows of the file these are, where the file is larger than memory; None for all.
    """

    name: str
    loss: Loss
    input: Array
    target: Array | None = None
    input_lengths: Array | None = None
    target_lengths: Array | None = None
    classes: tuple[str, ...] = ()
    weight: Array | None = None
    pos_weight: Array | None = None
    extras: Mapping[str, Array] = field(default_factory=dict[str, "Array"])
    meta: Mapping[str, Any] = field(default_factory=dict[str, Any])
    reported: float | None = None
    step: int | None = None
    split: str | None = None
    path: Path | None = None
    notes: tuple[Text, ...] = ()
    extent: Extent | None = None

    def __post_init__(self) -> None:
        for key in ARRAYS:
            array = getattr(self, key)
            if array is not None:
                object.__setattr__(self, key, frozen(array))
        extras = {key: frozen(array) for key, array in self.extras.items()}
        object.__setattr__(self, "extras", MappingProxyType(extras))
        object.__setattr__(self, "meta", MappingProxyType(dict(self.meta)))

    @property
    def size(self) -> int:
        """N under the batch's own loss."""
        return size_of(self.loss, self.input)

    @property
    def class_count(self) -> int:
        """C under the batch's own loss."""
        return class_count_of(self.loss, self.input)


def size_of(loss: Loss, input: Array) -> int:
    """N as `loss` reads the input; 1 for a sample without a batch axis."""
    if loss.family == "sequence":
        return input.shape[1] if input.ndim == 3 else 1
    unbatched = input.ndim == 0 or (input.ndim == 1 and loss.family in BY_CLASS)
    return 1 if unbatched else input.shape[0]


def class_count_of(loss: Loss, input: Array) -> int:
    """C as `loss` reads the input; for losses of single elements the number of columns, 1 for (N,)."""
    shape = input.shape
    if loss.family in BY_CLASS:
        return shape[class_axis(input)] if shape else 1
    if loss.family == "sequence":
        return shape[-1] if shape else 1
    return shape[-1] if len(shape) > 1 else 1


def class_axis(input: Array) -> int:
    """Where torch looks for the classes: axis 1, or 0 of a sample without a batch axis."""
    return 1 if input.ndim > 1 else 0
