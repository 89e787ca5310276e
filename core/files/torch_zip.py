"""`.pt` and `.pth`: what torch.save writes, read by rebuilding tensors and running nothing else.

Such a file is a zip of a pickle and the bytes of each storage. A pickle can name any function and have it called; here
the opcodes are checked before, and the only names it may use stand in `_Unpickler.find_class`, none of which does more
than describe a tensor. Format: https://docs.pytorch.org/docs/2.13/notes/serialization.html
"""

from __future__ import annotations

import io
import pickle
import pickletools
import zipfile
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, final

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.errors import InputError
from core.files.bfloat16 import widened
from core.files.contents import Contents, reader
from core.files.npy import check_size
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from core.arrays import Array
    from core.text import Text

LARGEST_PICKLE = 16 * 2**20  # bytes; the tensors themselves lie beside it
ARGUMENTS = ("input", "target")
STORAGES = {
    "DoubleStorage": np.dtype("f8"),
    "FloatStorage": np.dtype("f4"),
    "HalfStorage": np.dtype("f2"),
    "BFloat16Storage": np.dtype("u2"),
    "LongStorage": np.dtype("i8"),
    "IntStorage": np.dtype("i4"),
    "ShortStorage": np.dtype("i2"),
    "CharStorage": np.dtype("i1"),
    "ByteStorage": np.dtype("u1"),
    "BoolStorage": np.dtype("?"),
}
# Opcodes that only build plain values, call what find_class lets through, or ask for a storage.
OPCODES = frozenset(
    (
        *("PROTO", "FRAME", "STOP", "MARK", "POP", "POP_MARK", "DUP", "NONE", "NEWTRUE", "NEWFALSE"),
        *("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"),
        *("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8"),
        *("BINBYTES", "SHORT_BINBYTES", "EMPTY_LIST", "APPEND", "APPENDS", "LIST", "EMPTY_SET", "ADDITEMS"),
        *("EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3", "EMPTY_DICT", "DICT", "SETITEM", "SETITEMS"),
        *("GLOBAL", "STACK_GLOBAL", "REDUCE", "BUILD", "BINPERSID"),
        *("GET", "BINGET", "LONG_BINGET", "PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"),
    )
)


@final
@dataclass(frozen=True, eq=False, slots=True)
class _Kind:
    """The dtype of a storage, by the name that torch has for it."""

    name: str


@final
@dataclass(frozen=True, eq=False, slots=True)
class _Storage:
    kind: _Kind
    key: str
    size: int


