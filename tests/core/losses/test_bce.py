"""BCELoss by hand; numbers marked torch are those of torch 2.13.0."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import InputError
from core.losses import BCELoss
from core.losses.bce import plain


def test_that_the_weights_are_not_in_the_divisor():
    """torch: weights (1, 3) at 1/2 give 1.3863, not 0.6931."""
    result = BCELoss(weight=np.array([1.0, 3.0])).evaluate(np.full(2, 0.5), np.array([1.0, 0.0]))
    assert float(result.value) == pytest.approx(2 * math.log(2))
    assert (result.divisor.value, result.divisor.name) == (2, "number of elements")


@pytest.mark.parametrize(("dtype", "grad"), [(np.float64, -1000000003995.80), (np.float32, -999999995904.0)])
def test_that_the_value_is_clamped_at_100_and_the_gradient_is_not_0(dtype, grad):
    """torch: at input 0, target 1."""
    result = BCELoss().evaluate(np.array(0, dtype), np.array(1, dtype))
    assert float(result.value) == 100
    assert float(result.grad) == pytest.approx(grad, rel=1e-7 if dtype is np.float32 else 1e-13)


def test_that_the_gradient_stops_growing_below_1e_12():
    """torch: input 1e-13 has -1e12 where -1 / x is -1e13."""
    assert float(BCELoss().evaluate(1e-13, 1.0).grad) == pytest.approx(-1e12, rel=1e-6)
    assert float(BCELoss().evaluate(1e-11, 1.0).grad) == pytest.approx(-1e11, rel=1e-6)


def test_that_a_right_certainty_costs_nothing():
    result = BCELoss(reduction="none").evaluate(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    assert not result.value.any()
    assert not result.grad.any()


def test_that_a_soft_target_has_its_entropy_as_the_minimum():
    """torch: target 0.3 has 0.6109 with gradient 0."""
    result = BCELoss().evaluate(0.3, 0.3)
    assert float(result.value) == pytest.approx(0.6108643, rel=1e-6)
    assert float(result.grad) == 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_skipping_the_clamps_changes_nothing(dtype):
    """The clamps are left out unless one can act; `plain` always has them."""
    rng = np.random.default_rng(4)
    near_0 = 10.0 ** rng.uniform(-46, 0, 2000)
    x = np.concatenate([near_0, 1 - near_0, rng.uniform(0, 1, 2000), [0, 1, 0, 1, 1e-12]]).astype(dtype)
    t = rng.choice([0, 1, 0.3, 1e-9], x.size).astype(dtype)
    tolerance = 4 * np.finfo(dtype).eps
    for part in (slice(None), slice(4000, 6000)):  # with and without extremes
        result = BCELoss(reduction="none").evaluate(x[part], t[part])
        value, slope = plain(x[part], t[part]) if part.start else plain_quietly(x, t)
        np.testing.assert_allclose(result.value, value, rtol=tolerance)
        np.testing.assert_allclose(result.grad, slope, rtol=tolerance)


@np.errstate(divide="ignore")  # log 0
def plain_quietly(x, t):
    return plain(x, t)


@pytest.mark.parametrize("value", [-1e-7, 1.0000001, 255, -1, np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("field", ["input", "target"])
def test_that_what_is_no_probability_is_refused_with_its_place(field, value):
    arrays = {"input": np.full((2, 3), 0.5), "target": np.full((2, 3), 0.5)}
    arrays[field][1, 2] = value
    with pytest.raises(InputError, match=r"Element \(1, 2\) is") as refused:
        BCELoss().evaluate(**arrays)
    assert refused.value.field == field


@pytest.mark.parametrize("dtype", ["f8", "f2", "i8", "?"])
def test_that_a_target_of_another_dtype_is_refused(dtype):
    """torch: Found dtype Double but expected Float."""
    with pytest.raises(InputError, match="one dtype") as refused:
        BCELoss().evaluate(np.full(2, 0.5, np.float32), np.ones(2, dtype))
    assert refused.value.field == "target"


def test_that_shapes_are_not_broadcast():
    with pytest.raises(InputError):
        BCELoss().evaluate(np.full((4, 1), 0.5), np.full(4, 0.5))


@pytest.mark.parametrize("shape", [(2,), (4,), (1, 2, 3), (3, 1), (0,)])
def test_that_a_weight_which_would_enlarge_or_not_fit_is_refused(shape):
    with pytest.raises(InputError) as refused:
        BCELoss(weight=np.ones(shape)).evaluate(np.full((2, 3), 0.5), np.ones((2, 3)))
    assert refused.value.field == "weight"


def test_that_a_weight_of_n_is_taken_by_column_if_n_is_c():
    result = BCELoss(weight=np.array([1, 10]), reduction="none").evaluate(np.full((2, 2), 0.5), np.ones((2, 2)))
    np.testing.assert_allclose(result.value, math.log(2) * np.array([[1, 10], [1, 10]]))
