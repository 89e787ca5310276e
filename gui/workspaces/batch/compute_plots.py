"""What the plots over the table count, each only while it is in front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, final

import numpy as np

from core.jobs import Job, Progress
from core.pictures.confusion import confusion
from core.pictures.contribution import contribution
from core.pictures.scatter import scatter
from gui.workspaces.batch.compute_groups import right_of, shares_of
from gui.workspaces.batch.present_pixels import has_pixels

if TYPE_CHECKING:
    from core.pictures.by_class import ClassShares
    from core.pictures.confusion import Confusion
    from core.pictures.contribution import Contribution
    from core.pictures.scatter import Scatter
    from gui.workspaces.batch.compute_sheet import Sheet
    from gui.workspaces.batch.state import Measure, Tab

Found = TypeVar("Found")


@final
@dataclass(frozen=True, slots=True)
class PlotRequest:
    """Two are equal if they ask the same of the same sheet; `measure` is that of the contribution."""

    sheet: Sheet
    tab: Tab
    measure: Measure = "loss"


@final
@dataclass(frozen=True, eq=False)
class Counted(Generic[Found]):
    """What was found, and the request that asked for it."""

    request: PlotRequest
    found: Found


def tabs_of(sheet: Sheet) -> tuple[Tab, ...]:
    """The pictures that a batch has: none but the samples where the loss refuses it."""
    if sheet.assessed.rows is None:
        return ("samples",)
    confused: tuple[Tab, ...] = ("confusion",) if right_of(sheet) is not None and sheet.group_count > 1 else ()
    placed: tuple[Tab, ...] = ("scatter",) if "grad" in sheet.table.columns else ()
    dense: tuple[Tab, ...] = ("pixels",) if has_pixels(sheet.table) else ()
    return ("samples", "row", "contribution", *confused, *placed, *dense, "groups")


def has_shares(sheet: Sheet) -> bool:
    """Whether the rows are of classes, which can be drawn side by side."""
    return sheet.assessed.rows is not None and sheet.groups is not None and sheet.group_count > 1


def measures_of(sheet: Sheet) -> tuple[Measure, ...]:
    """By what the rows can be counted; under broadcasting they have no gradients of their own."""
    return ("loss", "grad") if "grad" in sheet.table.columns else ("loss",)


def count_shares(request: PlotRequest) -> Job[Counted[ClassShares]]:
    """What each class adds."""
    yield Progress(0.0)
    sheet = request.sheet
    assert sheet.groups is not None
    return Counted(request, shares_of(sheet, sheet.groups, sheet.group_count))


def count_confusion(request: PlotRequest) -> Job[Counted[Confusion]]:
    """Which class is taken for which."""
    yield Progress(0.0)
    sheet, columns = request.sheet, request.sheet.table.columns
    target, predicted = columns["target"].values, columns["predicted"].values
    return Counted(request, confusion(target, predicted, sheet.table.kept, sheet.group_count))


def place_rows(request: PlotRequest) -> Job[Counted[Scatter]]:
    """Where each row stands by its loss and its gradient."""
    yield Progress(0.0)
    table = request.sheet.table
    return Counted(request, scatter(table.columns["loss"].values, table.columns["grad"].values, table.kept))


def span_losses(request: PlotRequest) -> Job[Counted[tuple[float, float]]]:
    """The ends of a scale on which the losses of all pictures compare: from 0, or the least, to the largest."""
    yield Progress(0.0)
    table = request.sheet.table
    losses = table.columns["loss"].values
    sound = np.isfinite(losses) & table.kept
    low, high = (float(end(losses, where=sound, initial=0.0)) for end in (np.min, np.max))
    return Counted(request, (low, high))


def count_contribution(request: PlotRequest) -> Job[Counted[Contribution]]:
    """What each row adds to the loss, or the size of its gradient."""
    yield Progress(0.0)
    table, rows = request.sheet.table, request.sheet.assessed.rows
    assert rows is not None
    terms = table.columns["grad"].values if request.measure == "grad" else rows.loss
    return Counted(request, contribution(terms, table.kept))
