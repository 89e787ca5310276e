"""Forced alignment of a file, written to another: the command `align`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from core.ctc.lattice import lattice_of
from core.ctc.segment_files import FORMATS, Aligned
from core.ctc.segments import segments, words
from core.ctc.sequence import sequence_of, sequences_of
from core.errors import InputError
from core.files import read
from core.files.atomic import write_atomically
from core.losses.ctc import CTCLoss
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.batch import Batch


def align(path: Path, output: Path, err: TextIO) -> int:
    """Write where the best path speaks each label; what went wrong is said on `err`.

    Returns:
        0 if every sequence was aligned; 1 if some have no alignment, and are left out; 2 if nothing was written.
    """
    try:
        write = FORMATS.get(output.suffix.lower())
        if write is None:
            raise InputError(
                output.name,
                say("files", "Segments are not written as {suffix!r}.", suffix=output.suffix),
                say("files", "Give the output a name that ends in .csv, .json or .TextGrid."),
            )
        found = tuple(one for batch in read(path) for one in aligned(batch))
        write_atomically(output, write(found))
    except InputError as error:
        return _say(f"{error}", 2, err)
    except OSError as error:
        return _say(f"{output.name}: it cannot be written: {error.strerror or error}.", 2, err)
    return max((_say(f"{path.name}: {_why_not(one)}", 1, err) for one in found if not _is_whole(one)), default=0)


def aligned(batch: Batch) -> Iterable[Aligned]:
    """The segments of every sequence; InputError if it is not a CTC batch, or one that the loss refuses."""
    loss = batch.loss
    if not isinstance(loss, CTCLoss):
        raise InputError(
            batch.path.name if batch.path else batch.name,
            say("files", "This is a batch for {name}: it has no sequences to align.", name=loss.name),
            say("files", "Give a CTC batch: log_probs, targets, input_lengths, target_lengths and blank."),
        )
    for n in range(sequences_of(loss, batch)):
        sequence = sequence_of(loss, batch, n)
        lattice = lattice_of(sequence.log_probs, sequence.labels, sequence.blank)
        spoken = segments(lattice, sequence.names)
        yield Aligned(n, len(sequence.log_probs), sequence.frame_seconds, spoken, words(spoken))
