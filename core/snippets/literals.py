"""Arrays and numbers as Python source, with every digit that their dtype has."""

from __future__ import annotations

from textwrap import TextWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.arrays import Array

WIDTH = 110
DEFAULTS = ("float32", "int64", "bool")  # what torch makes of plain Python numbers


def tensor(array: Array) -> str:
    """`torch.tensor(...)` that gives this array back, shape and dtype included."""
    body = f"{nested(array)}" if array.size else f"{array.tolist()!r}"
    dtype = "" if array.dtype.name in DEFAULTS and array.size else f", dtype=torch.{array.dtype.name}"
    return f"torch.tensor({body}{dtype})"


def nested(array: Array) -> str:
    """Lists in lists, the shortest digits that read back as the same number; nan and inf by these names."""
    if array.ndim == 0:
        return number(array)
    return "[" + ", ".join(nested(part) for part in array) + "]"


def number(value: Array) -> str:
    """One number, a 0-d array; float32 0.1 is "0.1"."""
    if value.dtype.kind != "f":
        return str(value.item())
    return str(value[()])


def wrapped(line: str) -> str:
    """A long statement over several lines, broken between numbers."""
    if len(line) <= WIDTH:
        return line
    wrapper = TextWrapper(WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    return wrapper.fill(line)
