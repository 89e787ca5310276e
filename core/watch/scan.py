"""What lies in a watched place: names, sizes and times; nothing is opened."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.errors import InputError
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_FILES = 20_000  # that are watched: the newest
# What is read of a folder, where checkpoints and logs lie too: only what the dump lines write. A file that is watched
# by itself may be of any kind.
DUMP = ".npz"
SEALED = frozenset({".npz", ".npy", ".safetensors", ".pt", ".pth"})  # kinds that cannot be read before they are whole
# What a writer calls a file until it is whole: .x, ~x, x.part.npz, x.tmp.npz, and the names of Python's tempfile.
_TEMPORARY = re.compile(r"^[.~]|^tmp[a-z0-9_]{8}\.|\.(part|tmp|temp)\.[^.]+$", re.IGNORECASE)


@final
@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the folder lists it; one that differs in anything is another dump.

    Attributes:
        modified: ns since the epoch.
        inode: another one after a rename over the file, which may leave size and time as they were; 0 on Windows.
    """

    name: str
    size: int
    modified: int
    inode: int


def scan(place: Path) -> tuple[Entry, ...]:
    """The dumps of a folder, or the one file that `place` is, the newest first; none where nothing is there yet."""
    try:
        found = list(_entries(place))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise InputError(
            place.name,
            say("watch", "The folder cannot be listed: {reason}.", reason=error.strerror or repr(error)),
            say("watch", "Check who may read it, or watch another one."),
        ) from error
    found.sort(key=lambda entry: (entry.modified, entry.name), reverse=True)
    return tuple(found[:MOST_FILES])


def entry_of(path: Path) -> Entry | None:
    """A file as it is now; None if it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Entry(path.name, status.st_size, status.st_mtime_ns, status.st_ino)


def is_dump(name: str) -> bool:
    """Whether a file of a folder may hold a batch, and is not still being written under another name."""
    return name.lower().endswith(DUMP) and _TEMPORARY.search(name) is None


def is_sealed(name: str) -> bool:
    """Whether a file of this kind tells by itself that it is whole; of a table the first half is a table."""
    return os.path.splitext(name)[1].lower() in SEALED  # noqa: PTH122 a name, no path: of 10,000 each time


def _entries(place: Path) -> Iterator[Entry]:
    if place.is_file():
        entry = entry_of(place)
        if entry is not None:
            yield entry
        return
    with os.scandir(place) as listed:
        for item in listed:
            if not is_dump(item.name):
                continue
            try:
                if item.is_file():
                    status = item.stat()
                    yield Entry(item.name, status.st_size, status.st_mtime_ns, status.st_ino)
            except FileNotFoundError:
                continue  # it went between the listing and the look
