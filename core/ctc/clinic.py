"""Everything that is wrong, or worth knowing, about one sequence: each finding a sentence with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc import clinic_emissions, clinic_frames, clinic_targets
from core.ctc.clinic_lines import compared
from core.ctc.vitals import vitals
from core.explain.note import SEVERITIES, Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ctc.lattice import Lattice
    from core.ctc.reference_lines import ReferenceLines
    from core.ctc.sequence import Sequence
    from core.ctc.vitals import Vitals
    from core.losses.ctc import CTCLoss


def examine(
    sequence: Sequence,
    lattice: Lattice,
    loss: CTCLoss,
    measured: Vitals | None = None,
    lines: ReferenceLines | None = None,
) -> tuple[Note, ...]:
    """What was found, the worst first.

    `lattice` is the sequence's own, `measured` its vitals if they are known; `lines` are those of its whole batch.
    """
    found = tuple(_notes(sequence, lattice, loss, measured or vitals(sequence, lattice), lines))
    return tuple(sorted(found, key=lambda note: SEVERITIES.index(note.severity)))


@np.errstate(invalid="ignore", over="ignore")
def _notes(
    sequence: Sequence, lattice: Lattice, loss: CTCLoss, measured: Vitals, lines: ReferenceLines | None
) -> Iterator[Note]:
    yield clinic_frames.enough(sequence, measured, loss.zero_infinity)
    for look in (clinic_frames.unread, clinic_frames.forced_blanks, clinic_frames.room, clinic_frames.wrong_rules):
        yield from look(sequence, measured)
    for look in (clinic_targets.blank_in_target, clinic_targets.nothing_to_spell):
        yield from look(sequence)
    yield from clinic_emissions.not_numbers(sequence, lattice)
    for look in (
        clinic_emissions.not_normalised,
        clinic_emissions.exact_zeros,
        clinic_emissions.wrong_blank,
        clinic_emissions.blank_share,
    ):
        yield from look(sequence, measured)
    yield from clinic_emissions.spread(measured)
    yield from clinic_emissions.weakest_label(sequence, lattice)
    if lines is not None:
        yield from compared(lines)
