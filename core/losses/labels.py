"""Class labels as targets: the checks at the door, and what each row counts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from core.arrays import frozen
from core.errors import InputError
from core.losses.dtypes import computing, converted
from core.losses.extremes import highest, lowest
from core.params import Interval
from core.reduction import KEPT_ROWS, KEPT_WEIGHTS, Divisor, counted
from core.text import say

if TYPE_CHECKING:
    from core.arrays import Array


INT64, UINT8 = np.dtype(np.int64), np.dtype(np.uint8)
IGNORABLE = Interval(-(2**63), 2**63 - 1)  # ignore_index is an int64


class Labels(NamedTuple):
    """The labels of a batch, one a row; a row is a place of the target, shape (N, d1, ...).

    Attributes:
        at: where each row's label stands in the flattened input; for an ignored row, where class 0 does.
        kept: False for ignored rows; None if there are none.
        weight: w[y], or a single 1 without class weights; in the dtype to compute with.
        mean: what mean divides by.
    """

    at: Array
    kept: Array | None
    weight: Array | np.number[Any]
    mean: Divisor

    def masked(self, rows: Array) -> Array:
        """`rows` with 0 for the ignored ones, whatever they hold (nan times 0 would not do)."""
        return rows if self.kept is None else np.where(self.kept, rows, 0)


def labelled(input: Array, target: Array, weight: Array | None, ignore_index: int) -> Labels:
    """The labels `target` of an input (C,), (N, C) or (N, C, d1, ...), checked."""
    check_has_classes(input)
    _check_target(input, target)
    C = input.shape[1] if input.ndim > 1 else input.shape[0]
    if weight is not None:
        check_class_weight(weight, C)
        _check_same_dtype(weight, input)
    y = target.reshape(()) if input.ndim == 1 else target
    y, kept = _kept(y, C, ignore_index)
    at = _positions(input, y)
    if weight is None:
        count = y.size if kept is None else np.count_nonzero(kept)
        return Labels(at, kept, computing(input.dtype).type(1), counted(count, KEPT_ROWS))
    w_y = converted(weight, computing(weight.dtype))[y]
    total = np.add.reduce(w_y, axis=None, dtype=np.float64, where=True if kept is None else kept)
    return Labels(at, kept, w_y, Divisor(float(total), KEPT_WEIGHTS))


def _kept(y: Array, C: int, ignore_index: int) -> tuple[Array, Array | None]:
    """The labels in int64 with 0 for ignored rows, and which rows are kept; InputError for any outside 0..C - 1."""
    kept, used = None, y
    low, high = lowest(y), highest(y)
    if low <= ignore_index <= high:
        kept = y != ignore_index
        used = np.where(kept, y, 0)
        low, high = lowest(used), highest(used)
    if low < 0 or high >= C:
        raise _out_of_range(y, used, C)
    return used.astype(np.int64, copy=False), kept


@lru_cache(maxsize=1)  # for the batch that is being edited
def row_starts(N: int, C: int) -> Array:
    """Index of each row's first entry in a flattened (N, C)."""
    return frozen(np.arange(N, dtype=np.int64) * C)


def _positions(input: Array, y: Array) -> Array:
    """Index of each row's entry for class y in `input.ravel()`: class c of row (n, m) is at (n C + c) M + m."""
    if input.ndim == 1:
        return y
    N, C = input.shape[:2]
    if input.ndim == 2:
        return row_starts(N, C) + y
    M = y.size // max(N, 1)
    rows, places = np.arange(N, dtype=np.int64), np.arange(M, dtype=np.int64)
    first = (rows * (C * M)).reshape(N, 1) + places
    return first.reshape(y.shape) + y * M


def _check_target(input: Array, target: Array) -> None:
    expected = (input.shape[0], *input.shape[2:]) if input.ndim > 1 else ()
    single = input.ndim == 1 and target.shape == (1,)
    if target.shape != expected and not single:
        raise InputError(
            "target",
            say(
                "core",
                "Its shape is {target}; labels for an input of shape {input} have shape {expected}.",
                target=target.shape,
                input=input.shape,
                expected=expected,
            ),
            say("core", "Give one label a row; the classes are dimension 1 of the input."),
        )
    # torch's kernel for (N, C, d1, ...) takes int64 only.
    if target.dtype != INT64 and (target.dtype != UINT8 or (input.ndim > 2 and target.size > 0)):
        raise InputError(
            "target",
            say("core", "It is {dtype}; class labels are int64, or uint8 up to shape (N,).", dtype=target.dtype),
            say("core", "Convert it with astype(int64)."),
        )


def check_has_classes(input: Array) -> None:
    if input.ndim == 0:
        raise InputError(
            "input",
            say("core", "It is a single number; one number a class is expected."),
            say("core", "Give shape (C,), (N, C) or (N, C, d1, ...)."),
        )


def check_class_weight(weight: Array, C: int) -> None:
    if weight.shape != (C,):
        raise InputError(
            "weight",
            say("core", "Its shape is {weight}; the input has {C} classes.", weight=weight.shape, C=C),
            say("core", "Give one weight a class: shape ({C},).", C=C),
        )


def _check_same_dtype(weight: Array, input: Array) -> None:
    if weight.dtype != input.dtype:
        raise InputError(
            "weight",
            say("core", "It is {weight} and the input is {input}.", weight=weight.dtype, input=input.dtype),
            say("core", "Convert the weight to {input}.", input=input.dtype),
        )


def _out_of_range(y: Array, used: Array, C: int) -> InputError:
    """About the first label outside 0..C - 1; `used` is `y` with 0 for ignored rows."""
    row = np.unravel_index(np.argmax((used < 0) | (used >= C)), y.shape)
    return InputError(
        "target",
        say(
            "core",
            "Row {row} has label {label}; {C} classes are numbered from 0 to {last}.",
            row=int(row[0]) if len(row) == 1 else tuple(map(int, row)),
            label=int(y[row]),
            C=C,
            last=C - 1,
        ),
        say("core", "Number the classes from 0, or make this label the ignore_index."),
    )
