"""The diagnosis: what the doctor found in the batch, and what is to be said of the probe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ctc.clinic_beside import beside_clinic
from core.text import say
from gui.kit.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.assess import Assessment
    from core.doctor import Finding
    from core.explain.note import Note

MAX_ROWS = 12


def notices(assessed: Assessment | None, notes: Iterable[Note]) -> tuple[Notice, ...]:
    """Findings of the batch and notes of the probe, as the diagnosis shows them."""
    found = [] if assessed is None else [_from_finding(finding) for finding in assessed.findings]
    said = [] if assessed is None else [_from_reading(assessed)]
    return (*found, *(Notice(note.severity, note.title, note.message) for note in notes), *filter(None, said))


def beside_lattice(assessed: Assessment | None) -> tuple[Notice, ...]:
    """Findings of a batch of sequences, less what the clinic of the lattice says itself."""
    if assessed is None or assessed.batch.loss.family != "sequence":
        return ()
    sequences = 0 if assessed.evaluation is None else assessed.batch.size
    return tuple(_from_finding(finding) for finding in beside_clinic(assessed.findings, sequences))


def _from_finding(finding: Finding) -> Notice:
    rows = finding.evidence.get("rows", ())
    numbers = tuple(int(row) for row in rows)[:MAX_ROWS] if isinstance(rows, list | tuple) else ()
    return Notice(finding.severity, finding.title, finding.message, finding.fix, numbers)


def _from_reading(assessed: Assessment) -> Notice | None:
    """What was guessed or left out when the file was read."""
    notes = assessed.batch.notes
    if not notes:
        return None
    return Notice("hint", say("inspector", "How the file was read"), notes[0])
