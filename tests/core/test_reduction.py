from __future__ import annotations

import numpy as np
import pytest

from core.reduction import BATCH_SIZE, ELEMENTS, NOTHING, UNDIVIDED, Divisor, counted, divisor_of, reduced, sum_over

MEAN = Divisor(4.0, ELEMENTS)


@pytest.mark.parametrize(
    ("reduction", "divisor"),
    [
        ("mean", MEAN),
        ("batchmean", Divisor(2.0, BATCH_SIZE)),
        ("sum", Divisor(1.0, NOTHING)),
        ("none", Divisor(1.0, NOTHING)),
    ],
)
def test_that_each_reduction_names_what_it_divides_by(reduction, divisor):
    assert divisor_of(reduction, MEAN, 2) == divisor


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_that_a_mean_is_a_number_in_the_dtype_of_its_elements(dtype):
    value = reduced(np.array([[1, 2], [3, 6]], dtype), "mean", MEAN)
    assert (float(value), value.dtype, value.shape) == (3, dtype, ())


def test_that_none_gives_the_elements_themselves():
    elements = np.arange(3.0)
    assert reduced(elements, "none", UNDIVIDED) is elements


def test_that_16_bits_are_summed_wider_and_rounded_once():
    elements = np.full(70_000, 1.0, np.float16)
    assert float(reduced(elements, "mean", Divisor(70_000.0, ELEMENTS))) == 1


def test_that_integers_are_summed_in_int64():
    value = reduced(np.full(3, 255, np.uint8), "sum", UNDIVIDED)
    assert (int(value), value.dtype) == (765, np.int64)


def test_that_an_empty_mean_is_nan_and_an_empty_sum_0():
    with np.errstate(all="ignore"):
        assert np.isnan(reduced(np.empty((0, 3)), "mean", Divisor(0.0, ELEMENTS)))
    assert float(reduced(np.empty((0, 3)), "sum", UNDIVIDED)) == 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (1,), (90, 91), (91, 91), (3, 4, 5), (8192,), (8193,)])
def test_that_a_sum_is_the_same_short_and_long(dtype, shape):
    elements = np.random.default_rng(0).uniform(0, 1, shape).astype(dtype)
    for given in (elements, np.asfortranarray(elements)):
        value = reduced(given, "sum", UNDIVIDED)
        assert (value.dtype, value.shape) == (dtype, ())
        assert float(value) == pytest.approx(float(elements.sum(dtype=np.float64)), rel=4 * float(np.finfo(dtype).eps))


@pytest.mark.parametrize("shape", [(4,), (3, 4), (1000, 20), (3, 4, 5)])
def test_that_a_sum_over_an_axis_keeps_it(shape):
    elements = np.random.default_rng(0).uniform(0, 1, shape)
    axis = min(len(shape) - 1, 1)
    np.testing.assert_allclose(sum_over(elements, axis), elements.sum(axis=axis, keepdims=True), rtol=1e-14)


def test_that_infinities_and_nan_pass_through_a_sum():
    for values, expected in (([1, np.inf], np.inf), ([np.inf, -np.inf], np.nan), ([np.nan, 1], np.nan)):
        with np.errstate(invalid="ignore"):
            np.testing.assert_equal(float(reduced(np.array(values), "sum", UNDIVIDED)), expected)


def test_that_a_number_of_things_is_a_divisor_with_its_name():
    assert counted(4, ELEMENTS) == MEAN
