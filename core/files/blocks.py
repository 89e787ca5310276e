"""A file larger than memory, some rows at a time: arrays with an entry for each row are cut, the others read whole."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from math import ceil, prod
from typing import IO, TYPE_CHECKING, Any, final

import numpy as np

from core.batch import Extent
from core.errors import InputError
from core.files import contents, npz, safetensors
from core.files.bfloat16 import widened
from core.files.contents import Contents
from core.files.fields import batch_of
from core.files.npy import fill, read_header
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from core.arrays import Array
    from core.batch import Batch

BLOCK = 2**26  # bytes that the arrays of one block may take
NEVER_CUT = frozenset({"weight", "pos_weight", "classes", "train_counts", "meta"})
OF_SEQUENCES = frozenset({"log_probs", "targets", "input_lengths", "target_lengths"})


@final
@dataclass(frozen=True, slots=True)
class _Stream:
    """The bytes of one array, read from its first row on."""

    bytes: IO[bytes]
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    is_bfloat16: bool = False
    by_columns: bool = False

    @property
    def size(self) -> int:
        """In bytes."""
        return prod(self.shape) * self.dtype.itemsize

    @property
    def row_bytes(self) -> int:
        """Of one row."""
        return prod(self.shape[1:]) * self.dtype.itemsize

    def take(self, rows: int) -> Array:
        """The next rows, read-only."""
        return self._read((rows, *self.shape[1:]))

    def take_all(self) -> Array:
        """All of it, read-only."""
        return self._read(self.shape)

    def _read(self, shape: tuple[int, ...]) -> Array:
        flat = np.empty(prod(shape), self.dtype)
        fill(self.bytes, flat)
        array = flat.reshape(shape, order="F" if self.by_columns else "C")
        array.flags.writeable = False
        return widened(array) if self.is_bfloat16 else array


def is_larger_than_memory(file: Path) -> bool:
    """Whether it is of a kind that is read in blocks, and its arrays are larger than what is taken in at once."""
    size = SIZES.get(file.suffix.lower())
    return size is not None and size(file) > contents.MEMORY_LIMIT


def blocks_of(file: Path) -> Iterator[Batch]:
    """Batches of consecutive rows, each with its extent.

    Raises:
        InputError: the arrays do not lie in the file row after row; what UNREADABLE names, if it is damaged.
    """
    with ExitStack() as stack:
        arrays, streams, notes = OPENERS[file.suffix.lower()](file, stack)
        rows = _rows(file, streams)
        cut = {key: stream for key, stream in streams.items() if _is_cut(key, stream, rows)}
        whole = [key for key in streams if key not in cut]
        _check(file, streams, cut, whole)
        arrays = {**arrays, **{key: streams[key].take_all() for key in whole}}
        step = max(BLOCK // max(sum(stream.row_bytes for stream in cut.values()), 1), 1)
        for number, first in enumerate(range(0, rows, step)):
            extent = Extent(first, min(first + step, rows), rows, number, ceil(rows / step))
            part = {key: stream.take(extent.last - first) for key, stream in cut.items()}
            yield replace(batch_of(file, Contents({**arrays, **part}, (_note(extent), *notes))), extent=extent)


def _rows(file: Path, streams: Mapping[str, _Stream]) -> int:
    if not OF_SEQUENCES.isdisjoint(streams):
        raise _refused(file, say("files", "Sequences are not read in blocks: frames stand before the batch."))
    if "input" not in streams:
        raise _refused(file, say("files", "It has no array named input."))
    if not streams["input"].size:
        raise _refused(file, say("files", "Its input has no rows."))
    if not streams["input"].shape:
        raise _refused(file, say("files", "Its input is a single number."))
    return streams["input"].shape[0]


def _is_cut(key: str, stream: _Stream, rows: int) -> bool:
    return key not in NEVER_CUT and stream.shape[:1] == (rows,)


def _check(file: Path, streams: Mapping[str, _Stream], cut: Mapping[str, _Stream], whole: list[str]) -> None:
    by_columns = [key for key, stream in cut.items() if stream.by_columns and len(stream.shape) > 1]
    if by_columns:
        problem = say("files", "{key!r} lies in the file column after column, so no rows of it can be read.",
                      key=by_columns[0])  # fmt: skip
        raise _refused(file, problem)
    if sum(streams[key].size for key in whole) > BLOCK:
        raise _refused(file, say("files", "Its largest arrays have no entry for each row of the input."))
    if sum(stream.row_bytes for stream in cut.values()) > BLOCK:
        raise _refused(file, say("files", "A single row of it takes more than {size} MiB.", size=BLOCK >> 20))


def _refused(file: Path, problem: Text) -> InputError:
    return InputError(
        file.name,
        say("files", "It is larger than memory. {problem}", problem=problem),
        say("files", "Save a batch of at most {limit:.1f} GiB.", limit=contents.MEMORY_LIMIT / 2**30),
    )


def _note(extent: Extent) -> Text:
    return say(
        "files",
        "It is larger than memory and read in {count} blocks; shown are rows {first:,} to {last:,} of {rows:,}.",
        count=extent.count,
        first=extent.first,
        last=extent.last - 1,
        rows=extent.rows,
    )


# Each kind of file: its arrays that stand in the header, the others as streams that `stack` closes, what was left out.
Opened = tuple[dict[str, "Array"], dict[str, _Stream], list[Text]]


def _open_npz(file: Path, stack: ExitStack) -> Opened:
    archive = stack.enter_context(zipfile.ZipFile(file))
    streams: dict[str, _Stream] = {}
    notes: list[Text] = []
    for info in archive.infolist():
        if not info.filename.endswith(".npy"):
            continue
        key = info.filename.removesuffix(".npy")
        stream = stack.enter_context(archive.open(info))
        try:
            header = read_header(stream, file.name)
        except InputError as error:
            notes.append(npz.left_out(key, error))
        else:
            streams[key] = _Stream(stream, header.shape, header.dtype, by_columns=header.fortran_order)
    return {}, streams, notes


def _open_npy(file: Path, stack: ExitStack) -> Opened:
    stream = stack.enter_context(file.open("rb"))
    header = read_header(stream, file.name)
    return {}, {"input": _Stream(stream, header.shape, header.dtype, by_columns=header.fortran_order)}, []


def _open_safetensors(file: Path, stack: ExitStack) -> Opened:
    header = safetensors.header_of(file)
    streams: dict[str, _Stream] = {}
    notes: list[Text] = []
    for name, told in header.tensors.items():
        if told["dtype"] not in safetensors.DTYPES:
            notes.append(safetensors.left_out(name, told))
            continue
        stream = stack.enter_context(file.open("rb"))
        layout = safetensors.layout_of(told)
        stream.seek(header.start + layout.start)
        streams[name] = _Stream(stream, layout.shape, layout.dtype, is_bfloat16=told["dtype"] == "BF16")
    return safetensors.words_of(header.metadata), streams, notes


def _size_of_npz(file: Path) -> int:
    with zipfile.ZipFile(file) as archive:
        return sum(info.file_size for info in archive.infolist() if info.filename.endswith(".npy"))


def _size_on_disk(file: Path) -> int:
    return file.stat().st_size


OPENERS: Mapping[str, Callable[[Path, ExitStack], Opened]] = {
    ".npz": _open_npz,
    ".npy": _open_npy,
    ".safetensors": _open_safetensors,
}
SIZES: Mapping[str, Callable[[Path], int]] = {
    ".npz": _size_of_npz,
    ".npy": _size_on_disk,
    ".safetensors": _size_on_disk,
}
