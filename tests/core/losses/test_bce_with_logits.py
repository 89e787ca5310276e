"""BCEWithLogitsLoss by hand and against its definition; numbers marked torch are those of torch 2.13.0."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import InputError
from core.losses import BCELoss, BCEWithLogitsLoss
from core.losses.bce_with_logits import plain

LN2 = math.log(2)


def test_that_pos_weight_is_not_in_the_divisor():
    """torch: p = 3, logits 0, targets (1, 0): (3 ln 2 + ln 2) / 2 = 1.3863."""
    result = BCEWithLogitsLoss(pos_weight=np.array(3.0)).evaluate(np.zeros(2), np.array([1.0, 0.0]))
    assert float(result.value) == pytest.approx(2 * LN2)


def test_that_targets_beyond_1_have_no_lower_bound():
    """torch: target 2 at logit 50 is -50, target 255 at logit 1 is -253.69."""
    assert float(BCEWithLogitsLoss().evaluate(50.0, 2.0).value) == -50
    assert float(BCEWithLogitsLoss().evaluate(1.0, 255.0).value) == pytest.approx(-253.69, abs=5e-3)


@pytest.mark.parametrize("p", [1.0, 0.25, 7.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_the_single_exponential_is_the_definition(dtype, p):
    rng = np.random.default_rng(6)
    x = np.concatenate(
        [rng.uniform(-30, 30, 3000), rng.choice([-1, 1], 500) * 10.0 ** rng.uniform(-30, 30, 500), [0.0]]
    )
    x, t = x.astype(dtype), rng.choice([0, 1, 0.3], x.size).astype(dtype)
    pos_weight = None if p == 1 else np.array(p)
    result = BCEWithLogitsLoss(reduction="none", pos_weight=pos_weight).evaluate(x, t)
    with np.errstate(over="ignore"):  # exp(-x)
        value, slope = plain(x.astype(np.float64), t.astype(np.float64), p)
    eps = np.finfo(dtype).eps
    np.testing.assert_allclose(result.value, value, rtol=16 * eps, atol=1e-13 if dtype is np.float64 else 2e-6)
    np.testing.assert_allclose(result.grad, slope, atol=8 * p * eps)


@pytest.mark.parametrize(("dtype", "logits"), [(np.float32, [-20, -60, -87]), (np.float64, [-40, -300, -700])])
def test_that_a_confident_no_keeps_its_small_loss(dtype, logits):
    """exp(x) is left where (1 - t) x + softplus(-x) cancels to 0."""
    x = np.array(logits, dtype)
    result = BCEWithLogitsLoss(reduction="none").evaluate(x, np.zeros_like(x))
    np.testing.assert_allclose(result.value, np.exp(x), rtol=4 * np.finfo(dtype).eps)
    np.testing.assert_allclose(result.grad, np.exp(x), rtol=4 * np.finfo(dtype).eps)


def test_that_the_gradient_saturates_where_torchs_does():
    """torch, float32: exactly 0 for target 1 from logit 16.64 on, where the loss is still positive."""
    x = np.array([16.6, 16.7], np.float32)
    result = BCEWithLogitsLoss(reduction="none").evaluate(x, np.ones(2, np.float32))
    assert result.grad[0] < 0
    assert result.grad[1] == 0
    assert (result.value > 0).all()


INFINITE = [
    (np.inf, 0.0, np.inf, 1.0),
    (np.inf, 0.5, np.inf, 0.5),
    (np.inf, 1.0, np.nan, 0.0),
    (-np.inf, 0.0, np.nan, 0.0),
    (-np.inf, 0.5, np.nan, -0.5),
    (-np.inf, 1.0, np.nan, -1.0),
]


@pytest.mark.parametrize(("logit", "target", "value", "grad"), INFINITE)
def test_that_infinite_logits_give_torchs_value_and_gradient(logit, target, value, grad):
    result = BCEWithLogitsLoss().evaluate(logit, target)
    np.testing.assert_array_equal([result.value, result.grad], [value, grad])
    weighted = BCEWithLogitsLoss(pos_weight=np.array(3.0)).evaluate(logit, target)
    np.testing.assert_array_equal(weighted.value, value)


PEAKS = [(0.0, 1.0, 0.0), (np.inf, 0.0, np.nan), (np.inf, 1.0, np.inf), (-1.0, 1.0, -0.5543552), (np.nan, 1.0, np.nan)]


@pytest.mark.parametrize(("p", "target", "value"), PEAKS)
def test_the_extremes_of_pos_weight(p, target, value):
    """torch, at logit 0.3."""
    result = BCEWithLogitsLoss(pos_weight=np.array(p)).evaluate(0.3, target)
    np.testing.assert_allclose(result.value, value, rtol=1e-6)


def test_that_it_is_bceloss_of_the_sigmoid():
    rng = np.random.default_rng(7)
    z, t, w = rng.uniform(-8, 8, (5, 3)), rng.uniform(0, 1, (5, 3)), rng.uniform(0.5, 2, 3)
    p = 1 / (1 + np.exp(-z))
    from_logits, from_p = BCEWithLogitsLoss(weight=w).evaluate(z, t), BCELoss(weight=w).evaluate(p, t)
    assert float(from_logits.value) == pytest.approx(float(from_p.value), rel=1e-12)
    np.testing.assert_allclose(from_logits.grad, from_p.grad * p * (1 - p), rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("shape", [(), (3,), (2, 1), (2, 3)])
def test_that_weights_are_matched_from_the_last_dimension(shape):
    weight = np.arange(1.0, 1 + math.prod(shape)).reshape(shape)
    for name in ("weight", "pos_weight"):
        result = BCEWithLogitsLoss(reduction="none", **{name: weight}).evaluate(np.zeros((2, 3)), np.ones((2, 3)))
        np.testing.assert_allclose(result.value, LN2 * np.broadcast_to(weight, (2, 3)))


@pytest.mark.parametrize("name", ["weight", "pos_weight"])
@pytest.mark.parametrize("shape", [(2,), (1, 2, 3), (2, 2, 3), (4,)])
def test_that_weights_which_would_enlarge_or_not_fit_are_refused(name, shape):
    with pytest.raises(InputError) as refused:
        BCEWithLogitsLoss(**{name: np.ones(shape)}).evaluate(np.zeros((2, 3)), np.ones((2, 3)))
    assert refused.value.field == name


def test_that_the_loss_has_the_targets_dtype_and_the_gradient_the_inputs():
    """As in torch 2.13.0, which forms the loss in the target's memory."""
    result = BCEWithLogitsLoss().evaluate(np.zeros(2, np.float64), np.ones(2, np.float32))
    assert (result.value.dtype, result.grad.dtype) == (np.float32, np.float64)


@pytest.mark.parametrize("dtype", ["i8", "u1", "?", "c8"])
def test_that_a_target_that_is_not_floating_point_is_refused(dtype):
    with pytest.raises(InputError) as refused:
        BCEWithLogitsLoss().evaluate(np.zeros(2, np.float32), np.ones(2, dtype))
    assert refused.value.field == "target"


def test_that_shapes_are_not_broadcast():
    with pytest.raises(InputError):
        BCEWithLogitsLoss().evaluate(np.zeros((4, 1)), np.zeros(4))


def test_that_minus_infinity_is_nan_also_beside_other_numbers_and_beside_nan():
    x = np.array([[0.0, -np.inf], [np.nan, -np.inf]])
    result = BCEWithLogitsLoss(reduction="none").evaluate(x, np.full((2, 2), 0.5))
    np.testing.assert_array_equal(np.isnan(result.value), [[False, True], [True, True]])
    np.testing.assert_array_equal(result.grad[:, 1], -0.5)
