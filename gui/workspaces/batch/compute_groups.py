"""The rows of a batch in groups: by class, by outcome, by the size of their loss; and what each group adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.jobs import Job, Progress
from core.pictures.by_class import ClassShares, class_shares
from core.table.order import sorted_rows
from core.table.table import Column, Table
from core.text import say

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray, IntArray
    from core.table.table import Role
    from core.text import Text
    from gui.workspaces.batch.compute_sheet import Sheet
    from gui.workspaces.batch.state import GroupBy

OUTCOMES = ("right", "wrong")
BINARY_OUTCOMES = ("true positive", "false negative", "false positive", "true negative")
SIZES = ("largest 1%", "next 9%", "next 40%", "smaller half")
ENDS = (0.01, 0.1, 0.5, 1.0)  # of the rows, by rank: where each of SIZES ends


@final
@dataclass(frozen=True, slots=True)
class GroupsRequest:
    """Two are equal if they ask the same of the same sheet."""

    sheet: Sheet
    by: GroupBy
    sort: str
    descending: bool


@final
@dataclass(frozen=True, eq=False, slots=True)
class Groups:
    """Attributes: of: (count,) the group of each row, below 0 for none; table: one row a group; order: of its rows."""

    request: GroupsRequest
    of: IntArray
    table: Table
    order: IntArray


def groupings_of(sheet: Sheet) -> tuple[GroupBy, ...]:
    """In what ways the rows can be grouped; () where the loss refuses the batch."""
    if sheet.assessed.rows is None:
        return ()
    ways: list[GroupBy] = []
    if sheet.groups is not None:
        ways.append("class")
    if right_of(sheet) is not None or sheet.assessed.loss.family == "binary":
        ways.append("outcome")
    return (*ways, "size")


def compute(request: GroupsRequest) -> Job[Groups]:
    """Group the rows, and add up."""
    sheet = request.sheet
    yield Progress(0.0)
    of, names = _grouped(sheet, request.by)
    yield Progress(0.5)
    weighted = "weight" in sheet.table.columns
    table = _table(shares_of(sheet, of, len(names)), names, named=request.by == "class", weighted=weighted)
    return Groups(request, of, table, sorted_rows(table, request.sort, descending=request.descending))


def shares_of(sheet: Sheet, of: IntArray, count: int) -> ClassShares:
    """What each of `count` groups adds to loss and gradient."""
    columns, rows = sheet.table.columns, sheet.assessed.rows
    assert rows is not None
    gradient = columns["grad"].values if "grad" in columns else None
    return class_shares(of, count, sheet.table.kept, columns["loss"].values, rows.loss, gradient, right_of(sheet))


def right_of(sheet: Sheet) -> BoolArray | None:
    """(count,) which rows are predicted rightly; None without predictions."""
    target, predicted = sheet.table.columns.get("target"), sheet.table.columns.get("predicted")
    return None if target is None or predicted is None else target.values == predicted.values


def _grouped(sheet: Sheet, by: GroupBy) -> tuple[IntArray, tuple[str, ...]]:
    if by == "class" and sheet.groups is not None:
        given = sheet.assessed.batch.classes
        names = given if len(given) == sheet.group_count else tuple(str(k) for k in range(sheet.group_count))
        return sheet.groups, names
    if by == "outcome" and (right := right_of(sheet)) is not None:
        return np.where(right, 0, 1), OUTCOMES
    if by == "outcome" and sheet.assessed.loss.family == "binary":
        return _binary_outcomes(sheet), BINARY_OUTCOMES
    rank = sheet.table.columns["rank"].values
    count = int(np.count_nonzero(sheet.table.kept))
    ends = [max(round(end * count), place + 1) for place, end in enumerate(ENDS)]
    return np.minimum(np.searchsorted(ends, rank), len(SIZES) - 1), SIZES


def _binary_outcomes(sheet: Sheet) -> IntArray:
    """At a threshold of 0.5, to which a target that is no label is held, too."""
    columns = sheet.table.columns
    p: Array = (columns["p"] if "p" in columns else columns["input"]).values
    positive, said = columns["target"].values >= 0.5, p >= 0.5
    return np.where(positive, np.where(said, 0, 1), np.where(said, 2, 3))


def _table(shares: ClassShares, names: tuple[str, ...], *, named: bool, weighted: bool) -> Table:
    """`named`: the groups are classes, which have colours; `weighted`: shares without weights are others."""
    group = Column("id", say("table", "group"), "id", np.array(names))
    if named:
        group = Column("class", say("table", "class"), "class", np.arange(len(names)), names, weight=1.2)
    unweighted = [_share("plain", say("table", "loss, unweighted"), shares.plain, "plain")] if weighted else []
    columns = [
        group,
        Column("n", say("table", "rows"), "number", shares.counts, weight=0.8),
        Column("mean", say("table", "mean loss"), "number", shares.mean, digits=4, bar=True, role="loss"),
        *unweighted,
        _share("weighted", say("table", "share of loss"), shares.weighted, "loss"),
        _share("gradient", say("table", "share of gradient"), shares.gradient, "grad"),
        _share("accuracy", say("table", "right"), shares.accuracy, "target"),
    ]
    kept = shares.counts > 0
    shown = [column for column in columns if column.values.dtype.kind != "f" or bool(np.isfinite(column.values).any())]
    return Table(len(names), (len(names),), kept, {column.key: column for column in shown})


def _share(key: str, title: Text, values: FloatArray, role: Role) -> Column:
    return Column(key, title, "share", 100 * values, digits=1, bar=True, role=role)
