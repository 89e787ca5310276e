"""`.safetensors`: a length, a JSON header, and the bytes of all tensors one after another.

Read here because the library reads no bfloat16 without torch or ml_dtypes. Format:
https://huggingface.co/docs/safetensors
"""

from __future__ import annotations

import json
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from core.errors import InputError
from core.files.bfloat16 import widened
from core.files.contents import Contents, reader
from core.files.npy import check_size
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.arrays import Array
    from core.text import Text

LONGEST_HEADER = 100_000_000  # bytes, by the format
METADATA = "__metadata__"
DTYPES = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "BF16": np.dtype("<u2"),
    "I64": np.dtype("<i8"),
    "I32": np.dtype("<i4"),
    "I16": np.dtype("<i2"),
    "I8": np.dtype("i1"),
    "U64": np.dtype("<u8"),
    "U32": np.dtype("<u4"),
    "U16": np.dtype("<u2"),
    "U8": np.dtype("u1"),
    "BOOL": np.dtype("?"),
}


class Header(NamedTuple):
    """What is told of each tensor by its name, the file's own words, and the byte where the first tensor begins."""

    tensors: dict[str, Any]
    metadata: object
    start: int


class Layout(NamedTuple):
    """Of a tensor: from byte `start` to before `stop`, counted from the first tensor."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    start: int
    stop: int


@reader(".safetensors")
def read_safetensors(file: Path) -> tuple[Contents, ...]:
    """One batch; words and numbers of the metadata are keys like any other."""
    header = header_of(file)
    check_size(file.name, file.stat().st_size - header.start)
    with file.open("rb") as stream:
        stream.seek(header.start)
        data = np.frombuffer(stream.read(), np.uint8)
    arrays = words_of(header.metadata)
    notes: list[Text] = []
    for name, told in header.tensors.items():
        if told["dtype"] in DTYPES:
            arrays[name] = _tensor(told, data)
        else:
            notes.append(left_out(name, told))
    if not arrays:
        raise InputError(
            file.name,
            say("files", "It holds no tensor that could be read."),
            say("files", "Save float32 tensors: save_file({{'input': x, 'target': y}}, file)."),
        )
    return (Contents(arrays, tuple(notes)),)


def left_out(name: str, told: Mapping[str, Any]) -> Text:
    """What is said of a tensor whose dtype is none of DTYPES."""
    return say("files", "{key!r} was left out: {dtype} is not read.", key=name, dtype=told["dtype"])


def header_of(file: Path) -> Header:
    """What stands before the tensors; ValueError where they do not fill the file."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 0 < length <= min(LONGEST_HEADER, size - 8):
            raise ValueError(f"its header claims {length} bytes in a file of {size}")
        header: object = json.loads(stream.read(length))
    if not isinstance(header, dict):
        raise ValueError("its header is not a JSON object")  # noqa: TRY004 damage, like any other here
    tensors = cast("dict[str, Any]", header)
    metadata: object = tensors.pop(METADATA, {})
    _check_places(tensors, size - 8 - length)
    return Header(tensors, metadata, 8 + length)


def _check_places(tensors: Mapping[str, Any], size: int) -> None:
    """The tensors lie one after another and fill the file; ValueError else."""
    end = 0
    for name, told in sorted(tensors.items(), key=lambda item: item[1]["data_offsets"]):
        start, stop = (int(place) for place in told["data_offsets"])
        if start != end or stop < start or stop > size:
            raise ValueError(f"{name} lies at {start} to {stop}, where {end} to at most {size} is expected")
        end = stop
    if end != size:
        raise ValueError(f"its tensors take {end} bytes, the file has {size} for them")


def layout_of(told: Mapping[str, Any]) -> Layout:
    """Of a tensor whose dtype is one of DTYPES; ValueError where shape and bytes disagree."""
    dtype = DTYPES[told["dtype"]]
    shape = tuple(int(length) for length in told["shape"])
    start, stop = (int(place) for place in told["data_offsets"])
    if min(shape, default=0) < 0 or prod(shape) * dtype.itemsize != stop - start:
        raise ValueError(f"{stop - start} bytes do not make the shape {shape}")
    return Layout(dtype, shape, start, stop)


def _tensor(told: Mapping[str, Any], data: Array) -> Array:
    layout = layout_of(told)
    array = data[layout.start : layout.stop].view(layout.dtype).reshape(layout.shape)
    return widened(array) if told["dtype"] == "BF16" else array


def words_of(metadata: object) -> dict[str, Array]:
    """Each text of the metadata, as a number where it is one."""
    if not isinstance(metadata, dict):
        return {}
    found: dict[str, Array] = {}
    for key, word in cast("dict[str, object]", metadata).items():
        found[key] = _number(str(word))
    return found


def _number(word: str) -> Array:
    for kind in (int, float):
        try:
            return np.array(kind(word))
        except ValueError:
            continue
    return np.array(word)
