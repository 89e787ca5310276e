"""The segments of the sequence shown, written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.ctc.segment_files import FORMATS, Aligned
from core.errors import InputError
from core.files.atomic import write_atomically
from core.text import say

if TYPE_CHECKING:
    from core.ctc.segments import Segment, Word
    from core.ctc.sequence import Sequence


def write_segments(name: str, sequence: Sequence, segments: tuple[Segment, ...], words: tuple[Word, ...]) -> None:
    """As CSV, JSON or TextGrid, by the ending of the name; CSV without one."""
    path = Path(name) if Path(name).suffix else Path(f"{name}.csv")
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(
            path.name,
            say("ctc", "Segments are not written as {suffix!r}.", suffix=path.suffix),
            say("ctc", "Give it a name that ends in .csv, .json or .TextGrid."),
        )
    frames = len(sequence.log_probs)
    try:
        write_atomically(path, form([Aligned(sequence.index, frames, sequence.frame_seconds, segments, words)]))
    except OSError as error:
        raise InputError(
            path.name,
            say("ctc", "It cannot be written: {error}.", error=error.strerror or str(error)),
            say("ctc", "Choose another place."),
        ) from error
