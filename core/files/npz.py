""".npz: a zip of arrays by key."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from core.errors import InputError
from core.files.contents import Contents, reader
from core.files.npy import Header, check_size, read_array, read_header
from core.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from core.arrays import Array
    from core.text import Text

# The most that deflate can shrink (https://zlib.net/zlib_tech.html); a member that claims more lies about its size.
DEFLATE_LIMIT = 1032
NEEDED = frozenset({"input", "target", "log_probs", "targets", "input_lengths", "target_lengths"})


@reader(".npz")
def read_npz(file: Path) -> tuple[Contents, ...]:
    """One batch; an array beside the needed ones that cannot be read is left out and named."""
    arrays: dict[str, Array] = {}
    notes: list[Text] = []
    with zipfile.ZipFile(file) as archive:
        members = [info for info in archive.infolist() if info.filename.endswith(".npy")]
        check_size(file.name, sum(info.file_size for info in members))
        for info in members:
            key = info.filename.removesuffix(".npy")
            try:
                arrays[key] = _read_member(archive, info, file.name)
            except InputError as error:
                notes.append(left_out(key, error))
    return (Contents(arrays, tuple(notes)),)


def left_out(key: str, error: InputError) -> Text:
    """What is said of an array that cannot be read; the error again if no batch can be made without it."""
    if key in NEEDED:
        raise error
    return say("files", "{key!r} was left out. {problem}", key=key, problem=error.problem)


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Array:
    if info.file_size > max(info.compress_size, 1) * DEFLATE_LIMIT:
        raise ValueError(f"{info.filename} claims {info.file_size} bytes, more than its data can hold")
    with archive.open(info) as stream:
        header: Header = read_header(stream, name)
        return read_array(stream, header, info.file_size)
