"""Edits of the row of class scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.errors import InputError
from core.losses import CrossEntropyLoss
from core.row_loss import row_loss
from gui.workspaces.explore import row_edits
from gui.workspaces.explore.state import ExploreState, RowProbe

STATE = ExploreState(row=3)
SOFT = np.array([0.2, 0.5, 0.1, 0.2, 0.0])


def test_moving_a_logit_leaves_the_others_and_the_old_state_alone() -> None:
    before = STATE.classes.z.copy()
    after = row_edits.set_logit(3, -1.25)(STATE).classes
    np.testing.assert_array_equal(STATE.classes.z, before)
    np.testing.assert_array_equal(np.delete(after.z, 3), np.delete(before, 3))
    assert (after.z[3], after.focus) == (-1.25, 3)
    assert not after.z.flags.writeable


def test_a_moved_row_is_no_longer_the_row_of_the_batch_but_a_selected_class_does_not_matter() -> None:
    assert row_edits.set_logit(0, 1.0)(STATE).row is None
    assert row_edits.select(4)(STATE).row == 3


def test_nan_is_refused_as_a_logit() -> None:
    with pytest.raises(InputError):
        row_edits.set_logit(0, float("nan"))


def test_a_step_of_a_tenth_leaves_no_dust() -> None:
    state = STATE
    for _ in range(7):
        state = row_edits.add_to_logit(0, 0.1)(state)
    assert state.classes.z[0] == 2.8


def test_a_new_target_is_certain_and_the_slice_shows_it_with_its_rival() -> None:
    after = row_edits.set_target(3)(row_edits.set_soft(SOFT)(STATE)).classes
    assert (after.target, after.soft, after.pair, after.focus) == (3, None, (0, 3), 3)


def test_a_share_is_reached_and_the_others_keep_their_proportions() -> None:
    after = row_edits.set_share(0, 0.6)(row_edits.set_soft(SOFT)(STATE)).classes.soft
    assert after is not None
    np.testing.assert_allclose(after, [0.6, 0.25, 0.05, 0.1, 0.0], atol=1e-15)


def test_a_share_from_a_certain_target_takes_from_it_alone() -> None:
    after = row_edits.set_share(0, 0.3)(STATE).classes.soft
    np.testing.assert_allclose(after, [0.3, 0.7, 0, 0, 0], atol=1e-15)


def test_the_rest_of_a_lowered_certain_target_is_spread_evenly() -> None:
    after = row_edits.set_share(1, 0.6)(STATE).classes.soft
    np.testing.assert_allclose(after, [0.1, 0.6, 0.1, 0.1, 0.1], atol=1e-15)


def test_under_smoothing_the_dash_stands_where_it_was_dragged() -> None:
    after = row_edits.set_share(0, 0.4, smoothing=0.1)(row_edits.set_soft(SOFT)(STATE)).classes
    row = row_loss(CrossEntropyLoss(label_smoothing=0.1), "none", 1, after.soft, 5, np.float64)
    assert row.distribution[0] == pytest.approx(0.4)
    assert row.distribution.sum() == pytest.approx(1)


def test_more_classes_keep_values_and_names_and_fewer_keep_indices_in_range() -> None:
    more = row_edits.set_class_count(8)(STATE).classes
    assert more.names == ("cat", "dog", "fox", "owl", "bee", "5", "6", "7")
    np.testing.assert_array_equal(more.z, [2.1, 1.4, -0.6, 0.3, -1.5, 0, 0, 0])
    high = replace(STATE, classes=replace(STATE.classes, target=4, focus=3, pair=(2, 4), soft=SOFT))
    fewer = row_edits.set_class_count(2)(high).classes
    assert (fewer.focus, fewer.pair) == (1, (0, 1))
    assert fewer.soft is not None
    assert fewer.soft.sum() == pytest.approx(1)


def test_class_counts_outside_two_to_ten_are_refused() -> None:
    for count in (1, 11):
        with pytest.raises(InputError):
            row_edits.set_class_count(count)


def test_a_slice_over_one_class_twice_is_refused() -> None:
    with pytest.raises(InputError):
        row_edits.set_pair(2, 2)


def test_random_logits_depend_on_the_seed_alone() -> None:
    one, again, other = (row_edits.randomize(seed)(STATE).classes.z for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


def test_a_uniform_row_is_all_zeros() -> None:
    assert not row_edits.uniform()(ExploreState(classes=RowProbe())).classes.z.any()
