"""CrossEntropyLoss by hand; numbers marked torch are those of torch 2.13.0."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import InputError
from core.losses import CrossEntropyLoss, NLLLoss
from core.losses.cross_entropy import plain

LOGITS = np.array([[0.2, -1.0, 3.0], [1.5, 0.1, -0.7]])


def log_softmax(x):
    return x - np.log(np.exp(x).sum(1, keepdims=True))


def test_that_it_is_the_nll_of_the_log_softmax():
    rng = np.random.default_rng(9)
    x, y, w = rng.standard_normal((5, 4)), rng.integers(0, 4, 5), rng.uniform(0.5, 2, 4)
    from_logits, from_log_p = CrossEntropyLoss(weight=w).evaluate(x, y), NLLLoss(weight=w).evaluate(log_softmax(x), y)
    assert float(from_logits.value) == pytest.approx(float(from_log_p.value), rel=1e-14)


def test_that_the_gradient_of_labels_is_softmax_minus_one_hot():
    y = np.array([2, 0])
    result = CrossEntropyLoss(reduction="sum").evaluate(LOGITS, y)
    np.testing.assert_allclose(result.grad, np.exp(log_softmax(LOGITS)) - np.eye(3)[y], rtol=1e-13)


def test_that_labels_divide_by_weights_and_probabilities_by_rows():
    """torch: the same one-hot data disagree as soon as there are weights."""
    w, y = np.array([1.0, 2.0, 5.0]), np.array([2, 0])
    labels = CrossEntropyLoss(weight=w).evaluate(LOGITS, y)
    one_hot = CrossEntropyLoss(weight=w).evaluate(LOGITS, np.eye(3)[y])
    assert (labels.divisor.value, labels.divisor.name) == (6, "sum of w[y] over the kept rows")
    assert (one_hot.divisor.value, one_hot.divisor.name) == (2, "number of rows")
    np.testing.assert_allclose(labels.elements, one_hot.elements)
    assert float(one_hot.value) == pytest.approx(3 * float(labels.value))


def test_that_label_smoothing_leaves_the_divisor_alone():
    w, y = np.array([1.0, 2.0, 5.0]), np.array([2, 0])
    assert CrossEntropyLoss(weight=w, label_smoothing=0.1).evaluate(LOGITS, y).divisor.value == 6


@pytest.mark.parametrize(("classes", "floor"), [(10, 0.5003), (1000, 1.0148)])
def test_that_smoothing_has_the_entropy_of_the_smoothed_target_as_its_floor(classes, floor):
    """torch: eps 0.1 can never go below 0.5003 with 10 classes and 1.0148 with 1000."""
    q = np.full(classes, 0.1 / classes)
    q[0] += 0.9
    result = CrossEntropyLoss(label_smoothing=0.1).evaluate(np.log(q)[None], np.array([0]))
    assert float(result.value) == pytest.approx(floor, abs=5e-5)
    np.testing.assert_allclose(result.grad, 0, atol=1e-14)


def test_that_smoothed_labels_are_smoothed_one_hot_probabilities():
    y = np.array([2, 0])
    labels = CrossEntropyLoss(label_smoothing=0.3).evaluate(LOGITS, y)
    one_hot = CrossEntropyLoss(label_smoothing=0.3).evaluate(LOGITS, np.eye(3)[y])
    assert float(labels.value) == pytest.approx(float(one_hot.value))
    np.testing.assert_allclose(labels.grad, one_hot.grad, atol=1e-16)


@pytest.mark.parametrize("smoothing", [-0.5, -math.inf])
def test_that_negative_smoothing_means_none(smoothing):
    """As torch, which does so silently."""
    loss = CrossEntropyLoss(label_smoothing=smoothing)
    assert loss.evaluate(LOGITS, np.array([2, 0])).value == CrossEntropyLoss().evaluate(LOGITS, np.array([2, 0])).value


@pytest.mark.parametrize("smoothing", [1.5, math.nan, "0.1"])
def test_that_smoothing_above_1_is_refused_when_constructed(smoothing):
    with pytest.raises(InputError) as refused:
        CrossEntropyLoss(label_smoothing=smoothing)
    assert refused.value.field == "label_smoothing"


def test_that_a_vector_of_floats_is_one_sample_with_as_many_classes():
    """torch: logits (4,) and targets (4,) give 4.2518 without a word."""
    result = CrossEntropyLoss().evaluate(np.array([0.2, -1, 3, 0.1]), np.array([0.0, 1, 1, 0]))
    assert float(result.value) == pytest.approx(4.2518, abs=5e-5)
    assert result.divisor.value == 1


def test_that_a_single_class_has_loss_and_gradient_0():
    result = CrossEntropyLoss().evaluate(np.array([[3.0], [-2.0]]), np.array([[1.0], [0.0]]))
    assert float(result.value) == 0
    assert not result.grad.any()


EDGES = [
    ([np.inf, 0, 0], 0, {}, np.nan, [np.nan] * 3),
    ([0, -np.inf, 0], 0, {}, math.log(2), [-0.5, 0, 0.5]),
    ([0, -np.inf, 0], 0, {"label_smoothing": 0.1}, np.inf, [-0.43333333, -0.03333333, 0.46666667]),
    ([0, -np.inf, 0], 1, {}, np.inf, [0.5, -1, 0.5]),
    ([0, -np.inf, 0], [0.5, 0, 0.5], {}, np.nan, [0, 0, 0]),
    ([0, -np.inf, 0], [0.5, 0.2, 0.3], {}, np.inf, [0, -0.2, 0.2]),
    ([-np.inf] * 3, 1, {}, np.nan, [np.nan] * 3),
    ([1e30, 1, 0], 1, {"label_smoothing": 0.1}, 9.6666667e29, [0.96666667, -0.93333333, -0.03333333]),
]


@pytest.mark.parametrize(("logits", "target", "params", "value", "grad"), EDGES)
def test_the_edges(logits, target, params, value, grad):
    """Value and gradient as torch has them."""
    result = CrossEntropyLoss(**params).evaluate(np.array([logits], float), np.array([target]))
    np.testing.assert_allclose(result.value, value, rtol=1e-7)
    np.testing.assert_allclose(result.grad, [grad], atol=1e-8)


def test_that_an_ignored_row_of_nan_spoils_only_its_own_gradient():
    """torch: the value is fine, the gradient of that row nan."""
    result = CrossEntropyLoss().evaluate(np.array([[np.nan, 0, 0], [0, 0, 1.0]]), np.array([-100, 1]))
    assert float(result.value) == pytest.approx(1.5514447)
    assert np.isnan(result.grad[0]).all()
    assert np.isfinite(result.grad[1]).all()


def test_that_every_row_ignored_is_nan_with_gradient_0_also_smoothed():
    for smoothing in (0.0, 0.1):
        result = CrossEntropyLoss(label_smoothing=smoothing).evaluate(LOGITS, np.array([-100, -100]))
        assert np.isnan(result.value)
        np.testing.assert_array_equal(result.grad, 0)


def test_that_weights_which_sum_to_0_give_torchs_infinities():
    """torch: weights (1, 0, -1) for labels 0 and 2: value inf, gradient nan at the labels and +-inf elsewhere."""
    x = np.array([[0.0, 1, 0], [1, 2, 3]])
    result = CrossEntropyLoss(weight=np.array([1.0, 0, -1])).evaluate(x, np.array([0, 2]))
    assert np.isposinf(result.value)
    np.testing.assert_array_equal(result.grad, [[np.nan, np.inf, np.inf], [-np.inf, -np.inf, np.nan]])


@pytest.mark.parametrize(("dtype", "margin"), [(np.float32, 16.6355), (np.float64, 36.737), (np.float16, 7.625)])
def test_that_the_loss_is_exactly_0_where_torchs_is(dtype, margin):
    """torch, two classes: from a margin of 16.6355 in float32; float16 is computed in float32 here and rounds later."""
    beyond = np.array([[margin + 0.5, 0]], dtype)
    value = float(CrossEntropyLoss().evaluate(beyond, np.array([0])).value)
    before = float(CrossEntropyLoss().evaluate(np.array([[margin - 0.5, 0]], dtype), np.array([0])).value)
    assert before > 0
    assert (value == 0) == (dtype is not np.float16)


def test_that_a_float16_mean_is_summed_wider():
    """In torch it is inf from N = 28500 on, for 10 equal logits."""
    result = CrossEntropyLoss().evaluate(np.zeros((28_500, 10), np.float16), np.zeros(28_500, int))
    assert float(result.value) == pytest.approx(math.log(10), rel=1e-3)


def test_that_integer_probabilities_are_refused():
    """torch: Expected floating point type for target with class probabilities, got Long."""
    with pytest.raises(InputError) as refused:
        CrossEntropyLoss().evaluate(LOGITS, np.zeros((2, 3), int))
    assert refused.value.field == "target"


def test_that_ignore_index_is_refused_with_probabilities_unless_negative():
    CrossEntropyLoss(ignore_index=-1).evaluate(LOGITS, np.eye(3)[:2])
    with pytest.raises(InputError) as refused:
        CrossEntropyLoss(ignore_index=0).evaluate(LOGITS, np.eye(3)[:2])
    assert refused.value.field == "ignore_index"


def test_that_probabilities_are_not_normalised():
    """torch: twice the target doubles the loss, its negative negates it."""
    p = np.array([[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]])
    once, twice, less = (CrossEntropyLoss().evaluate(LOGITS, k * p) for k in (1, 2, -1))
    assert float(twice.value) == pytest.approx(2 * float(once.value))
    assert float(less.value) == pytest.approx(-float(once.value))
    np.testing.assert_allclose(twice.grad, 2 * once.grad)


@pytest.mark.parametrize(("input", "target"), [((), ()), ((3,), (1,)), ((2, 3), (2, 1))])
def test_that_shapes_torch_refuses_are_refused(input, target):
    with pytest.raises(InputError):
        CrossEntropyLoss(label_smoothing=0.1).evaluate(np.zeros(input), np.zeros(target, int))


def test_that_a_label_out_of_range_is_refused_with_its_row():
    with pytest.raises(InputError, match="Row 1 has label 3"):
        CrossEntropyLoss().evaluate(LOGITS, np.array([0, 3]))


def test_that_memory_in_column_order_gives_the_same_gradient():
    y = np.array([2, 0])
    np.testing.assert_array_equal(
        CrossEntropyLoss().evaluate(np.asfortranarray(LOGITS), y).grad, CrossEntropyLoss().evaluate(LOGITS, y).grad
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("spread", [1, 30, 200])
def test_that_shifted_logits_are_the_definition(dtype, spread):
    """In float32 a spread of 30 leaves the shift by the label's logit its range now and then, one of 200 mostly."""
    rng = np.random.default_rng(10)
    x, y = (spread * rng.standard_normal((300, 7))).astype(dtype), rng.integers(0, 7, 300)
    value, grad = plain((x - x.max(axis=1, keepdims=True)).astype(np.float64), y)
    result = CrossEntropyLoss(reduction="none").evaluate(x, y)
    eps = np.finfo(dtype).eps
    np.testing.assert_allclose(result.value, value, rtol=8 * eps, atol=spread * eps)
    np.testing.assert_allclose(result.grad, grad, atol=8 * spread * eps)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_a_hopeless_row_neither_overflows_nor_disturbs_the_others(dtype):
    x, y = np.array([[0, 5000, 0], [2, 1, 0]], dtype), np.array([0, 0])
    result = CrossEntropyLoss(reduction="none").evaluate(x, y)
    alone = CrossEntropyLoss(reduction="none").evaluate(x[1:], y[1:])
    np.testing.assert_allclose(result.value, [5000, alone.value[0]], rtol=4 * np.finfo(dtype).eps)
    np.testing.assert_allclose(result.grad[0], [-1, 1, 0])
