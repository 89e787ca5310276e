"""Files of batches: one reader a suffix, found by file, and one meaning of the keys for all of them."""

from __future__ import annotations

import importlib
import pkgutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import InputError
from core.files.blocks import blocks_of, is_larger_than_memory
from core.files.contents import READERS, UNREADABLE, Contents
from core.files.csv_table import contents_of, table_of
from core.files.fields import batch_of
from core.text import say

if TYPE_CHECKING:
    import os
    from collections.abc import Generator

    from core.batch import Batch
    from core.files.csv_columns import Columns

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")


def read(path: str | os.PathLike[str], columns: Columns | None = None) -> tuple[Batch, ...]:
    """The batches of a file; InputError, with the file's name as field, if its arrays cannot be read.

    `columns` says what the columns of a table are; they are guessed if None. Of a file larger than memory it is the
    first block of rows; `core.whole` goes through all of them.
    """
    file = Path(path)
    with refusing(file):
        if file.is_file() and is_larger_than_memory(file):
            return (next(blocks_of(file)),)
    return tuple(batch_of(file, contents) for contents in read_contents(file, columns))


def read_contents(file: Path, columns: Columns | None = None) -> tuple[Contents, ...]:
    """The arrays of a file as they are, whatever they mean."""
    if file.is_dir():
        raise InputError(file.name, say("files", "This is a folder."), say("files", "Choose a file in it."))
    reader = READERS.get(file.suffix.lower())
    if not file.exists():
        raise InputError(
            file.name, say("files", "There is no such file."), say("files", "Check the path; the file may have moved.")
        )
    if reader is None:
        raise InputError(
            file.name,
            say("files", "Files of the kind {suffix!r} are not read.", suffix=file.suffix),
            say("files", "Save the batch with np.savez; kinds read: {suffixes}.", suffixes=", ".join(sorted(READERS))),
        )
    with refusing(file):
        return reader(file) if columns is None else (contents_of(file, table_of(file), columns),)


@contextmanager
def refusing(file: Path) -> Generator[None]:
    """What is raised for damaged bytes becomes an InputError."""
    try:
        yield
    except InputError:
        raise
    except UNREADABLE as error:
        raise InputError(
            file.name,
            say("files", "The file cannot be read: {reason}.", reason=str(error) or type(error).__name__),
            say("files", "It may be cut short or damaged: save or copy it again."),
        ) from error