@final
@dataclass(frozen=True, eq=False, slots=True)
class _Tensor:
    """Where a tensor lies in its storage."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


@reader(".pt")
def read_pt(file: Path) -> tuple[Contents, ...]:
    """One batch: a dict of tensors, numbers and words; (input, target); or a bare tensor, the input."""
    if not zipfile.is_zipfile(file):
        raise InputError(
            file.name,
            say("files", "It is no zip archive: torch wrote this format before version 1.6, or the file is cut short."),
            say("files", "Load and save it again with torch.save, or save the batch with np.savez."),
        )
    with zipfile.ZipFile(file) as archive:
        root = _root(archive)
        check_size(file.name, sum(info.file_size for info in archive.infolist()))
        value = _unpickled(file, archive.read(f"{root}/data.pkl"))
        is_big = f"{root}/byteorder" in archive.namelist() and archive.read(f"{root}/byteorder") == b"big"

        def load(tensor: _Tensor) -> Array:
            return _array(tensor, archive.read(f"{root}/data/{tensor.storage.key}"), is_big)

        return (_contents(file, value, load),)


@reader(".pth")
def read_pth(file: Path) -> tuple[Contents, ...]:
    """The same under another name."""
    return read_pt(file)


def _root(archive: zipfile.ZipFile) -> str:
    """The folder in the archive, named after the file it was first saved as."""
    for info in archive.infolist():
        if info.filename.endswith("/data.pkl"):
            if info.file_size > LARGEST_PICKLE:
                raise ValueError(f"its pickle takes {info.file_size} bytes")
            return info.filename.removesuffix("/data.pkl")
    raise ValueError("there is no data.pkl in it")


def _unpickled(file: Path, data: bytes) -> object:
    for count, (opcode, argument, _) in enumerate(pickletools.genops(data)):
        if opcode.name not in OPCODES:
            raise _refused(file, f"Python objects ({opcode.name})")
        # A memo is an array as long as its highest place: a wild number would take the whole memory.
        if opcode.name in ("PUT", "BINPUT", "LONG_BINPUT") and int(cast("int", argument)) > count:
            raise ValueError(f"it remembers a value at place {argument}")
    try:
        return _Unpickler(file, io.BytesIO(data)).load()
    except (pickle.UnpicklingError, AttributeError, IndexError) as error:
        raise ValueError(f"its pickle is damaged: {error}") from error


def _refused(file: Path, what: str) -> InputError:
    return InputError(
        file.name,
        say("files", "It asks for {what}, which is not a tensor and is not run: loading it could execute any code.",
            what=what),
        say("files", "Save plain tensors: torch.save({{'input': logits, 'target': target}}, file)."),
    )  # fmt: skip


@final
class _Unpickler(pickle.Unpickler):
    """Knows tensors, their storages and plain containers."""

    def __init__(self, file: Path, data: io.BytesIO) -> None:
        super().__init__(data)
        self._file = file

    def find_class(self, module: str, name: str, /) -> Any:  # whatever stands for the name
        if module == "torch" and (name in STORAGES or name.endswith("Storage")):
            return _Kind(name)
        known: dict[tuple[str, str], Callable[..., object]] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch", "Size"): tuple,
            ("torch._utils", "_rebuild_tensor_v2"): _rebuilt,
            ("torch._utils", "_rebuild_parameter"): _parameter,
        }
        if (module, name) not in known:
            raise _refused(self._file, f"{module}.{name}")
        return known[module, name]

    def persistent_load(self, pid: Any, /) -> _Storage:
        word, kind, key, _place, size = pid
        if word != "storage" or not isinstance(kind, _Kind):
            raise ValueError("it refers to something that is no storage")
        return _Storage(kind, str(key), int(size))


def _rebuilt(storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object) -> _Tensor:
    return _Tensor(storage, int(offset), tuple(map(int, shape)), tuple(map(int, strides)))


def _parameter(data: _Tensor, *_: object) -> _Tensor:
    return data


def _array(tensor: _Tensor, data: bytes, is_big: bool) -> Array:
    """A copy of a tensor's numbers in their own order; ValueError where it reaches out of its storage."""
    name = tensor.storage.kind.name
    if name not in STORAGES:
        raise ValueError(f"{name} is not read")
    dtype = STORAGES[name].newbyteorder(">" if is_big else "<")
    numbers = np.frombuffer(data, dtype)
    last = tensor.offset + sum((n - 1) * step for n, step in zip(tensor.shape, tensor.strides, strict=True))
    empty = 0 in tensor.shape
    if min((tensor.offset, *tensor.strides, *tensor.shape)) < 0 or (last >= numbers.size and not empty):
        raise ValueError(f"a tensor of shape {tensor.shape} reaches out of its {numbers.size} numbers")
    if empty:
        found = np.empty(tensor.shape, dtype)
    else:
        steps = tuple(step * dtype.itemsize for step in tensor.strides)
        found = as_strided(numbers[tensor.offset :], tensor.shape, steps, writeable=False)
    plain = np.ascontiguousarray(found, dtype.newbyteorder("=")).reshape(tensor.shape)
    return widened(plain) if name == "BFloat16Storage" else plain


def _contents(file: Path, value: object, load: Callable[[_Tensor], Array]) -> Contents:
    named = _named(value)
    if named is None:
        raise InputError(
            file.name,
            say("files", "It holds no tensors by name, but {kind}.", kind=type(value).__name__.lstrip("_").lower()),
            say("files", "Save torch.save({{'input': logits, 'target': target}}, file)."),
        )
    arrays: dict[str, Array] = {}
    notes: list[Text] = []
    for key, one in named.items():
        if one is None:
            continue
        try:
            arrays[key] = load(one) if isinstance(one, _Tensor) else _plain(one)
        except ValueError as error:
            if key in ARGUMENTS:
                raise
            notes.append(say("files", "{key!r} was left out. {problem}", key=key, problem=f"{error}."))
    return Contents(arrays, tuple(notes))


def _named(value: object) -> Mapping[str, object] | None:
    if isinstance(value, _Tensor):
        return {"input": value}
    if isinstance(value, dict):
        found = cast("dict[object, object]", value)
        return {str(key): one for key, one in found.items()} if all(isinstance(key, str) for key in found) else None
    if isinstance(value, list | tuple):
        items = list(cast("list[object]", value))
        if 1 <= len(items) <= len(ARGUMENTS) and all(isinstance(one, _Tensor) for one in items):
            return dict(zip(ARGUMENTS, items, strict=False))
    return None


def _plain(value: object) -> Array:
    """A number, a word, or a list of one of them."""
    if isinstance(value, bool | int | float | str):
        return np.array(value)
    if isinstance(value, list | tuple):
        array = np.array(list(cast("list[object]", value)))
        if array.dtype.kind in "biufU":
            return array
    raise ValueError(f"{type(cast('object', value)).__name__} is neither numbers nor words")
