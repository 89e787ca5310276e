"""What lies in a watched place: names, sizes and times; nothing is opened."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.errors import InputError
from core.files import READERS
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_FILES = 20_000  # that are watched: the newest
BARE = ".npy"  # an array alone has no target, and so no loss
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
    """Whether a file of this name may hold a batch, and is not still being written under another name."""
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 a name, no path: of 10,000 each time
    return suffix in READERS and suffix != BARE and _TEMPORARY.search(name) is None


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
