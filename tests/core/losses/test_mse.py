"""MSELoss by hand; numbers marked torch are those of torch 2.13.0."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.losses import MSELoss


def test_that_there_is_neither_a_half_nor_a_root():
    result = MSELoss().evaluate(np.array([3.0, 0.0]), np.array([0.0, 1.0]))
    assert float(result.value) == 5
    np.testing.assert_array_equal(result.grad, [3, -1])


def test_that_a_column_against_a_row_compares_all_pairs():
    """torch: arange(4)[:, None] against arange(4) is 2.5, although the numbers are the same."""
    assert float(MSELoss().evaluate(np.arange(4.0)[:, None], np.arange(4.0)).value) == 2.5


def test_that_float16_overflows_in_the_loss_and_not_in_the_gradient():
    """torch: d = 300 has loss inf and gradient 600; 255.9 has 65472."""
    result = MSELoss(reduction="none").evaluate(np.array([300, 255.9], np.float16), np.zeros(2, np.float16))
    np.testing.assert_array_equal(result.value, np.array([np.inf, 65472], np.float16))
    assert result.grad[0] == 600


def test_that_a_float16_mean_is_summed_wider():
    """torch: the mean of 1000 float16 elements of 40000 is 40000."""
    input = np.full(1000, 200, np.float16)
    assert float(MSELoss().evaluate(input, np.zeros(1000, np.float16)).value) == 40000
    assert np.isposinf(MSELoss(reduction="sum").evaluate(input, np.zeros(1000, np.float16)).value)


def test_that_a_float16_mean_gradient_underflows_as_in_torch():
    """torch: d = 1e-3 and N = 1e5 has gradient exactly 0."""
    result = MSELoss().evaluate(np.full(100_000, 1e-3, np.float16), np.zeros(100_000, np.float16))
    assert not result.grad.any()


def test_that_the_gradient_of_a_huge_difference_does_not_overflow_on_the_way():
    """2 d is beyond float32, (2 / N) d is not."""
    result = MSELoss().evaluate(np.full(4, 3e38, np.float32), np.zeros(4, np.float32))
    np.testing.assert_allclose(result.grad, np.float32(1.5e38), rtol=1e-6)


def test_that_inf_minus_inf_is_nan_in_value_and_gradient():
    result = MSELoss(reduction="none").evaluate(np.array([np.inf, np.inf]), np.array([np.inf, 0]))
    np.testing.assert_array_equal(result.value, [np.nan, np.inf])
    np.testing.assert_array_equal(result.grad, [np.nan, np.inf])


@pytest.mark.parametrize(("input", "target"), [("i8", "i8"), ("?", "i8"), ("c8", "f4"), ("f4", "c8")])
def test_that_integers_on_both_sides_and_complex_numbers_are_refused(input, target):
    with pytest.raises(InputError):
        MSELoss().evaluate(np.ones(2, input), np.ones(2, target))


def test_that_an_integer_input_has_a_gradient_in_the_dtype_of_the_loss():
    result = MSELoss().evaluate(np.array([1, 2]), np.array([0, 0], np.float32))
    assert result.grad.dtype == np.float32
    np.testing.assert_array_equal(result.grad, [1, 2])
