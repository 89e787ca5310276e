from __future__ import annotations

import numpy as np
import pytest

from core.reduction import BATCH_SIZE, ELEMENTS, NOTHING, UNDIVIDED, Divisor, divisor_of, reduced

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
