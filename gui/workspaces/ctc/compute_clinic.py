"""What the clinic measures: a sequence by itself, and the lines that its whole batch is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from core.batch import Batch
from core.ctc.clinic import examine
from core.ctc.clinic_lines import silenced
from core.ctc.feasibility import Rule, rules
from core.ctc.reference_lines import ReferenceLines, lines_of_one, reference_lines
from core.ctc.vitals import Vitals, vitals
from core.explain.note import Note
from core.jobs import Job, Progress
from core.losses.ctc import CTCLoss
from gui.workspaces.ctc.compute_lattice import LatticeResult


@final
@dataclass(frozen=True, slots=True)
class ClinicRequest:
    """A sequence whose lattice is known, and the lines of its batch as far as they are."""

    result: LatticeResult
    lines: ReferenceLines | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class ClinicResult:
    """Numbers, rules and findings of one sequence."""

    vitals: Vitals
    rules: tuple[Rule, ...]
    notes: tuple[Note, ...]
    lines: ReferenceLines | None


@final
@dataclass(frozen=True, slots=True)
class LinesRequest:
    """A batch, or the toy's sequence as a batch of one."""

    loss: CTCLoss
    batch: Batch | None
    toy: LatticeResult | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class LinesResult:
    """The lines of a batch, and what is found of it as a whole; no lines where the loss cannot be taken."""

    request: LinesRequest
    lines: ReferenceLines | None
    notes: tuple[Note, ...]


def lines_request(result: LatticeResult) -> LinesRequest:
    """All sequences of one batch ask for the same."""
    asked = result.request
    return LinesRequest(asked.loss, asked.batch, None if asked.batch is not None else result)


def compute(asked: ClinicRequest) -> Job[ClinicResult]:
    """Measure, then look."""
    yield Progress(0.0)
    sequence, lattice = asked.result.sequence, asked.result.lattice
    assert sequence is not None
    assert lattice is not None
    measured = vitals(sequence, lattice)
    yield Progress(0.5)
    notes = examine(sequence, lattice, asked.result.request.loss, measured, asked.lines)
    return ClinicResult(measured, rules(measured.frames, measured.labels, measured.repeats), notes, asked.lines)


def compute_lines(asked: LinesRequest) -> Job[LinesResult]:
    """The best model without an input is found by EM: the longest part of the clinic."""
    yield Progress(0.0)
    if asked.batch is not None:
        lines = yield from reference_lines(asked.loss, asked.batch)
        alone = asked.batch.size == 1  # what is found of a batch of one is said of its sequence
        return LinesResult(asked, lines, () if alone else silenced(asked.loss, asked.batch))
    toy = asked.toy
    if toy is None or toy.sequence is None or toy.lattice is None:
        return LinesResult(asked, None, ())
    lines = yield from lines_of_one(toy.sequence, toy.lattice)
    return LinesResult(asked, lines, ())
