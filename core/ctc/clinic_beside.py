"""What the doctor found of a batch, less what the clinic already says of the sequence that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.doctor import Finding

# The clinic says of the whole batch how many sequences do not fit, and whether the output depends on the input; all
# frames are probabilities where those of each sequence are.
OF_THE_BATCH = frozenset({"T1", "T3", "T7", "T12", "T12b"})
# These it says of one sequence: of a batch of one it is the same.
OF_THE_SEQUENCE = frozenset({"G1", "T2", "T4", "T6", "T10", "T11", "T14", "T18", "T20"})


def beside_clinic(findings: Iterable[Finding], sequences: int) -> tuple[Finding, ...]:
    """The findings to show beside the clinic's, of a batch of so many sequences; all of them where there is no clinic.

    `sequences` is 0 for a batch that the loss refuses: then the clinic has nothing to look at.
    """
    said = OF_THE_BATCH | OF_THE_SEQUENCE if sequences == 1 else OF_THE_BATCH
    return tuple(finding for finding in findings if sequences == 0 or finding.rule not in said)
