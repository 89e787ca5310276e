"""What a reader gives, and the table of readers."""

from __future__ import annotations

import os
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.arrays import Array
    from core.text import Text

MOST = 4 * 2**30
SHARE = 5  # of the machine's memory: arrays take up to four times their size while they are looked at


def _limit() -> int:
    try:
        return min(MOST, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // SHARE)
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return MOST


MEMORY_LIMIT = _limit()  # bytes that the arrays of one file may take

# What NumPy and zipfile raise for damaged bytes; anything else is a fault of this program.
UNREADABLE = (
    OSError,
    ValueError,
    EOFError,
    KeyError,
    TypeError,
    SyntaxError,
    MemoryError,
    OverflowError,
    RuntimeError,  # encrypted members, unknown compression (NotImplementedError), too deep headers (RecursionError)
    struct.error,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)


@final
@dataclass(frozen=True, eq=False, slots=True)
class Contents:
    """The arrays of one batch by key, and sentences about what had to be left out."""

    arrays: Mapping[str, Array]
    notes: tuple[Text, ...] = ()


Read = Callable[["Path"], tuple[Contents, ...]]
READERS: dict[str, Read] = {}


def reader(suffix: str) -> Callable[[Read], Read]:
    """Register a reader of files that end in `suffix`; what it raises of UNREADABLE becomes an InputError."""

    def register(function: Read) -> Read:
        READERS[suffix] = function
        return function

    return register
