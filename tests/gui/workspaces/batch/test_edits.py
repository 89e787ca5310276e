"""What can be chosen in the Batch workspace."""

from __future__ import annotations

import numpy as np
import pytest

from gui.workspaces.batch import edits
from gui.workspaces.batch.state import BatchState

ROWS = np.array([4, 9, 11])


def test_that_a_column_chosen_again_is_sorted_the_other_way() -> None:
    state = edits.sort_by("grad").update(BatchState())
    assert (state.sort, state.descending) == ("grad", True)
    assert not edits.sort_by("grad").update(state).descending


def test_that_the_next_column_is_found_round_and_round() -> None:
    keys = ("loss", "grad", "id")
    state = BatchState(sort="grad")
    state = edits.sort_next(keys).update(state)
    assert (state.sort, state.descending) == ("id", False)  # names from A to Z
    assert edits.sort_next(keys).update(state).sort == "loss"
    assert edits.sort_next(keys).update(BatchState(sort="gone")).sort == "loss"
    assert edits.sort_next(()).update(state) is state


def test_that_rows_are_selected_in_ascending_order_each_once() -> None:
    assert edits.select(np.array([9, 4, 9, 11])).update(BatchState()).selection.tolist() == [4, 9, 11]


def test_that_the_same_selection_is_no_step() -> None:
    state = edits.select(ROWS).update(BatchState())
    assert edits.select(ROWS[::-1]).update(state) is state


@pytest.mark.parametrize(("primary", "after"), [(None, 9), (5, 9), (11, 11), (40, 9)])
def test_that_rows_chosen_elsewhere_take_the_primary_one_with_them(primary, after) -> None:
    state = edits.select_and_show(ROWS, 9).update(BatchState(primary=primary))
    assert state.primary == after


def test_that_going_to_rows_lets_go_of_a_filter_that_hides_them() -> None:
    state = BatchState(filter="loss > 2", threshold=1.0)
    assert edits.show_rows(ROWS, listed=True).update(state).filter == "loss > 2"
    shown = edits.show_rows(ROWS, listed=False).update(state)
    assert (shown.filter, shown.threshold, shown.primary) == ("", None, 4)


def test_that_a_pinned_row_is_let_go_by_pinning_it_again() -> None:
    state = edits.pin_row(4).update(BatchState())
    assert state.pinned_row == 4
    assert edits.pin_row(4).update(state).pinned_row is None
    assert edits.pin_row(9).update(state).pinned_row == 9


def test_that_rows_that_were_renumbered_are_forgotten_and_views_are_kept() -> None:
    state = BatchState(primary=3, pinned_row=4, selection=ROWS, filter="loss > 1", sort="grad")
    after = edits.forget_rows().update(state)
    assert (after.primary, after.pinned_row, after.selection.size) == (None, None, 0)
    assert (after.filter, after.sort) == ("loss > 1", "grad")
    assert edits.forget_rows().update(after) is after
