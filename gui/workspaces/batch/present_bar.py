"""What the bar over the Batch workspace says: the batch in a line, and what is changed, filtered, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.batch import BY_CLASS
from core.explain.digits import fixed, signed
from core.text import Text, say
from gui.workspaces.batch.bar_figure import BarFigure
from gui.workspaces.batch.compute_plots import tabs_of
from gui.workspaces.batch.present_histogram import written

if TYPE_CHECKING:
    from core.assess import Assessment
    from core.what_if import WhatIf
    from gui.workspaces.batch.compute_pinned import Pinned
    from gui.workspaces.batch.compute_sheet import Sheet
    from gui.workspaces.batch.state import BatchState, Tab


def bar_figure(state: BatchState, sheet: Sheet, what_if: WhatIf, pinned: Pinned | None) -> BarFigure:
    """`pinned`: what A gave, None while that is unknown or nothing is pinned."""
    tabs = tabs_of(sheet)
    return BarFigure(
        tabs=tabs,
        tab=tab_of(state, tabs),
        summary=_summary(sheet),
        trial=_trial(what_if),
        threshold=None if state.threshold is None else written(state.threshold),
        compared=None if state.pinned is None else _compared(sheet.assessed, pinned),
        comparison=None if state.pinned is None else _comparison(sheet.assessed, pinned),
    )


def tab_of(state: BatchState, tabs: tuple[Tab, ...]) -> Tab:
    """The picture that is wanted, or the first where this batch has it not."""
    return state.tab if state.tab in tabs else tabs[0]


def refusal_of(assessed: Assessment) -> Text | None:
    """Why the loss refuses the batch, in a line; None if it does not."""
    refusal = assessed.refusal
    if refusal is None:
        return None
    return say("batch", "{loss} refuses this batch. {field}: {problem}", loss=assessed.loss.name,
               field=refusal.field, problem=refusal.problem)  # fmt: skip


def _summary(sheet: Sheet) -> Text:
    count, family, extent = sheet.table.count, sheet.assessed.loss.family, sheet.assessed.batch.extent
    if sheet.assessed.rows is None:
        return say("batch", "refused by {loss}", loss=sheet.assessed.loss.name)
    if extent is not None:
        return say("batch", "the first {last:,} of {rows:,} rows", last=extent.last, rows=extent.rows)
    if family in BY_CLASS and sheet.accuracy == sheet.accuracy:
        return say("batch", "N = {count} · C = {classes} · accuracy {accuracy}%", count=count,
                   classes=sheet.group_count, accuracy=fixed(100 * sheet.accuracy, 1))  # fmt: skip
    if family == "sequence" and count > 1:
        return say("batch", "N = {count} sequences", count=count)
    return say("batch", "N = {count}", count=count)


def _trial(what_if: WhatIf) -> Text | None:
    changed, left_out = len(what_if.inputs) + len(what_if.targets), len(what_if.dropped) + len(what_if.ignored)
    if changed and left_out:
        return say("batch", "{changed} changed, {left_out} left out", changed=changed, left_out=left_out)
    if changed:
        return say("batch", "{changed} changed", changed=changed)
    return say("batch", "{left_out} left out", left_out=left_out) if left_out else None


def _compared(present: Assessment, pinned: Pinned | None) -> Text:
    if pinned is None:
        return say("batch", "A …")
    difference = _value(present) - pinned.value
    if difference != difference:
        return say("batch", "A {a}", a=fixed(pinned.value, 4))
    return say("batch", "A {a} ({difference})", a=fixed(pinned.value, 4), difference=signed(difference, 4))


def _comparison(present: Assessment, pinned: Pinned | None) -> Text:
    if pinned is None:
        return say("batch", "A is being computed.")
    return say("batch", "A, as it was pinned: {a} · now: {b} · the difference stands in brackets",
               a=fixed(pinned.value, 4), b=fixed(_value(present), 4))  # fmt: skip


def _value(present: Assessment) -> float:
    """Nan where there is no single one."""
    value = None if present.evaluation is None else present.evaluation.value
    return float("nan") if value is None or value.ndim else float(value)
