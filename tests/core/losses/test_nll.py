"""NLLLoss by hand; numbers marked torch are those of torch 2.13.0."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.losses import NLLLoss


def test_that_the_weighted_mean_divides_by_the_weights_of_the_labels():
    """torch: terms (1, 10) already weighted with (1, 4) have the mean 11 / 5 = 2.2, not 5.5."""
    input = np.array([[-1.0, 0.0], [0.0, -2.5]])
    result = NLLLoss(weight=np.array([1.0, 4.0])).evaluate(input, np.array([0, 1]))
    np.testing.assert_array_equal(result.elements, [1, 10])
    assert float(result.value) == pytest.approx(2.2)
    assert (result.divisor.value, result.divisor.name) == (5, "sum of w[y] over the kept rows")


def test_that_the_weight_of_a_single_class_cancels():
    input, target = np.array([[-1.0, -2.0], [-3.0, -4.0]]), np.array([1, 1])
    heavy = NLLLoss(weight=np.array([1.0, 7.0])).evaluate(input, target)
    plain = NLLLoss().evaluate(input, target)
    assert float(heavy.value) == float(plain.value) == 3
    np.testing.assert_allclose(heavy.grad, plain.grad)


def test_that_ignored_rows_count_neither_above_nor_below():
    input = np.array([[-1.0, -2.0], [np.nan, -np.inf], [-3.0, -4.0]])
    result = NLLLoss(ignore_index=7).evaluate(input, np.array([0, 7, 1]))
    assert float(result.value) == 2.5
    np.testing.assert_array_equal(result.grad, [[-0.5, 0], [0, 0], [0, -0.5]])
    assert (result.divisor.value, result.divisor.name) == (2, "number of rows kept (not ignored)")


def test_that_a_batch_with_every_row_ignored_has_mean_nan_and_gradient_0():
    input, target = np.full((3, 2), -1.0), np.full(3, -100)
    result = NLLLoss().evaluate(input, target)
    assert np.isnan(result.value)
    assert not result.grad.any()
    assert float(NLLLoss(reduction="sum").evaluate(input, target).value) == 0


def test_that_weights_that_are_all_0_give_nan_at_the_labels():
    """torch: mean nan, and the gradient nan at the target entries alone."""
    result = NLLLoss(weight=np.array([1.0, 0.0, 1.0])).evaluate(np.full((2, 3), -1.0), np.array([1, 1]))
    assert np.isnan(result.value)
    np.testing.assert_array_equal(result.grad, [[0, np.nan, 0]] * 2)


def test_that_negative_weights_are_taken():
    """torch: the sum of the weights is 0, so the gradient is -inf and inf."""
    result = NLLLoss(weight=np.array([1.0, -1.0, 1.0])).evaluate(np.array([[1.0, 0, 0], [1, 1, 1]]), np.array([0, 1]))
    np.testing.assert_array_equal(result.elements, [-1, 1])
    np.testing.assert_array_equal(result.grad, [[-np.inf, 0, 0], [0, np.inf, 0]])


def test_that_minus_infinity_at_the_label_has_a_finite_gradient():
    """torch: loss inf, gradient -1; with weight 0 the loss is nan."""
    input = np.array([[-np.inf, 0.0]])
    result = NLLLoss().evaluate(input, np.array([0]))
    assert np.isposinf(result.value)
    np.testing.assert_array_equal(result.grad, [[-1, 0]])
    assert np.isnan(NLLLoss(weight=np.array([0.0, 1.0]), reduction="none").evaluate(input, np.array([0])).value)


@pytest.mark.parametrize("target", [np.array(1), np.array([1])])
def test_that_one_sample_has_one_label(target):
    result = NLLLoss().evaluate(np.array([-1.0, -2.0, -3.0]), target)
    assert (float(result.value), result.elements.shape) == (2, ())
    np.testing.assert_array_equal(result.grad, [0, -1, 0])


def test_that_dimension_1_holds_the_classes_whatever_follows():
    rng = np.random.default_rng(8)
    input, target = -rng.random((2, 3, 4, 5)), rng.integers(0, 3, (2, 4, 5))
    result = NLLLoss(reduction="none").evaluate(input, target)
    for n, i, j in np.ndindex(target.shape):
        assert result.value[n, i, j] == -input[n, target[n, i, j], i, j]
    assert (result.grad != 0).sum() == target.size


@pytest.mark.parametrize(("label", "row"), [(3, 0), (-1, 2), (-100, 1)])
def test_that_a_label_out_of_range_is_refused_with_row_and_label(label, row):
    target = np.array([0, 1, 2])
    target[row] = label
    with pytest.raises(InputError, match=rf"Row {row} has label {label}; 3 classes are numbered from 0 to 2"):
        NLLLoss(ignore_index=55).evaluate(np.zeros((3, 3)), target)


def test_that_the_row_of_a_label_out_of_range_is_a_place_in_more_dimensions():
    target = np.zeros((2, 4), np.int64)
    target[1, 3] = 9
    with pytest.raises(InputError, match=r"Row \(1, 3\) has label 9"):
        NLLLoss().evaluate(np.zeros((2, 3, 4)), target)


SHAPES = [
    ((), ()),
    ((3,), (2,)),
    ((2, 3), (1,)),
    ((2, 3), ()),
    ((2, 3), (2, 1)),
    ((2, 3), (2, 3)),
    ((2, 3, 4), (2, 3)),
    ((2, 3, 4), (2, 4, 1)),
    ((2, 3, 4, 5), (2, 4)),
    ((2, 0), (2,)),
]


@pytest.mark.parametrize(("input", "target"), SHAPES)
def test_that_shapes_torch_refuses_are_refused(input, target):
    with pytest.raises(InputError):
        NLLLoss().evaluate(np.zeros(input), np.zeros(target, np.int64))


@pytest.mark.parametrize("dtype", ["i4", "i2", "i1", "?", "f4", "f8"])
def test_that_labels_of_other_dtypes_are_refused(dtype):
    """torch: expected target dtype to be Long or Byte."""
    with pytest.raises(InputError, match="int64"):
        NLLLoss().evaluate(np.zeros((2, 3)), np.zeros(2, dtype))


def test_that_uint8_labels_are_taken_for_a_batch_of_rows_only():
    """torch: "expected scalar type Long but found Byte" for (N, C, d1)."""
    assert float(NLLLoss().evaluate(np.array([[-1.0, -2.0]]), np.array([1], np.uint8)).value) == 2
    with pytest.raises(InputError):
        NLLLoss().evaluate(np.zeros((2, 3, 4)), np.zeros((2, 4), np.uint8))


@pytest.mark.parametrize("weight", [np.ones(2), np.ones(4), np.ones((3, 1)), np.ones(3, np.float32), np.ones(3, int)])
def test_that_a_weight_of_another_length_or_dtype_is_refused(weight):
    with pytest.raises(InputError) as refused:
        NLLLoss(weight=weight).evaluate(np.zeros((2, 3)), np.zeros(2, int))
    assert refused.value.field == "weight"
