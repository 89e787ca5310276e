"""What a user does to probe and pins, as functions from state to state."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import core.losses as nn
from core.errors import InputError
from core.problem import Problem
from gui.workspaces.explore import edits
from gui.workspaces.explore.state import MAX_TRAIL, ExploreState, RowProbe, ScalarProbe

SMOOTH, BCE, LOGITS = Problem(nn.SmoothL1Loss()), Problem(nn.BCELoss()), Problem(nn.BCEWithLogitsLoss())
UNIT = ExploreState(scalar=ScalarProbe(0.2, 1.0))


def test_a_step_goes_down_and_leaves_a_trail():
    state = edits.step(SMOOTH).update(ExploreState())
    assert state.scalar.x == pytest.approx(0.85)
    assert state.scalar.trail == (1.2,)
    assert edits.step(SMOOTH).update(state).scalar.trail == (1.2, state.scalar.x)


def test_the_trail_forgets_its_oldest_places():
    trail = tuple(float(i) for i in range(MAX_TRAIL))
    state = edits.step(SMOOTH).update(ExploreState(scalar=ScalarProbe(1.2, 0.5, "input", trail)))
    assert (len(state.scalar.trail), state.scalar.trail[-1]) == (MAX_TRAIL, 1.2)


def test_descending_ends_at_the_target_and_then_changes_nothing():
    state = ExploreState(scalar=ScalarProbe(0.5, 0.5))
    assert edits.step(SMOOTH).update(state) is state


def test_a_step_over_p_stays_in_the_unit_interval():
    assert edits.step(BCE).update(UNIT).scalar.x == 1.0


def test_a_step_of_a_row_moves_every_score_down_its_gradient():
    problem, before = Problem(nn.CrossEntropyLoss()), ExploreState(dtype="float64")
    after = edits.step(problem).update(before)
    target = np.array([before.classes.target])
    grad = nn.CrossEntropyLoss().evaluate(before.classes.z[None], target).grad[0]
    np.testing.assert_allclose(after.classes.z, before.classes.z - 0.5 * grad)


def test_no_step_follows_a_gradient_that_is_not_finite():
    with pytest.raises(InputError, match="not finite"):
        edits.step(SMOOTH).update(ExploreState(scalar=ScalarProbe(np.nan, 0.5)))


def test_moving_the_probe_begins_a_new_trail():
    state = edits.step(SMOOTH).update(ExploreState())
    moved = edits.move_x(SMOOTH, 3.0).update(state)
    assert (moved.scalar.x, moved.scalar.trail) == (3.0, ())


def test_moving_the_probe_of_a_class_loss_moves_the_score_in_focus():
    state = ExploreState(classes=RowProbe(focus=2))
    moved = edits.move_x(Problem(nn.CrossEntropyLoss()), 3.0).update(state)
    assert moved.classes.z.tolist() == [2.1, 1.4, 3.0, 0.3, -1.5]


@pytest.mark.parametrize("x", [-0.1, 1.1, np.nan])
def test_a_probability_outside_its_interval_is_refused_at_the_field(x):
    with pytest.raises(InputError) as refused:
        edits.move_x(BCE, x).update(UNIT)
    assert refused.value.field == "input"


def test_the_target_over_logits_is_the_probability_whose_logit_is_there():
    assert edits.move_target(LOGITS, 0.0).update(UNIT).scalar.y == 0.5
    assert edits.move_target(LOGITS, np.inf).update(UNIT).scalar.y == 1.0
    assert edits.move_target(LOGITS, -np.inf).update(UNIT).scalar.y == 0.0
    assert edits.move_target(SMOOTH, -7.0).update(UNIT).scalar.y == -7.0


def test_only_bce_refuses_targets_outside_the_unit_interval():
    with pytest.raises(InputError):
        edits.set_target(BCE, 1.5).update(UNIT)
    assert edits.set_target(LOGITS, 1.5).update(UNIT).scalar.y == 1.5


def test_changing_the_axis_keeps_the_point():
    over_z = edits.set_axis(BCE, "logit").update(UNIT)
    assert over_z.scalar.x == pytest.approx(np.log(0.25))
    back = edits.set_axis(BCE, "probability").update(over_z)
    assert back.scalar.x == pytest.approx(0.2)
    assert edits.set_axis(BCE, "input").update(over_z).scalar.x == pytest.approx(0.2)


def test_both_branch_points_mean_their_distance_from_the_target():
    assert edits.move_beta(2.0, 0.5).update(SMOOTH).loss.beta == 1.5
    assert edits.move_beta(-1.0, 0.5).update(SMOOTH).loss.beta == 1.5
    with pytest.raises(InputError):
        edits.set_beta(-1.0).update(SMOOTH)


def test_pins_keep_the_loss_as_it_is_and_are_three_at_most():
    state = ExploreState()
    for beta in (0.1, 0.2, 0.3):
        state = edits.pin_current(Problem(nn.SmoothL1Loss(beta=beta))).update(state)
    assert [pin.beta for pin in state.pins] == [0.1, 0.2, 0.3]
    with pytest.raises(InputError, match="pinned already"):
        edits.pin_current(SMOOTH).update(state)


def test_one_loss_is_pinned_once():
    state = edits.pin_current(SMOOTH).update(ExploreState())
    assert edits.pin_current(SMOOTH).update(state) is state


def test_pins_are_let_go_one_by_one_or_all():
    pins = (nn.L1Loss(), nn.MSELoss(), nn.SmoothL1Loss())
    state = ExploreState(pins=pins)
    assert edits.unpin(1).update(state).pins == (pins[0], pins[2])
    assert edits.clear_pins().update(state).pins == ()
    empty = ExploreState()
    assert edits.clear_pins().update(empty) is empty


@pytest.mark.parametrize("rate", [0.0, -1.0, np.inf, np.nan])
def test_a_step_size_is_a_positive_number(rate):
    with pytest.raises(InputError):
        edits.set_rate(rate)
    assert edits.set_rate(0.1).update(ExploreState()).rate == 0.1


def test_edits_of_one_run_share_their_merge_key():
    assert edits.move_x(SMOOTH, 1.0, "drag-1").merge_key == "drag-1"
    assert edits.move_x(SMOOTH, 1.0).merge_key is None
    assert dataclasses.asdict(edits.step(SMOOTH))["merge_key"] is None
