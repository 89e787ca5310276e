"""Which rows of a table are listed, in which order, and how their losses are spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.errors import InputError
from core.jobs import Job, Progress
from core.pictures.histogram import Histogram, histogram
from core.table.filter import mask_of
from core.table.order import sorted_rows

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, IntArray
    from core.table.table import Table
    from gui.workspaces.batch.compute_sheet import Sheet

LIVE = 100_000  # rows that are sorted and filtered between two frames of the screen
STACKED = 12  # classes that can be told apart in one bar


@final
@dataclass(frozen=True, slots=True)
class ViewRequest:
    """Two are equal if they ask the same of the same sheet."""

    sheet: Sheet
    sort: str
    descending: bool
    filter: str


@final
@dataclass(frozen=True, eq=False, slots=True)
class View:
    """What is listed before the threshold, which is applied while it is dragged.

    Attributes:
        order: (count,) every row; mask: (count,) which pass the filter.
        refusal: why the filter cannot be read; all rows then pass.
        histogram: of the losses of the rows that pass; None where the loss refuses the batch.
        hues: the class of each of its groups, () if they are not told apart.
    """

    request: ViewRequest
    order: IntArray
    mask: BoolArray
    refusal: InputError | None
    histogram: Histogram | None
    hues: tuple[int, ...]


def compute(request: ViewRequest) -> Job[View]:
    """Sort, filter and count."""
    sheet = request.sheet
    yield Progress(0.0)
    order = _order(sheet.table, request.sort, request.descending)
    yield Progress(0.4)
    mask, refusal = _mask(sheet.table, request.filter)
    yield Progress(0.6)
    found, hues = _histogram(sheet, request.filter)
    return View(request, order, mask, refusal, found, hues)


def is_quick(request: ViewRequest) -> bool:
    """Whether it is done so fast that nobody waits for it."""
    return request.sheet.table.count <= LIVE


# A change of one of order and filter leaves the other as it was; undo goes back and forth between two.
@lru_cache(maxsize=2)
def _order(table: Table, sort: str, descending: bool) -> IntArray:
    return frozen(sorted_rows(table, sort, descending=descending))


@lru_cache(maxsize=2)
def _mask(table: Table, expression: str) -> tuple[BoolArray, InputError | None]:
    try:
        return frozen(mask_of(table, expression)), None
    except InputError as error:
        return np.ones(table.count, dtype=bool), error


@lru_cache(maxsize=2)
def _histogram(sheet: Sheet, expression: str) -> tuple[Histogram | None, tuple[int, ...]]:
    table, column = sheet.table, sheet.table.columns.get("loss")
    if column is None:
        return None, ()
    passing = _mask(table, expression)[0]
    values, kept = column.values[passing], table.kept[passing]
    log = _wants_log(values[kept])
    if sheet.groups is None or not 0 < sheet.group_count <= STACKED:
        return histogram(values, kept, log=log), ()
    found = histogram(values, kept, sheet.groups[passing], sheet.group_count, log=log)
    return found, tuple(range(sheet.group_count))


def _wants_log(values: Array) -> bool:
    """Losses range over powers of ten; a negative one has no place on such an axis."""
    finite = values[np.isfinite(values)]
    return bool(finite.size) and bool(finite.min() >= 0) and bool(finite.max() > 0)
