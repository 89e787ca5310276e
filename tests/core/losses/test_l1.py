"""L1Loss by hand; numbers marked torch are those of torch 2.13.0."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.losses import L1Loss


def test_that_the_mean_is_the_mean_absolute_error():
    result = L1Loss().evaluate(np.array([1.0, 2.0, 5.0]), np.array([2.0, 2.0, 1.0]))
    assert float(result.value) == pytest.approx(5 / 3)
    assert result.divisor.name == "number of elements"
    assert result.divisor.value == 3


def test_that_the_gradient_is_0_at_the_kink():
    """torch: [-1, 0, 2, -0] gives [-1, 0, 1, 0]."""
    result = L1Loss(reduction="sum").evaluate(np.array([-1.0, 0.0, 2.0, -0.0]), np.zeros(4))
    np.testing.assert_array_equal(result.grad, [-1, 0, 1, 0])


def test_that_nan_and_inf_minus_inf_have_loss_nan_and_gradient_0():
    """torch: inf - inf and nan have gradient 0, inf - 0 has 1."""
    result = L1Loss(reduction="none").evaluate(np.array([np.inf, np.inf, -np.inf, np.nan]), np.array([np.inf, 0, 0, 0]))
    np.testing.assert_array_equal(result.value, [np.nan, np.inf, np.inf, np.nan])
    np.testing.assert_array_equal(result.grad, [0, 1, -1, 0])


def test_that_a_complex_difference_has_a_real_loss():
    """torch: |3 + 4j| is 5 and its gradient 0.6 + 0.8j."""
    result = L1Loss(reduction="none").evaluate(np.array([3 + 4j, 1], np.complex64), np.array([0, 1], np.complex64))
    np.testing.assert_array_equal(result.value, np.array([5, 0], np.float32))
    np.testing.assert_allclose(result.grad, np.array([0.6 + 0.8j, 0], np.complex64), rtol=1e-7)
    assert (result.value.dtype, result.grad.dtype) == (np.float32, np.complex64)


def test_that_a_real_input_against_a_complex_target_has_a_real_gradient():
    """torch: input [3, 0, 1], target [1 + 1j, 1, 1] gives the sum 3.2360680 and [0.8944272, -1, 0]."""
    result = L1Loss(reduction="sum").evaluate(np.array([3.0, 0.0, 1.0], np.float32), np.array([1 + 1j, 1, 1], "c8"))
    assert float(result.value) == pytest.approx(3.2360680, rel=1e-7)
    np.testing.assert_allclose(result.grad, [0.8944272, -1, 0], rtol=1e-7)


def test_that_integers_have_a_sum_but_no_mean():
    """torch: the sum of int is int64; mean() could not infer output dtype."""
    input, target = np.array([1, 9], np.int32), np.array([3, 4], np.int32)
    result = L1Loss(reduction="sum").evaluate(input, target)
    assert int(result.value) == 7
    assert result.value.dtype == np.int64
    with pytest.raises(InputError, match="mean of integers"):
        L1Loss().evaluate(input, target)


@pytest.mark.parametrize("field", ["input", "target"])
def test_that_bool_is_refused(field):
    arrays = {"input": np.zeros(2), "target": np.zeros(2)} | {field: np.zeros(2, bool)}
    with pytest.raises(InputError) as refused:
        L1Loss().evaluate(**arrays)
    assert refused.value.field == field
