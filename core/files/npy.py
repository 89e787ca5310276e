""".npy: one array, a bare input; and the bytes of an array wherever they stand."""

from __future__ import annotations

from math import prod
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import numpy as np

from core.errors import InputError
from core.files import contents
from core.files.contents import Contents, reader
from core.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from core.arrays import Array


class Header(NamedTuple):
    """What stands before the bytes of an array: `length` is its own size in bytes."""

    shape: tuple[int, ...]
    fortran_order: bool
    dtype: np.dtype[Any]
    length: int

    @property
    def payload(self) -> int:
        """How many bytes must follow."""
        return prod(self.shape) * self.dtype.itemsize


@reader(".npy")
def read_npy(file: Path) -> tuple[Contents, ...]:
    """One batch without target."""
    with file.open("rb") as stream:
        header = read_header(stream, file.name)
        check_size(file.name, header.payload)
        return (Contents({"input": read_array(stream, header, file.stat().st_size)}),)


def read_header(stream: IO[bytes], name: str) -> Header:
    """The header alone: no memory is taken for the array yet, and nothing in it is executed."""
    version = np.lib.format.read_magic(stream)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran_order, dtype = read(stream)
    if dtype.hasobject:
        raise InputError(
            name,
            say("files", "It holds Python objects, which are not read: loading them can run any code."),
            say("files", "Save plain arrays of numbers or text: np.asarray(values, dtype=np.float32)."),
        )
    if dtype.kind == "V":
        raise InputError(
            name,
            say("files", "It holds raw bytes of type {dtype}, not numbers.", dtype=dtype),
            say("files", "Save bfloat16 tensors as float32: tensor.float().numpy()."),
        )
    return Header(shape, fortran_order, dtype, stream.tell())


def read_array(stream: IO[bytes], header: Header, size: int) -> Array:
    """The array after `header` in a stream of `size` bytes, read-only; ValueError if the two disagree."""
    if min(header.shape, default=0) < 0 or size != header.length + header.payload:
        raise ValueError(f"{size - header.length} bytes stand where shape {header.shape} needs {header.payload}")
    flat = np.empty(prod(header.shape), dtype=header.dtype)
    fill(stream, flat)
    flat.flags.writeable = False
    return flat.reshape(header.shape, order="F" if header.fortran_order else "C")


def check_size(name: str, size: int) -> None:
    """InputError if arrays of `size` bytes are more than this program takes in."""
    if size > contents.MEMORY_LIMIT:
        raise InputError(
            name,
            say("files", "Its arrays would take {size:.1f} GiB of memory.", size=size / 2**30),
            say("files", "Save a batch of at most {limit:.1f} GiB.", limit=contents.MEMORY_LIMIT / 2**30),
        )


def fill(stream: IO[bytes], flat: Array) -> None:
    """Read as many bytes as `flat` has room for; EOFError if there are fewer."""
    if not flat.nbytes:
        return
    room = flat.view(np.uint8).data
    while room:
        chunk = stream.read(min(len(room), 2**20))
        if not chunk:
            raise EOFError("the file ends inside an array")
        room[: len(chunk)] = chunk
        room = room[len(chunk) :]
