"""What can be chosen in the Batch workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.arrays import frozen
from core.text import Text, say
from gui.edit import Edit
from gui.workspaces.batch.state import NO_ROWS, BatchState, GroupBy, Measure, Tab

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.problem import Problem

MOVING = "batch-primary"  # a run of arrow keys is one step


def show_tab(tab: Tab) -> Edit[BatchState]:
    return _setting(say("batch", "Show another picture"), tab=tab)


def sort_by(key: str) -> Edit[BatchState]:
    """The largest first; chosen again, the smallest."""

    def update(state: BatchState) -> BatchState:
        descending = not state.descending if state.sort == key else True
        return replace(state, sort=key, descending=descending)

    return Edit(say("batch", "Sort by {key}", key=key), update)


def sort_next(keys: tuple[str, ...]) -> Edit[BatchState]:
    """By the next of these columns, the largest first."""

    def update(state: BatchState) -> BatchState:
        if not keys:
            return state
        following = keys[(keys.index(state.sort) + 1) % len(keys)] if state.sort in keys else keys[0]
        return replace(state, sort=following, descending=following != "id")

    return Edit(say("batch", "Sort by the next column"), update)


def set_filter(expression: str) -> Edit[BatchState]:
    return _setting(say("batch", "Filter the rows"), filter=expression)


def set_threshold(value: float | None, merge_key: str | None = None) -> Edit[BatchState]:
    """Only rows of at least this loss, or all."""
    return _setting(say("batch", "Set the threshold"), merge_key, threshold=value)


def choose_primary(row: int | None) -> Edit[BatchState]:
    return _setting(say("batch", "Choose row {row}", row=row), MOVING, primary=row, sample=None)


def select(rows: IntArray) -> Edit[BatchState]:
    """These rows and no others."""
    chosen = ascending(rows)

    def update(state: BatchState) -> BatchState:
        return state if np.array_equal(state.selection, chosen) else replace(state, selection=chosen)

    return Edit(say("batch", "Select {count} rows", count=chosen.size), update)


def select_and_show(rows: IntArray, first: int | None) -> Edit[BatchState]:
    """Select rows, and speak of the `first` of them unless it is one of them that is spoken of."""
    chosen = ascending(rows)

    def update(state: BatchState) -> BatchState:
        held = state.primary is not None and _holds(chosen, state.primary)
        shown = replace(state, selection=chosen)
        return shown if held else replace(shown, primary=first, sample=None)

    return Edit(say("batch", "Select {count} rows", count=chosen.size), update)


def list_only_selected(only: bool) -> Edit[BatchState]:
    """Leave the rows that are not selected out of the list, or not."""
    label = say("batch", "List only the selection") if only else say("batch", "List all rows")
    return _setting(label, only_selected=only)


def show_rows(rows: IntArray, *, listed: bool) -> Edit[BatchState]:
    """Select rows and speak of the first; where they are not `listed`, nothing is filtered any more."""
    chosen, first = ascending(rows), int(rows[0])

    def update(state: BatchState) -> BatchState:
        shown = replace(state, primary=first, selection=chosen, sample=None)
        return shown if listed else replace(shown, filter="", threshold=None)

    return Edit(say("batch", "Go to row {row}", row=first), update)


def pin_row(row: int | None) -> Edit[BatchState]:
    """Keep a row for comparison; the same row again lets it go."""

    def update(state: BatchState) -> BatchState:
        return replace(state, pinned_row=None if state.pinned_row == row else row)

    return Edit(say("batch", "Pin row {row}", row=row), update)


def measure_by(measure: Measure) -> Edit[BatchState]:
    return _setting(say("batch", "Count by {measure}", measure=measure), measure=measure)


def group_by(way: GroupBy) -> Edit[BatchState]:
    return _setting(say("batch", "Group by {way}", way=way), group_by=way)


def sort_groups_by(key: str) -> Edit[BatchState]:
    """As `sort_by`, of the table of groups."""

    def update(state: BatchState) -> BatchState:
        descending = not state.group_descending if state.group_sort == key else True
        return replace(state, group_sort=key, group_descending=descending)

    return Edit(say("batch", "Sort the groups by {key}", key=key), update)


def show_sample(sample: int) -> Edit[BatchState]:
    return _setting(say("batch", "Show sample {sample}", sample=sample), sample=sample)


def pin_problem(problem: Problem | None) -> Edit[BatchState]:
    """Keep loss, weights and trial as they are now as A; None lets A go."""
    label = say("batch", "Let A go") if problem is None else say("batch", "Pin this as A")
    return _setting(label, pinned=problem)


def forget_rows() -> Edit[BatchState]:
    """After rows were left out or came back, their numbers mean others."""

    def update(state: BatchState) -> BatchState:
        if state.primary is None and state.pinned_row is None and not state.selection.size:
            return state
        return replace(state, primary=None, pinned_row=None, selection=NO_ROWS)

    return Edit(say("batch", "Choose no row"), update)


def ascending(rows: IntArray) -> IntArray:
    """The rows in the order of their numbers, each once; of a million that are so already no copy is sorted."""
    is_so = rows.size < 2 or bool((rows[1:] > rows[:-1]).all())
    return frozen(rows if is_so else np.unique(rows), np.int64)


def _holds(ascending_rows: IntArray, row: int) -> bool:
    place = int(ascending_rows.searchsorted(row))
    return place < ascending_rows.size and int(ascending_rows[place]) == row


def _setting(label: Text, merge_key: str | None = None, **fields: Any) -> Edit[BatchState]:
    def update(state: BatchState) -> BatchState:
        if all(getattr(state, name) == value for name, value in fields.items()):
            return state
        return replace(state, **fields)

    return Edit(label, update, merge_key)
