"""What every loss keeps, whatever it computes: one battery over all eight that take (input, target)."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

import core.losses as L
from core.errors import InputError
from core.params import specs

if TYPE_CHECKING:
    from core.losses import Loss

N, C, D = 6, 4, 3


class Case(NamedTuple):
    """A loss in one of its modes, with float64 arrays away from its kinks."""

    loss: Loss
    input: np.ndarray
    target: np.ndarray


def uniform(rng, low, high, shape=(N, C)):
    return rng.uniform(low, high, shape)


def cases() -> dict[str, Case]:
    """One seed a case, so that a new case changes no other."""
    made: dict[str, Case] = {}

    def add(name, make):
        made[name] = Case(*make(np.random.default_rng(len(made) + 1)))

    weight = np.array([0.5, 2.0, 1.0, 3.0])
    add("L1", lambda r: (L.L1Loss(), uniform(r, 1, 4) * r.choice([-1, 1], (N, C)), uniform(r, -0.5, 0.5)))
    add("SmoothL1", lambda r: (L.SmoothL1Loss(beta=1.3), uniform(r, -4, 4), uniform(r, -0.2, 0.2)))
    add("MSE", lambda r: (L.MSELoss(), uniform(r, -4, 4), uniform(r, -4, 4)))
    add("KLDiv", lambda r: (L.KLDivLoss(), uniform(r, -4, 0), r.dirichlet(np.ones(C), N)))
    add("KLDiv log", lambda r: (L.KLDivLoss(log_target=True), uniform(r, -4, 0), uniform(r, -4, 0)))
    add("BCE", lambda r: (L.BCELoss(), uniform(r, 0.05, 0.95), uniform(r, 0, 1)))
    add("BCE weight", lambda r: (L.BCELoss(weight=weight), uniform(r, 0.05, 0.95), uniform(r, 0, 1)))
    add("BCEWithLogits", lambda r: (L.BCEWithLogitsLoss(), uniform(r, -9, 9), uniform(r, 0, 1)))
    add(
        "BCEWithLogits weights",
        lambda r: (L.BCEWithLogitsLoss(weight=weight, pos_weight=weight + 1), uniform(r, -9, 9), uniform(r, 0, 1)),
    )
    add("NLL", lambda r: (L.NLLLoss(), uniform(r, -5, 0), r.integers(0, C, N)))
    add(
        "NLL options",
        lambda r: (L.NLLLoss(weight=weight, ignore_index=1), uniform(r, -5, 0, (N, C, D)), r.integers(0, C, (N, D))),
    )
    add("CrossEntropy", lambda r: (L.CrossEntropyLoss(), uniform(r, -5, 5), r.integers(0, C, N)))
    add(
        "CrossEntropy options",
        lambda r: (
            L.CrossEntropyLoss(weight=weight, ignore_index=1, label_smoothing=0.2),
            uniform(r, -5, 5, (N, C, D)),
            r.integers(0, C, (N, D)),
        ),
    )
    add(
        "CrossEntropy soft",
        lambda r: (
            L.CrossEntropyLoss(weight=weight, label_smoothing=0.2),
            uniform(r, -5, 5, (N, C, D)),
            np.moveaxis(r.dirichlet(np.ones(C), (N, D)), -1, 1),
        ),
    )
    return made


CASES = cases()
every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def reductions(loss: Loss) -> tuple[str, ...]:
    return next(spec.choices for spec in specs(type(loss)) if spec.name == "reduction")


def slope_along(case: Case, direction: np.ndarray, reduction: str) -> float:
    """d(sum of the value) along `direction`, by the five-point formula: its error falls as h to the fourth."""
    loss, h = replace(case.loss, reduction=reduction), 1e-4

    def value(step):
        return loss.evaluate(case.input + step * direction, case.target).value.sum()

    return (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h)


def gradient_error(case: Case, reduction: str, wrong_by: float = 1.0) -> float:
    """The largest difference from finite differences, relative to the largest derivative.

    Along single elements, and along random directions that touch all.
    """
    grad = replace(case.loss, reduction=reduction).evaluate(case.input, case.target).grad * wrong_by
    rng = np.random.default_rng(99)
    directions = [np.eye(1, grad.size, k).reshape(grad.shape) for k in range(0, grad.size, 5)]
    directions += [rng.standard_normal(grad.shape) for _ in range(3)]
    found = np.array([slope_along(case, direction, reduction) for direction in directions])
    said = np.array([(grad * direction).sum() for direction in directions])
    return float(np.abs(found - said).max() / np.abs(said).max())


def test_that_every_loss_but_ctc_has_a_case():
    assert {type(case.loss).__name__ for case in CASES.values()} == set(L.LOSSES) - {"CTCLoss"}


@every_case
def test_that_the_cases_are_spread_and_not_constant(case):
    assert case.input.std() > 0.2
    assert len(np.unique(case.input)) == case.input.size
    assert len(np.unique(case.target)) > 2


@every_case
def test_that_the_gradient_is_the_derivative_of_the_value(case):
    for reduction in reductions(case.loss):
        assert gradient_error(case, reduction) < 1e-8


@every_case
def test_that_a_gradient_wrong_by_one_percent_is_noticed(case):
    assert gradient_error(case, "mean", wrong_by=1.01) > 1e-3


@every_case
def test_that_value_is_the_sum_of_the_elements_over_the_divisor(case):
    elements = replace(case.loss, reduction="none").evaluate(case.input, case.target).value
    for reduction in set(reductions(case.loss)) - {"none"}:
        result = replace(case.loss, reduction=reduction).evaluate(case.input, case.target)
        assert result.value.shape == ()
        np.testing.assert_array_equal(result.elements, elements)
        assert float(result.value) == pytest.approx(elements.sum() / result.divisor.value, rel=1e-14)
        assert result.divisor.name


@every_case
def test_that_the_gradients_of_the_reductions_differ_by_the_divisor_alone(case):
    whole = replace(case.loss, reduction="sum").evaluate(case.input, case.target)
    none = replace(case.loss, reduction="none").evaluate(case.input, case.target)
    assert none.divisor.value == whole.divisor.value == 1
    np.testing.assert_array_equal(none.grad, whole.grad)
    for reduction in reductions(case.loss):
        result = replace(case.loss, reduction=reduction).evaluate(case.input, case.target)
        np.testing.assert_allclose(result.grad * result.divisor.value, whole.grad, rtol=1e-13, atol=1e-15)


@every_case
def test_that_read_only_arguments_are_taken_and_nothing_is_written(case):
    input, target = case.input.copy(), case.target.copy()
    expected = case.loss.evaluate(input, target)
    for array in (input, target):
        array.flags.writeable = False
    result = case.loss.evaluate(input, target)
    np.testing.assert_array_equal(result.value, expected.value)
    np.testing.assert_array_equal(input, case.input)
    np.testing.assert_array_equal(target, case.target)


@every_case
def test_that_no_result_shares_memory_with_an_argument(case):
    for reduction in reductions(case.loss):
        result = replace(case.loss, reduction=reduction).evaluate(case.input, case.target)
        for array in (result.value, result.grad, result.elements):
            assert not np.shares_memory(array, case.input)
            assert not np.shares_memory(array, case.target)


def cast(case: Case, dtype) -> Case:
    """The case in another dtype: weights with it, labels as they are."""
    arrays = {
        spec.name: getattr(case.loss, spec.name).astype(dtype)
        for spec in specs(type(case.loss))
        if spec.kind == "array" and getattr(case.loss, spec.name) is not None
    }
    target = case.target if case.target.dtype.kind == "i" else case.target.astype(dtype)
    return Case(replace(case.loss, **arrays), case.input.astype(dtype), target)


@every_case
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float16, 4e-3), (np.float32, 3e-6), (np.float64, 0)])
def test_that_dtype_in_is_dtype_out(case, dtype, tolerance):
    narrow = cast(case, dtype)
    widened = cast(narrow, np.float64)
    result = narrow.loss.evaluate(narrow.input, narrow.target)
    expected = widened.loss.evaluate(widened.input, widened.target)
    for name in ("value", "grad", "elements"):
        found, said = getattr(result, name), getattr(expected, name)
        assert found.dtype == dtype
        np.testing.assert_allclose(found, said, rtol=tolerance, atol=tolerance * np.abs(said).max())


@every_case
def test_that_the_layout_in_memory_does_not_matter(case):
    expected = case.loss.evaluate(case.input, case.target)
    spaced = np.repeat(case.input, 2, axis=0)[::2]
    for input in (np.asfortranarray(case.input), spaced, case.input.astype(">f8")):
        result = case.loss.evaluate(input, np.asfortranarray(case.target))
        np.testing.assert_allclose(result.grad, expected.grad, rtol=1e-14, atol=1e-16)
        assert result.grad.dtype == np.float64
        assert float(result.value) == pytest.approx(float(expected.value), rel=1e-14)


@every_case
def test_that_an_empty_batch_has_mean_nan_and_sum_0(case):
    input, target = case.input[:0], case.target[:0]
    for reduction, expected in (("mean", np.nan), ("sum", 0.0)):
        result = replace(case.loss, reduction=reduction).evaluate(input, target)
        np.testing.assert_equal(float(result.value), expected)
        assert result.grad.shape == input.shape
    assert replace(case.loss, reduction="none").evaluate(input, target).value.size == 0


@every_case
def test_that_lists_are_taken_as_arrays(case):
    result = case.loss.evaluate(case.input.tolist(), case.target.tolist())
    np.testing.assert_array_equal(result.grad, case.loss.evaluate(case.input, case.target).grad)


@every_case
@pytest.mark.parametrize("nonsense", [None, "text", [[1.0], [1.0, 2.0]], np.array(["a"])])
def test_that_what_is_no_array_of_numbers_is_refused_by_name(case, nonsense):
    with pytest.raises(InputError) as refused:
        case.loss.evaluate(nonsense, case.target)
    assert refused.value.field == "input"
    with pytest.raises(InputError) as refused:
        case.loss.evaluate(case.input, nonsense)
    assert refused.value.field == "target"


@pytest.mark.parametrize("case", [case for case in CASES.values() if case.loss.name != "BCELoss"])
def test_that_nan_and_inf_are_results_and_not_warnings(case):
    for extreme in (np.nan, np.inf, -np.inf, 1e300, -1e300):
        input = case.input.copy()
        input.flat[:: max(input.size // 7, 1)] = extreme
        assert case.loss.evaluate(input, case.target).grad.shape == input.shape


@every_case
def test_that_temporary_memory_is_at_most_three_times_the_input(case):
    input, target = np.concatenate([case.input] * 5000), np.concatenate([case.target] * 5000)
    case.loss.evaluate(case.input, case.target)
    tracemalloc.start()
    result = case.loss.evaluate(input, target)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.grad.nbytes <= kept
    assert peak - kept <= 3.02 * input.nbytes


@every_case
def test_that_a_reduction_of_another_loss_is_refused_when_constructed(case):
    wrong = "avg" if isinstance(case.loss, L.KLDivLoss) else "batchmean"
    with pytest.raises(InputError) as refused:
        replace(case.loss, reduction=wrong)
    assert refused.value.field == "reduction"


@every_case
def test_that_an_evaluation_is_the_same_every_time(case):
    first, second = (case.loss.evaluate(case.input, case.target) for _ in range(2))
    np.testing.assert_array_equal(first.value, second.value)
    np.testing.assert_array_equal(first.grad, second.grad)
