"""What the Batch workspace shows of the problem, and what is chosen in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.arrays import IntArray, frozen

if TYPE_CHECKING:
    from core.problem import Problem

Tab = Literal["samples", "row", "contribution", "confusion", "scatter", "pixels", "groups"]
Measure = Literal["loss", "grad"]
GroupBy = Literal["class", "outcome", "size"]
NO_ROWS: IntArray = frozen(np.empty(0, np.int64))


@final
@dataclass(frozen=True, eq=False, slots=True)
class BatchState:
    """Rows are numbered as in the batch that is shown.

    Attributes:
        tab: the picture over the table.
        sort: the key of a column; descending: largest first.
        filter: an expression over the columns, "" for all rows.
        threshold: rows below this loss are not listed; None for all.
        primary: the row that everything speaks of; selection: the rows that a step applies to.
        only_selected: whether nothing else is listed while any row is selected.
        pinned_row: one to compare with.
        measure: by what the contribution is counted.
        group_by: in what groups the rows are counted; group_sort, group_descending: the order of the groups.
        sample: which picture of a dense batch is shown; None for that of the primary row.
        pinned: the problem as it was pinned: A, while what is shown is B.
    """

    tab: Tab = "samples"
    sort: str = "loss"
    descending: bool = True
    filter: str = ""
    threshold: float | None = None
    primary: int | None = None
    selection: IntArray = field(default_factory=lambda: NO_ROWS)
    only_selected: bool = False
    pinned_row: int | None = None
    measure: Measure = "loss"
    group_by: GroupBy = "class"
    group_sort: str = "weighted"
    group_descending: bool = True
    sample: int | None = None
    pinned: Problem | None = None
