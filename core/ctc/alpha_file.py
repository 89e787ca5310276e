"""Files with somebody else's alpha: an array of NumPy's, or numbers as text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.files import read_contents
from core.text import say

if TYPE_CHECKING:
    import os

    from core.arrays import Array

NAME = "alpha"
AS_TEXT = (".txt", ".csv", ".tsv", ".dat")
AS_ARRAY = (".npy", ".npz")
LARGEST_TEXT = 64 * 2**20  # bytes; a lattice of 2,000 frames and 800 rows takes half of it


def read_alpha(path: str | os.PathLike[str]) -> Array:
    """The array of a file, or of several the one called `alpha`.

    Raises:
        InputError: the file cannot be read, or holds no one array that is meant.
    """
    file = Path(path)
    if file.suffix.lower() in AS_TEXT:
        return _from_text(file)
    if file.suffix.lower() not in AS_ARRAY:
        raise InputError(
            file.name,
            say("ctc", "Files of the kind {suffix!r} hold no alpha that could be read.", suffix=file.suffix),
            say("ctc", "Save it with np.save, np.savez(alpha=…) or np.savetxt."),
        )
    arrays = read_contents(file)[0].arrays
    if len(arrays) == 1:
        return next(iter(arrays.values()))
    if NAME not in arrays:
        raise InputError(
            file.name,
            say("ctc", "None of its arrays is called alpha: {names}.", names=", ".join(arrays)),
            say("ctc", "Name it: np.savez(file, alpha=alpha)."),
        )
    return arrays[NAME]


def _from_text(file: Path) -> Array:
    try:
        if file.stat().st_size > LARGEST_TEXT:
            raise InputError(
                file.name,
                say("ctc", "Text of {size} bytes is too long to read.", size=file.stat().st_size),
                say("ctc", "Save the array with np.save."),
            )
        lines = file.read_text(encoding="utf-8", errors="replace").replace(",", " ").replace(";", " ").splitlines()
        return np.loadtxt(lines, ndmin=2)
    except (OSError, ValueError) as error:
        raise InputError(
            file.name,
            say("ctc", "It holds no table of numbers: {reason}.", reason=str(error)),
            say("ctc", "Write one row a line, as np.savetxt does; log 0 is -inf."),
        ) from error
