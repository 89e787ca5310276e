"""Forced alignment of a file, written to another: the command `align`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import numpy as np

from core.ctc.labels import frames_needed
from core.ctc.lattice import lattice_of
from core.ctc.segment_files import FORMATS, Aligned
from core.ctc.segments import segments, words
from core.ctc.sequence import sequence_of, sequences_of
from core.errors import InputError
from core.files import read
from core.files.atomic import write_atomically
from core.losses.ctc import CTCLoss
from core.report import print_escaped
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from core.batch import Batch
    from core.ctc.lattice import Lattice
    from core.ctc.sequence import Sequence
    from core.text import Text


def align(path: Path, output: Path, err: TextIO) -> int:
    """Write where the best path speaks each label; what went wrong is said on `err`.

    Returns:
        0 if every sequence was aligned; 1 if some have no alignment, and are left out; 2 if nothing was written.
    """
    try:
        write = _writer(output)
        found = tuple(aligned(read(path)))
        write_atomically(output, write(found))
    except InputError as error:
        print_escaped(f"{error}", err)
        return 2
    except OSError as error:
        print_escaped(f"{output.name}: It cannot be written: {error.strerror or error}.", err)
        return 2
    refusals = [f"{path.name}, sequence {one.sequence}: {one.refusal}" for one in found if one.refusal is not None]
    for refusal in refusals:
        print_escaped(refusal, err)
    return 1 if refusals else 0


def _writer(output: Path) -> Callable[[Iterable[Aligned]], str]:
    if output.suffix.lower() not in FORMATS:
        raise InputError(
            output.name,
            say("files", "Segments are not written as {suffix!r}.", suffix=output.suffix),
            say("files", "Give the output a name that ends in .csv, .json or .TextGrid."),
        )
    return FORMATS[output.suffix.lower()]


def aligned(batches: Iterable[Batch]) -> Iterator[Aligned]:
    """The segments of every sequence, numbered through; InputError for a batch that is not CTC's, or not sound."""
    number = 0
    for batch in batches:
        loss = batch.loss
        if not isinstance(loss, CTCLoss):
            raise InputError(
                batch.path.name if batch.path else batch.name,
                say("files", "This is a batch for {name}: it has no sequences to align.", name=loss.name),
                say("files", "Give a CTC batch: log_probs, targets, input_lengths, target_lengths and blank."),
            )
        for n in range(sequences_of(loss, batch)):
            yield _aligned(sequence_of(loss, batch, n), number)
            number += 1


def _aligned(sequence: Sequence, number: int) -> Aligned:
    lattice = lattice_of(sequence.log_probs, sequence.labels, sequence.blank)
    frames = len(sequence.log_probs)
    if not np.isfinite(lattice.log_likelihood):
        return Aligned(number, frames, sequence.frame_seconds, (), (), _refusal(lattice, frames))
    spoken = segments(lattice, sequence.names)
    return Aligned(number, frames, sequence.frame_seconds, spoken, words(spoken))


def _refusal(lattice: Lattice, frames: int) -> Text:
    needed = frames_needed(lattice.labels)
    if frames < needed:
        return say(
            "files", "It has no alignment: {needed} frames needed, {frames} given.", needed=needed, frames=frames
        )
    if np.isnan(lattice.log_likelihood):
        return say("files", "It has no alignment: there are nan or inf among its log-probabilities.")
    return say("files", "It has no alignment: every path has probability 0.")
