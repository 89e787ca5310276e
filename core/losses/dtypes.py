"""Which dtypes a loss takes, what it computes in and what it gives back: torch's promotion in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import InputError
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array

DType = np.dtype[Any]

FLOAT32 = np.dtype(np.float32)


def numeric(field: str, value: npt.ArrayLike) -> Array:
    """`value` as an array of numbers, in this machine's byte order; an array is taken as it is."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in "fiubc" and not is_float(array.dtype):
        raise InputError(
            field,
            say("core", "{dtype} is not an array of numbers.", dtype=array.dtype),
            say("core", "Give one array of numbers, all rows of one length."),
        )
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


def is_float(dtype: DType) -> bool:
    """Is it a real floating-point dtype? bfloat16 is known by name, for NumPy itself has none."""
    return dtype.kind == "f" or dtype.name == "bfloat16"


def check_float(field: str, array: Array) -> None:
    if not is_float(array.dtype):
        raise InputError(
            field,
            say("core", "It is {dtype}; real floating-point numbers are expected.", dtype=array.dtype),
            say("core", "Convert it to the dtype of the other array, for example float32."),
        )


def check_one_float(input: Array, target: Array) -> None:
    """Real numbers, and not integers on both sides."""
    check_real("input", input)
    check_real("target", target)
    if not is_float(input.dtype) and not is_float(target.dtype):
        check_float("input", input)


def check_real(field: str, array: Array) -> None:
    if array.dtype.kind == "c":
        raise InputError(
            field,
            say("core", "It is {dtype}; this loss takes real numbers only.", dtype=array.dtype),
            say("core", "Give real and imaginary parts as two real numbers, or use L1Loss."),
        )


def check_not_bool(field: str, array: Array) -> None:
    if array.dtype.kind == "b":
        raise InputError(
            field,
            say("core", "It is bool, which cannot be subtracted."),
            say("core", "Convert it to the dtype of the other array, for example float32."),
        )


def promoted(a: DType, b: DType) -> DType:
    """The dtype of a result of two arrays in torch.

    Unlike in NumPy an integer never widens a float, and float16 with bfloat16 makes float32.
    """
    if a == b:
        return a
    if is_float(a) and is_float(b):
        return FLOAT32 if a.itemsize == b.itemsize else max(a, b, key=lambda dtype: dtype.itemsize)
    if is_float(a) and b.kind in "iub":
        return a
    if is_float(b) and a.kind in "iub":
        return b
    return np.result_type(a, b)


def computing(dtype: DType) -> DType:
    """What is computed in: 16-bit floats in float32, so that a result is rounded once."""
    return FLOAT32 if dtype.itemsize == 2 and is_float(dtype) else dtype


def converted(array: Array, dtype: DType) -> Array:
    return array if array.dtype == dtype else array.astype(dtype)
