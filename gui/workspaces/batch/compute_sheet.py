"""What holds of a whole batch under a loss, whatever is listed of it: table, ledger, classes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from core.batch import BY_CLASS, class_axis
from core.jobs import Job, Progress
from core.ledger import ledger_of
from core.table.build import table_of
from core.table.table import Column
from core.text import say

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.assess import Assessment
    from core.ledger import Ledger
    from core.table.table import Table
    from gui.workspaces.batch.compute_pinned import Pinned

LIVE = 200_000  # numbers of a batch whose sheet is made between two frames of the screen


@final
@dataclass(frozen=True, eq=False, slots=True)
class Sheet:
    """Everything that a change of the batch or of its loss makes anew.

    Attributes:
        ledger: None for a batch that the loss refuses.
        groups: (count,) the class of each row by its target, below 0 for none; None where rows have no classes.
        accuracy: the share of the kept rows that are predicted rightly; nan without predictions.
    """

    assessed: Assessment
    table: Table
    ledger: Ledger | None
    groups: IntArray | None
    group_count: int
    accuracy: float


def compute(assessed: Assessment) -> Job[Sheet]:
    """The table first, then what is counted in it."""
    table = yield from table_of(assessed)
    yield Progress(0.8)
    groups, count = _groups(assessed, table)
    return Sheet(assessed, table, ledger_of(assessed), groups, count, _accuracy(table))


# The difference to A is a column of the table only while A is held: pinning it makes no new sheet.
@lru_cache(maxsize=2)
def beside(sheet: Sheet, pinned: Pinned | None) -> Sheet:
    """The sheet with what each row adds more than in A; the sheet itself where the rows of A are others."""
    rows, table = sheet.assessed.rows, sheet.table
    if pinned is None or pinned.terms is None or rows is None or pinned.terms.size != rows.count:
        return sheet
    with np.errstate(invalid="ignore"):
        change = rows.loss - pinned.terms
    column = Column("change", say("table", "adds, less A"), "number", change, digits=3, bar=True, weight=1.3, rank=2)
    columns = {**table.columns, column.key: column}
    return replace(sheet, table=replace(table, columns=columns))


def is_quick(assessed: Assessment) -> bool:
    """Whether a sheet is made so fast that nobody waits for it."""
    return assessed.batch.input.size <= LIVE


def _groups(assessed: Assessment, table: Table) -> tuple[IntArray | None, int]:
    """Classes of class losses, 0 and 1 of binary targets that are nothing else."""
    column, input = table.columns.get("target"), assessed.batch.input
    if column is None:
        return None, 0
    if assessed.loss.family in BY_CLASS and input.ndim and column.kind == "class":
        return column.values, input.shape[class_axis(input)]
    if assessed.loss.family == "binary" and bool(np.isin(column.values, (0, 1)).all()):
        return column.values.astype(np.int64), 2
    return None, 0


def _accuracy(table: Table) -> float:
    target, predicted = table.columns.get("target"), table.columns.get("predicted")
    if target is None or predicted is None or not table.kept.any():
        return float("nan")
    return float((target.values == predicted.values)[table.kept].mean())
