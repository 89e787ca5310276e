"""The loss of a file larger than memory: its rows block by block, summed as if they were one batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

from core.doctor import examine
from core.errors import InputError
from core.explain.digits import significant
from core.files import refusing
from core.files.blocks import blocks_of
from core.jobs import Job, Progress
from core.ledger.reported import matches, tolerance_of
from core.problem import evaluate
from core.reduction import NOTHING
from core.text import Text, say

if TYPE_CHECKING:
    from pathlib import Path

    from core.batch import Extent
    from core.doctor import Finding
    from core.losses import Loss


@final
@dataclass(frozen=True, eq=False, slots=True)
class Whole:
    """All rows of a file under a loss.

    Attributes:
        numerator, divisor: Σ terms and Σ divisors over the blocks; `divided` where the reduction divides at all.
        findings: of the rules that found nothing in the first block, each for the first block where it found something.
        refused: the first block that the loss refuses, and why; then there is no value.
        reported: the loss that the user saw; None if the file does not tell. `tolerance`: how far off it may be.
    """

    rows: int
    blocks: int
    numerator: float
    divisor: float
    divided: bool
    findings: tuple[Finding, ...]
    refused: Text | None
    reported: float | None = None
    tolerance: float = 0.0

    @property
    def value(self) -> float | None:
        """The loss of one batch of all rows."""
        if self.refused is not None:
            return None
        if not self.divided:
            return self.numerator
        return self.numerator / self.divisor if self.divisor else float("nan")

    @property
    def sentence(self) -> Text:
        """The value, what it was made of, and whether it is the one that was seen."""
        if self.reported is None or self.value is None:
            return self._made
        values = {"made": self._made, "reported": significant(self.reported, 7)}
        if matches(self.reported, self.value, self.tolerance):
            return say("whole", "{made} Reported {reported}: it is this number.", **values)
        return say("whole", "{made} Reported {reported}: that is another number.", **values)

    @property
    def _made(self) -> Text:
        values = {"rows": self.rows, "blocks": self.blocks, "value": self.value, "sum": self.numerator}
        if self.refused is not None:
            return say("whole", "All {rows:,} rows, in {blocks} blocks: no value. {refused}", **values,
                       refused=self.refused)  # fmt: skip
        if not self.divided:
            return say("whole", "All {rows:,} rows, in {blocks} blocks: {value:.7g}.", **values)
        return say("whole", "All {rows:,} rows, in {blocks} blocks: {value:.7g} = {sum:.9g} ÷ {divisor:.9g}.", **values,
                   divisor=self.divisor)  # fmt: skip


def whole_of(loss: Loss, file: Path) -> Job[Whole]:
    """Go through all blocks of `file`; InputError if it cannot be read to its end."""
    numerator = divisor = 0.0
    divided, known, refused, extent, batch = True, set[str](), None, None, None
    later: list[Finding] = []
    with refusing(file):
        for batch in blocks_of(file):
            extent = batch.extent
            assert extent is not None
            yield Progress(extent.first / extent.rows)
            findings: tuple[Finding, ...] = ()
            try:
                evaluation = evaluate(loss, batch)
            except InputError as error:
                findings = examine(batch, loss, None, error)
                refused = refused or _refusal(extent, error)
            else:
                findings = examine(batch, loss, evaluation)
                divided = evaluation.divisor.name != NOTHING
                with np.errstate(invalid="ignore", over="ignore"):
                    total = float(evaluation.value.sum(dtype=np.float64))
                # Without a row that counts the quotient is nan, and so is what it is multiplied by.
                numerator += total * evaluation.divisor.value if evaluation.divisor.value else 0.0
                divisor += evaluation.divisor.value
            later += [_of_block(found, extent) for found in findings if extent.number and found.rule not in known]
            known |= {found.rule for found in findings}
    assert batch is not None
    assert extent is not None
    return Whole(
        rows=extent.rows,
        blocks=extent.count,
        numerator=numerator,
        divisor=divisor,
        divided=divided,
        findings=tuple(later),
        refused=refused,
        reported=batch.reported,
        tolerance=tolerance_of(batch),
    )


def _refusal(extent: Extent, error: InputError) -> Text:
    return say("whole", "The loss refuses rows {first:,} to {last:,}: {problem}", first=extent.first,
               last=extent.last - 1, problem=error.problem)  # fmt: skip


def _of_block(found: Finding, extent: Extent) -> Finding:
    """With the rows named; they are none of those that are shown, so they cannot be gone to."""
    message = say("whole", "Rows {first:,} to {last:,}, counted from the first of them: {message}", first=extent.first,
                  last=extent.last - 1, message=found.message)  # fmt: skip
    return replace(found, message=message, evidence={**found.evidence, "rows": (), "first_row": extent.first})
