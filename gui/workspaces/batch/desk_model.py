"""What the Batch page shows, of its state and of what was computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.explain.digits import fixed
from core.ledger import in_step
from core.ledger.reported import tolerance_of
from core.table.part import describe
from core.text import Text, say
from gui.workspaces.batch.changed_rows import changed_numbers, changed_rows
from gui.workspaces.batch.compute_row import numbers_of
from gui.workspaces.batch.present_bar import bar_figure
from gui.workspaces.batch.present_histogram import histogram_figure
from gui.workspaces.batch.present_ledger import ledger_figure
from gui.workspaces.batch.present_readings import readings
from gui.workspaces.batch.present_row import present as present_row
from gui.workspaces.batch.present_table import listed, pictures_of, sample_table_figure

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.ledger import Ledger, StepParts
    from core.problem import Problem
    from gui.kit.histogram_figure import HistogramFigure
    from gui.kit.ledger_figures import LedgerFigure
    from gui.kit.row_detail_figure import RowDetailFigure
    from gui.kit.sample_table_figure import SampleTableFigure
    from gui.workspaces.batch.bar_figure import BarFigure
    from gui.workspaces.batch.compute_pinned import Pinned
    from gui.workspaces.batch.compute_sheet import Sheet
    from gui.workspaces.batch.compute_view import View
    from gui.workspaces.batch.state import BatchState


@final
@dataclass(frozen=True, eq=False, slots=True)
class DeskModel:
    """What is shown.

    Attributes:
        only: the selection if nothing else is listed, else None.
        detail: only while the Row picture is shown.
        selected: how much is selected, None for nothing.
        step: the parts of the step of which this batch is one; None if it stands alone.
    """

    view: View
    threshold: float | None
    only: IntArray | None
    bar: BarFigure
    table: SampleTableFigure
    histogram: HistogramFigure | None
    detail: RowDetailFigure | None
    ledger: LedgerFigure
    selected: Text | None
    step: StepParts | None

    @property
    def sheet(self) -> Sheet:
        """What holds of the whole batch."""
        return self.view.request.sheet


def present(
    problem: Problem,
    state: BatchState,
    view: View,
    pinned: Pinned | None,
    before: DeskModel | None,
    step: StepParts | None = None,
) -> DeskModel:
    """`before` is what was shown last: what did not change is taken from it as it is."""
    sheet = view.request.sheet
    only = state.selection if state.only_selected and state.selection.size else None
    order = _order(view, state.threshold, only, before)
    table = sample_table_figure(
        sheet.table, order, state.primary, state.selection, state.pinned_row, state.sort, state.descending,
        pictures_of(sheet.assessed.batch, sheet.table), changed_rows(problem),
    )  # fmt: skip
    bar = bar_figure(state, sheet, problem.what_if, pinned)
    same_ledger = before is not None and before.sheet is sheet and before.step is step
    return DeskModel(
        view=view,
        threshold=state.threshold,
        only=only,
        bar=bar,
        table=table,
        histogram=histogram_figure(view, state.threshold, table.primary, describe(sheet.table, order)),
        detail=_detail(problem, state, sheet, pinned) if bar.tab == "row" else None,
        ledger=before.ledger if same_ledger and before is not None else ledger_figure(_ledger(sheet, step)),
        selected=_selected(table),
        step=step,
    )


def _ledger(sheet: Sheet, step: StepParts | None) -> Ledger | None:
    batch = sheet.assessed.batch
    if sheet.ledger is None or step is None:
        return sheet.ledger
    return in_step(sheet.ledger, batch.name, step, tolerance_of(batch))


def _order(view: View, threshold: float | None, only: IntArray | None, before: DeskModel | None) -> IntArray:
    """The rows that are listed; the same object as long as they are the same, for the table tells by that."""
    if before is not None and before.view is view and before.threshold == threshold and before.only is only:
        return before.table.order
    mask, loss = view.mask, view.request.sheet.table.columns.get("loss")
    if threshold is not None and loss is not None:
        with np.errstate(invalid="ignore"):
            mask = mask & ~(loss.values < threshold)  # nan is listed: it is no small loss
    if only is not None:
        chosen = np.zeros(mask.size, dtype=bool)
        chosen[only[only < mask.size]] = True
        mask = mask & chosen
    return listed(view.order, mask)


def _detail(problem: Problem, state: BatchState, sheet: Sheet, pinned: Pinned | None) -> RowDetailFigure:
    assessed, row = sheet.assessed, state.primary
    if row is None or row >= sheet.table.count:
        return present_row(assessed, None, None, "", (), frozenset(), False)
    changed, target_changed = changed_numbers(problem, row)
    before = None if pinned is None else pinned.terms
    said = readings(sheet.table, row, state.pinned_row, before)
    return present_row(assessed, numbers_of(assessed, row), row, sheet.table.label(row), said, changed, target_changed)


def _selected(table: SampleTableFigure) -> Text | None:
    rows, share = table.selection, table.table.columns.get("share")
    if not rows.size:
        return None
    if rows.size == table.table.count:
        return say("batch", "all rows selected")
    if share is None:
        return say("batch", "{count} selected", count=rows.size)
    held = fixed(float(np.sum(share.values[rows], dtype=np.float64)), 0)
    return say("batch", "{count} selected, {share}% of the loss", count=rows.size, share=held)
