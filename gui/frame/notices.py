"""The diagnosis: what the doctor found in the batch, and what is to be said of the probe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ctc.clinic_beside import beside_clinic
from core.doctor import RULES
from core.text import say
from gui.kit.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.assess import Assessment
    from core.doctor import Finding
    from core.explain.note import Note
    from core.rows import Rows
    from core.whole import Whole

MAX_ROWS = 12


def notices(
    assessed: Assessment | None, notes: Iterable[Note], whole: Whole | None = None, summed: float | None = None
) -> tuple[Notice, ...]:
    """Findings of the batch and notes of the probe, as the diagnosis shows them.

    `whole` is of all rows of a file larger than memory; until it is known, `summed` is how far it is.
    """
    found = [] if assessed is None else [_from_finding(finding, assessed) for finding in assessed.findings]
    if assessed is not None and not found:
        found = [_all_clear(assessed)]
    read = () if assessed is None else assessed.batch.notes
    title = say("inspector", "How the file was read")
    return (
        *_of_all_rows(assessed, whole, summed),
        *found,
        *(Notice(note.severity, note.title, note.message) for note in notes),
        *(Notice("hint", title, note) for note in read),
    )


def beside_lattice(assessed: Assessment | None) -> tuple[Notice, ...]:
    """Findings of a batch of sequences, less what the clinic of the lattice says itself."""
    if assessed is None or assessed.batch.loss.family != "sequence":
        return ()
    sequences = 0 if assessed.evaluation is None else assessed.batch.size
    return tuple(_from_finding(finding, assessed) for finding in beside_clinic(assessed.findings, sequences))


def _from_finding(finding: Finding, assessed: Assessment) -> Notice:
    rows = finding.evidence.get("rows", ())
    numbers = tuple(int(row) for row in rows)[:MAX_ROWS] if isinstance(rows, list | tuple) else ()
    return Notice(
        finding.severity, finding.title, finding.message, finding.fix, numbers, _names(numbers, assessed.rows)
    )


def _of_all_rows(assessed: Assessment | None, whole: Whole | None, summed: float | None) -> Iterator[Notice]:
    title = say("inspector", "All rows of the file")
    if assessed is None:
        return
    if whole is not None:
        yield Notice("hint" if whole.refused is None else "error", title, whole.sentence)
        for finding in whole.findings:
            yield _from_finding(finding, assessed)
    elif summed is not None:
        yield Notice(
            "hint",
            title,
            say("inspector", "Their loss is being summed: {done} %. Esc stops it.", done=round(100 * summed)),
        )


def _all_clear(assessed: Assessment) -> Notice:
    rules = sum(rule.applies_to(assessed.loss) for rule in RULES.values())
    message = say("inspector", "{rules} rules looked at this batch under {loss}; none has anything to say.",
                  rules=rules, loss=assessed.loss.name)  # fmt: skip
    return Notice("ok", say("inspector", "Nothing found"), message)


def _names(numbers: tuple[int, ...], rows: Rows | None) -> tuple[str, ...]:
    """Places such as (0, 12, 24) of rows that have more than one axis."""
    if rows is None or len(rows.shape) < 2 or max(numbers, default=0) >= rows.count:
        return ()
    return tuple(str(rows.label(row)) for row in numbers)
