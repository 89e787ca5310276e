"""SmoothL1Loss by hand and against its definition; numbers marked torch are those of torch 2.13.0."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import InputError
from core.losses import L1Loss, MSELoss, SmoothL1Loss
from core.losses.smooth_l1 import plain


@pytest.mark.parametrize(("beta", "value"), [(0.25, 2.875), (1.0, 2.5), (2.0, 2.0)])
def test_the_value_at_a_distance_of_3(beta, value):
    """torch: 2.875 at beta 0.25 and 2.0 at beta 2."""
    assert float(SmoothL1Loss(beta=beta).evaluate(3.0, 0.0).value) == value


@pytest.mark.parametrize("beta", [0.1, 0.5, 1.0, 2.0])
def test_that_both_branches_meet_at_beta_in_value_and_slope(beta):
    result = SmoothL1Loss(beta=beta, reduction="none").evaluate(np.array([beta, -beta]), np.zeros(2))
    np.testing.assert_allclose(result.value, beta / 2, rtol=1e-15)
    np.testing.assert_array_equal(result.grad, [1, -1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("beta", [1e-30, 1e-3, 0.7, 1.0, 20.0, 1e4])
def test_that_the_clipped_form_is_the_definition(dtype, beta):
    rng = np.random.default_rng(3)
    d = (rng.choice([-1, 1], 4000) * 10.0 ** rng.uniform(-12, 12, 4000)).astype(dtype)
    d = np.append(d, np.array([0, beta, -beta, np.nextafter(beta, 0), np.inf, -np.inf, np.nan], dtype))
    result = SmoothL1Loss(beta=beta, reduction="none").evaluate(d, np.zeros_like(d))
    value, slope = plain(d.astype(np.float64), float(dtype(beta)))
    np.testing.assert_allclose(result.value, value, rtol=4 * np.finfo(dtype).eps)
    np.testing.assert_allclose(result.grad, slope, rtol=4 * np.finfo(dtype).eps)


def test_that_beta_0_is_the_l1_loss():
    d = np.array([-3.0, 0.0, 0.2, np.nan])
    for name in ("value", "grad"):
        expected = getattr(L1Loss(reduction="none").evaluate(d, 0.0), name)
        np.testing.assert_array_equal(getattr(SmoothL1Loss(reduction="none", beta=0).evaluate(d, 0.0), name), expected)


def test_that_a_beta_below_the_dtype_is_the_l1_loss():
    d = np.array([1e-40, -2, 0], np.float32)
    result = SmoothL1Loss(reduction="none", beta=1e-300).evaluate(d, np.zeros(3, np.float32))
    np.testing.assert_array_equal(result.grad, [1, -1, 0])


def test_that_an_infinite_beta_makes_it_0():
    """torch: value and gradient 0; an infinite difference has value nan and gradient 1."""
    result = SmoothL1Loss(reduction="none", beta=math.inf).evaluate(np.array([3.0, -1.0, np.inf]), np.zeros(3))
    np.testing.assert_array_equal(result.value, [0, 0, np.nan])
    np.testing.assert_array_equal(result.grad, [0, 0, 1])


def test_that_a_wide_parabola_is_the_squared_error_over_2_beta():
    rng = np.random.default_rng(0)
    input, target = rng.standard_normal((2, 50))
    wide, square = SmoothL1Loss(beta=50).evaluate(input, target), MSELoss().evaluate(input, target)
    assert float(wide.value) == pytest.approx(float(square.value) / 100)
    np.testing.assert_allclose(wide.grad, square.grad / 100)


@pytest.mark.parametrize("beta", [-1.0, math.nan, -math.inf, "1", None, 1j])
def test_that_a_beta_below_0_or_no_number_is_refused(beta):
    with pytest.raises(InputError) as refused:
        SmoothL1Loss(beta=beta)
    assert refused.value.field == "beta"
