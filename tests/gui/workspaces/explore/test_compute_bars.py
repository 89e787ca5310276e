"""The numbers behind the bars, the slice and the line search."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.links import apply_link
from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.problem import Problem
from gui.workspaces.explore.compute_bars import BarsResult, compute, request
from gui.workspaces.explore.present_bars import BarsModel, present
from gui.workspaces.explore.state import ExploreState, RowProbe

SMOOTHED = CrossEntropyLoss(label_smoothing=0.1)
SOFT = np.array([0.2, 0.5, 0.1, 0.2, 0.0])
WEIGHT = np.array([1.0, 2.5, 1.0, 1.0, 100.0])


def state_of(classes: int | None = None, **changes: object) -> ExploreState:
    probe = RowProbe()
    if classes is not None:
        z = np.random.default_rng(classes).normal(0, 2, classes)
        probe = RowProbe(z=z, names=tuple(f"class {c}" for c in range(classes)), target=1, focus=0)
    return ExploreState(tab="bars", classes=replace(probe, **changes))


def result_of(loss, state: ExploreState) -> BarsResult:
    return compute(request(Problem(loss), state))


def model_of(loss, state: ExploreState) -> BarsModel:
    return present(Problem(loss), state, result_of(loss, state))


def test_the_default_row_reads_as_in_the_picture() -> None:
    model = model_of(SMOOTHED, state_of())
    assert f"{model.value:.4f}" == "1.3693"
    assert f"{model.gradient_norm:.4f}" == "0.8448"
    assert model.bars.logits.labels == ("+2.10", "+1.40", "−0.60", "+0.30", "−1.50")
    assert model.bars.probabilities.labels == ("0.569", "0.283", "0.038", "0.094", "0.016")
    assert model.bars.gradient.labels == ("+0.549", "−0.637", "+0.018", "+0.074", "−0.004")
    assert model.line is not None
    assert str(model.line.best.text) == "best η = 3.5, ℓ = 0.405"
    assert model.line.floor is not None
    assert str(model.line.floor.text) == "floor 0.390"


def test_value_and_gradient_are_those_of_the_loss_itself() -> None:
    model = model_of(SMOOTHED, state_of())
    z = RowProbe().z.astype(np.float32)[None]
    exact = CrossEntropyLoss(label_smoothing=0.1, reduction="sum").evaluate(z, np.array([1]))
    assert model.value == float(exact.value)
    np.testing.assert_allclose(model.bars.gradient.values, exact.grad[0], rtol=1e-6)


@pytest.mark.parametrize(
    ("loss", "changes"),
    [
        (SMOOTHED, {}),
        (CrossEntropyLoss(weight=WEIGHT), {"soft": SOFT}),
        (CrossEntropyLoss(), {"link": "softmax"}),
        (NLLLoss(), {"link": "softmax"}),
        (KLDivLoss(), {"link": "log_softmax", "soft": SOFT}),
    ],
)
def test_the_line_search_starts_at_the_loss_and_its_best_step_is_lowest(loss, changes) -> None:
    result = result_of(loss, state_of(**changes))
    assert result.line is not None
    assert result.line.loss[0] == pytest.approx(result.point.value, rel=1e-6)
    assert result.line.best[1] <= result.line.loss.min() + 1e-7
    if result.floor is not None:
        assert result.line.loss.min() >= result.floor - 1e-5


def test_a_gradient_a_thousand_times_steeper_has_a_best_step_that_is_found() -> None:
    line = result_of(CrossEntropyLoss(weight=1000 * np.ones(5), label_smoothing=0.1), state_of()).line
    assert line is not None
    assert line.best[0] == pytest.approx(3.5e-3, abs=1e-4)
    assert line.eta[-1] < 0.1


def test_the_slice_is_the_loss_with_two_logits_exchanged() -> None:
    state = state_of()
    result = result_of(SMOOTHED, state)
    assert result.slice is not None
    assert result.slice.relief is not None
    for level, pieces in result.slice.relief.lines:
        for piece in pieces:
            z = np.tile(state.classes.z, (len(piece), 1))
            z[:, :2] = piece
            exact = CrossEntropyLoss(label_smoothing=0.1, reduction="none").evaluate(z, np.ones(len(z), np.int64))
            np.testing.assert_allclose(exact.value, level, atol=0.01 * max(level, 1))


def test_arrows_point_down_the_loss_and_vanish_where_it_is_flat() -> None:
    cut = result_of(SMOOTHED, state_of()).slice
    assert cut is not None
    z = np.tile(RowProbe().z, (len(cut.tails), 1))
    z[:, :2] = cut.tails
    exact = CrossEntropyLoss(label_smoothing=0.1, reduction="sum").evaluate(z, np.ones(len(z), np.int64)).grad
    np.testing.assert_allclose(cut.gradients, exact[:, :2], atol=2e-6)


def test_a_thousand_classes_give_the_same_slice_through_splines() -> None:
    state = state_of(1000)
    cut = result_of(CrossEntropyLoss(), state).slice
    assert cut is not None
    z = np.tile(state.classes.z, (len(cut.tails), 1))
    z[:, :2] = cut.tails
    exact = CrossEntropyLoss(reduction="sum").evaluate(z, np.ones(len(z), np.int64)).grad
    np.testing.assert_allclose(cut.gradients, exact[:, :2], atol=2e-3)


def test_the_window_of_the_slice_grows_with_the_probe() -> None:
    z = np.array([11.2, 1.4, -0.6, 0.3, -7.0])
    model = model_of(SMOOTHED, state_of(z=z, pair=(0, 4)))
    assert model.slice is not None
    assert model.slice.extent == (-4, 12, -8, 5)


def test_requests_are_equal_while_what_they_hold_is_shared() -> None:
    problem, state = Problem(SMOOTHED), state_of()
    asked = request(problem, state)
    assert asked == request(problem, replace(state, flow=True))
    assert asked == request(problem, replace(state, classes=replace(state.classes, focus=3)))
    assert asked != request(problem, replace(state, dtype="float64"))
    assert asked != request(Problem(CrossEntropyLoss()), state)
    assert asked != request(problem, replace(state, classes=replace(state.classes, pair=(1, 2))))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_numbers_are_those_of_the_dtype(dtype) -> None:
    state = replace(state_of(), dtype=dtype)
    point = result_of(SMOOTHED, state).point
    assert point.p.dtype == dtype
    np.testing.assert_array_equal(point.p, apply_link("softmax", RowProbe().z.astype(dtype)))


def test_kl_without_a_distribution_takes_the_class_as_certain() -> None:
    kl = result_of(KLDivLoss(), state_of(link="log_softmax")).point.value
    ce = result_of(CrossEntropyLoss(), state_of()).point.value
    assert kl == pytest.approx(ce, rel=1e-6)


def test_log_target_gets_the_logarithm_of_the_same_distribution() -> None:
    soft = np.array([0.2, 0.5, 0.1, 0.15, 0.05])
    plain, logged = (result_of(KLDivLoss(log_target=flag), state_of(link="log_softmax", soft=soft)).point.value
                     for flag in (False, True))  # fmt: skip
    assert plain == pytest.approx(logged, rel=1e-5)


def test_nll_behind_softmax_is_negative() -> None:
    assert result_of(NLLLoss(), state_of(link="softmax")).point.value == pytest.approx(-0.28273, abs=1e-5)


def test_a_row_without_finite_loss_still_has_bars_and_a_reason() -> None:
    for changes in ({"z": np.array([1.0, -np.inf, 0.0])}, {"z": np.array([np.nan, 1.0, 0.0])}, {"target": 9}):
        model = model_of(CrossEntropyLoss(), state_of(**changes))
        assert model.slice is None
        assert model.empty is not None
        assert model.notes
