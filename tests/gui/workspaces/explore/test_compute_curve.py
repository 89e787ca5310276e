"""The curves are core's numbers, and lie where they say."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import core.losses as nn
from core.batch import Batch
from core.problem import Problem
from gui.workspaces.explore.compute_curve import compute, request
from gui.workspaces.explore.curve_range import Span
from gui.workspaces.explore.state import ExploreState, RowProbe, ScalarProbe

SOFT = np.array([0.1, 0.6, 0.1, 0.1, 0.1])
CASES = {
    "l1": (nn.L1Loss(), ExploreState(dtype="float64")),
    "smooth l1": (nn.SmoothL1Loss(beta=0.7), ExploreState(dtype="float64")),
    "mse": (nn.MSELoss(), ExploreState(scalar=ScalarProbe(70, 150), dtype="float64")),
    "bce p": (nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.2, 1.0), dtype="float64")),
    "bce z": (nn.BCELoss(), ExploreState(scalar=ScalarProbe(1.0, 0.0, "logit"), dtype="float64")),
    "logits": (nn.BCEWithLogitsLoss(pos_weight=np.array([3.0])), ExploreState(dtype="float64")),
    "logits p": (nn.BCEWithLogitsLoss(), ExploreState(scalar=ScalarProbe(0.3, 0.0, "probability"), dtype="float64")),
    "ce": (nn.CrossEntropyLoss(label_smoothing=0.1), ExploreState(dtype="float64")),
    "nll": (nn.NLLLoss(), ExploreState(classes=RowProbe(link="log_softmax"), dtype="float64")),
    "softmax twice": (nn.CrossEntropyLoss(), ExploreState(classes=RowProbe(link="softmax"), dtype="float64")),
    "kl": (nn.KLDivLoss(), ExploreState(classes=RowProbe(link="log_softmax", soft=SOFT), dtype="float64")),
}


def computed(loss, state, span=None):
    return compute(request(Problem(loss), state, span))


@pytest.mark.parametrize("case", CASES)
def test_the_gradient_curve_is_the_finite_difference_away_from_breaks(case):
    result = computed(*CASES[case])
    trace = result.traces[0]
    low, high = result.span.low, result.span.high
    x = np.linspace(low, high, 41)[1:-1]
    x = x[(x > 0.01) & (x < 0.99)] if result.space == "probability" else x
    breaks = [jump.x for jump in trace.jumps]
    beta = getattr(trace.loss, "beta", None)
    breaks += [0.5 - beta, 0.5 + beta] if beta else []
    h = 1e-6 * (high - low)
    x = np.array([each for each in x if all(abs(each - b) > 10 * h for b in breaks)])
    before, after = trace.sweep.evaluate(x - h)[0], trace.sweep.evaluate(x + h)[0]
    slope = np.interp(x, result.x, trace.slope)
    size = np.max(np.abs(trace.sweep.evaluate(x)[1]))
    np.testing.assert_allclose(trace.sweep.evaluate(x)[1], (after - before) / (2 * h), rtol=2e-4, atol=2e-4 * size)
    np.testing.assert_allclose(slope, trace.sweep.evaluate(x)[1], rtol=5e-3, atol=5e-3 * size)


@pytest.mark.parametrize("case", CASES)
def test_the_probe_lies_on_the_curve(case):
    result = computed(*CASES[case])
    i = int(np.flatnonzero(result.x == result.here)[0])
    # A row alone and a row among a thousand are summed in another order.
    at = (result.traces[0].value[i], result.traces[0].slope[i])
    assert at == pytest.approx(result.traces[0].at, rel=1e-13)


def test_the_curve_is_what_the_loss_returns_in_the_dtype_of_the_probe():
    result = computed(nn.SmoothL1Loss(reduction="sum"), ExploreState())
    x = result.x.astype(np.float32)
    own = nn.SmoothL1Loss(reduction="none").evaluate(x, np.full_like(x, 0.5))
    assert np.array_equal(result.traces[0].value, own.elements.astype(np.float64))
    assert np.array_equal(result.traces[0].slope, own.grad.astype(np.float64))


def test_the_row_curve_is_what_the_loss_returns_for_the_moved_score():
    state = ExploreState()
    result = computed(nn.CrossEntropyLoss(weight=np.array([1, 2, 3, 4, 5.0])), state)
    z = np.tile(state.classes.z.astype(np.float32), (result.x.size, 1))
    z[:, 1] = result.x
    weight = np.array([1, 2, 3, 4, 5.0], np.float32)
    own = nn.CrossEntropyLoss(reduction="none", weight=weight).evaluate(z, np.ones(len(z), np.int64))
    np.testing.assert_allclose(result.traces[0].value, own.elements, rtol=1e-6)
    np.testing.assert_allclose(result.traces[0].slope, own.grad[:, 1], rtol=1e-5, atol=1e-7)


def test_the_kink_of_l1_is_on_the_grid_with_both_sides():
    jump = computed(nn.L1Loss(), ExploreState()).traces[0].jumps[0]
    assert (jump.x, jump.slopes) == (0.5, (-1.0, 0.0, 1.0))
    assert not jump.in_value


def test_smooth_l1_has_branch_points_on_the_grid_but_no_jump():
    result = computed(nn.SmoothL1Loss(), ExploreState())
    assert {-0.5, 0.5, 1.5} <= set(result.x.tolist())
    assert result.traces[0].jumps == ()


def test_bce_over_logits_jumps_where_the_sigmoid_rounds_to_1():
    (jump,) = computed(nn.BCELoss(), ExploreState(scalar=ScalarProbe(18.0, 0.0, "logit"))).traces[0].jumps
    assert jump.x == pytest.approx(16.6355, abs=1e-4)
    assert jump.values[1] == 100
    assert jump.slopes[1] == 0


@pytest.mark.parametrize(
    ("loss", "state", "span"),
    [
        (nn.SmoothL1Loss(), ExploreState(), (-3, 4)),
        (nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.2, 1.0)), (-0.02, 1.02)),
        (nn.BCEWithLogitsLoss(), ExploreState(), (-8, 8)),
        (nn.CrossEntropyLoss(), ExploreState(), (-4, 5)),
    ],
)
def test_the_axis_begins_with_a_sensible_range(loss, state, span):
    result = computed(loss, state)
    assert (result.span.low, result.span.high) == pytest.approx(span)
    assert result.fitted


def test_large_values_choose_a_range_that_shows_probe_target_and_beta():
    result = computed(nn.SmoothL1Loss(beta=40.0), ExploreState(scalar=ScalarProbe(70, 150)))
    assert result.home.span.low < 70 < 110 < 150 < 190 < result.home.span.high
    assert result.home.value[1] > 6400 / 80


def test_a_range_in_view_stays_as_long_as_it_holds_the_probe():
    problem, state = Problem(nn.SmoothL1Loss()), ExploreState()
    span = Span(compute(request(problem, state)).span.key, 0.0, 2.0)
    kept = compute(request(problem, state, span))
    assert (kept.span, kept.fitted) == (span, False)
    assert kept.x[0] == 0.0
    left = compute(request(problem, dataclasses.replace(state, scalar=ScalarProbe(5.0)), span))
    assert left.fitted
    assert left.span.high > 5


def test_a_range_chosen_for_another_loss_or_row_is_not_used():
    span = Span("SmoothL1Loss number None", 0.0, 2.0)
    assert computed(nn.MSELoss(), ExploreState(), span).fitted
    assert computed(nn.SmoothL1Loss(), ExploreState(row=3), span).fitted


def test_an_overflow_is_computed_and_not_fitted_in():
    result = computed(nn.MSELoss(), ExploreState(scalar=ScalarProbe(300, 0), dtype="float16"))
    assert result.traces[0].at == (np.inf, 600)
    assert result.home.value[1] < 1e5


@pytest.mark.parametrize("x", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("loss", [nn.L1Loss(), nn.SmoothL1Loss(), nn.MSELoss(), nn.BCEWithLogitsLoss()])
def test_a_probe_at_no_finite_place_still_gives_curves(loss, x):
    result = computed(loss, ExploreState(scalar=ScalarProbe(x, 0.5)))
    assert np.isfinite(result.traces[0].value).sum() > 900


def test_what_the_loss_refuses_has_no_curve_but_a_reason():
    result = computed(nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.5, 1.5)))
    assert result.traces == ()
    assert result.refusal is not None


def test_pins_are_evaluated_at_the_same_target_and_others_left_out():
    result = computed(nn.SmoothL1Loss(), ExploreState(pins=(nn.L1Loss(), nn.CrossEntropyLoss(), nn.MSELoss())))
    assert [trace.loss.name for trace in result.traces] == ["SmoothL1Loss", "L1Loss", "MSELoss"]
    assert [trace.at[0] for trace in result.traces] == pytest.approx([0.245, 0.7, 0.49])


def test_a_squared_error_beside_logits_scores_the_probability():
    result = computed(nn.BCEWithLogitsLoss(), ExploreState(scalar=ScalarProbe(-10.0, 1.0), pins=(nn.MSELoss(),)))
    logits, squared = (trace.at[1] for trace in result.traces)
    assert logits / squared == pytest.approx(11014, rel=1e-3)


def test_the_step_goes_down_by_rate_times_slope_and_stays_in_the_unit_interval():
    assert computed(nn.SmoothL1Loss(), ExploreState()).step.x == pytest.approx(0.85)
    step = computed(nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.2, 1.0))).step
    assert (step.x, step.wanted) == (1.0, pytest.approx(2.7))


def test_the_weights_are_those_of_the_loaded_element():
    loss = nn.BCEWithLogitsLoss(pos_weight=np.array([1.0, 5.0], np.float32))
    batch = Batch("two columns", loss, np.zeros((3, 2), np.float32), np.ones((3, 2), np.float32))
    state = ExploreState(scalar=ScalarProbe(0.0, 1.0), row=3)
    at = compute(request(Problem(loss, batch), state)).traces[0].at[0]
    assert at == pytest.approx(5 * np.log(2))


def test_equal_states_make_equal_requests():
    problem, state = Problem(nn.SmoothL1Loss()), ExploreState()
    assert request(problem, state) == request(problem, dataclasses.replace(state, tab="surface"))
    assert request(problem, state) != request(problem, dataclasses.replace(state, rate=0.1))


def test_a_thousand_classes_are_swept_in_time_with_fewer_points():
    state = ExploreState(classes=RowProbe(z=np.zeros(1000), names=(), focus=7))
    assert 100 <= computed(nn.CrossEntropyLoss(), state).x.size < 200
