"""Which shapes go together, and the way back of a gradient through broadcasting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.text import say

if TYPE_CHECKING:
    from core.arrays import Array

Shape = tuple[int, ...]


def broadcast(input: Array, target: Array) -> tuple[Array, Array]:
    """Both in their common shape, as NumPy and torch broadcast."""
    try:
        x, t = np.broadcast_arrays(input, target)
    except ValueError:
        raise _mismatch(input.shape, target.shape) from None
    return x, t


def check_same(input: Array, target: Array) -> None:
    if input.shape != target.shape:
        raise _mismatch(input.shape, target.shape)


def check_fits(field: str, weight: Array, shape: Shape) -> None:
    """`weight` must broadcast to `shape` without enlarging it."""
    try:
        fits = np.broadcast_shapes(weight.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise InputError(
            field,
            say("core", "Its shape {weight} does not broadcast to {shape}.", weight=weight.shape, shape=shape),
            say("core", "Dimensions are matched from the last: one weight a column is (C,), one a row is (N, 1)."),
        )


def summed_to(grad: Array, shape: Shape) -> Array:
    """The gradient of what was broadcast from `shape`: summed over every place it was copied to."""
    added = tuple(range(grad.ndim - len(shape)))
    stretched = tuple(axis for axis, size in enumerate(shape, len(added)) if size == 1 and grad.shape[axis] != 1)
    return np.add.reduce(grad, axis=added + stretched, keepdims=True).reshape(shape)


def _mismatch(input: Shape, target: Shape) -> InputError:
    return InputError(
        "target",
        say("core", "Its shape {target} does not go with the input's {input}.", target=target, input=input),
        say("core", "Bring both to one shape, for example with squeeze or reshape."),
    )
