"""KLDivLoss by hand; numbers marked torch are those of torch 2.13.0."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import InputError
from core.losses import CrossEntropyLoss, KLDivLoss
from core.losses.kl_div import plain

LN3 = math.log(3)


def test_that_batchmean_divides_by_the_first_dimension_alone():
    """torch: (N, T, C) = (2, 5, 3), certain targets against uniform ones: 5 ln 3 = 5.493."""
    target = np.zeros((2, 5, 3))
    target[..., 0] = 1
    result = KLDivLoss(reduction="batchmean").evaluate(np.full((2, 5, 3), -LN3), target)
    assert float(result.value) == pytest.approx(5 * LN3)
    assert (result.divisor.value, result.divisor.name) == (2, "batch size")


def test_that_batchmean_of_one_sample_divides_by_its_classes():
    input, target = np.log([0.2, 0.3, 0.5]), np.array([0.3, 0.3, 0.4])
    whole = KLDivLoss(reduction="sum").evaluate(input, target)
    assert float(KLDivLoss(reduction="batchmean").evaluate(input, target).value) == pytest.approx(
        float(whole.value) / 3
    )


def test_that_batchmean_of_a_single_number_divides_by_nothing():
    """torch: input -0.3 and target 0.5 give -0.1965736."""
    result = KLDivLoss(reduction="batchmean").evaluate(-0.3, 0.5)
    assert float(result.value) == pytest.approx(-0.1965736, rel=1e-6)


def test_that_the_gradient_is_minus_the_target_wherever_the_input_is():
    target = np.array([0.2, 0.8])
    for input in (np.log(target), np.array([-9.0, -1.0])):
        np.testing.assert_array_equal(KLDivLoss(reduction="sum").evaluate(input, target).grad, -target)


EDGES = [
    (False, -1.0, 0.0, 0.0, -0.0),
    (False, -np.inf, 0.0, np.nan, -0.0),
    (False, -np.inf, 0.5, np.inf, -0.5),
    (False, -1.0, -0.5, np.nan, 0.5),
    (False, np.nan, 0.5, np.nan, -0.5),
    (False, -1.0, np.inf, np.inf, -np.inf),
    (True, -np.inf, 0.0, np.inf, -1.0),
    (True, -1.0, -np.inf, np.nan, -0.0),
    (True, -np.inf, -np.inf, np.nan, -0.0),
    (True, np.inf, 0.0, -np.inf, -1.0),
]


@pytest.mark.parametrize(("log_target", "input", "target", "value", "grad"), EDGES)
def test_the_edges(log_target, input, target, value, grad):
    """Value and gradient as torch has them."""
    result = KLDivLoss(reduction="sum", log_target=log_target).evaluate(input, target)
    np.testing.assert_array_equal([result.value, result.grad], [value, grad])


def test_that_log_target_is_the_same_divergence():
    rng = np.random.default_rng(1)
    p, q = rng.dirichlet(np.ones(5), (2, 7))
    from_p = KLDivLoss(reduction="batchmean").evaluate(np.log(q), p)
    from_log_p = KLDivLoss(reduction="batchmean", log_target=True).evaluate(np.log(q), np.log(p))
    assert float(from_p.value) == pytest.approx(float(from_log_p.value), rel=1e-12)
    assert float(from_p.value) == pytest.approx((p * np.log(p / q)).sum() / 7, rel=1e-12)


def test_that_it_is_the_cross_entropy_less_the_entropy_of_the_target():
    """torch: 1.01437 - 0.83434 = 0.18003 for its example; here for any."""
    rng = np.random.default_rng(2)
    logits, p = rng.standard_normal((6, 4)), rng.dirichlet(np.ones(4), 6)
    log_q = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    entropy = -(p * np.log(p)).sum(1).mean()
    cross_entropy = CrossEntropyLoss().evaluate(logits, p).value
    assert float(KLDivLoss(reduction="batchmean").evaluate(log_q, p).value) == pytest.approx(cross_entropy - entropy)


def test_that_a_single_number_does_not_widen_an_array():
    """torch: kl_div of float32 (3,) and a float64 number is float32, unlike mse_loss."""
    result = KLDivLoss().evaluate(np.zeros(3, np.float32), np.array(0.5))
    assert result.value.dtype == np.float32


@pytest.mark.parametrize("dtype", ["i8", "?", "c8"])
def test_that_integers_and_complex_numbers_are_refused(dtype):
    with pytest.raises(InputError) as refused:
        KLDivLoss().evaluate(np.zeros(3), np.zeros(3, dtype))
    assert refused.value.field == "target"


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_it_is_the_definition_with_and_without_zeros(dtype):
    rng = np.random.default_rng(3)
    x, t = np.log(rng.uniform(0.01, 1, 500)).astype(dtype), rng.uniform(0.001, 1, 500).astype(dtype)
    value, slope = plain(x.astype(np.float64), t.astype(np.float64))
    for zeros in (0, 100):  # the last `zeros` targets
        held = t.copy()
        held[held.size - zeros :] = 0
        result = KLDivLoss(reduction="none").evaluate(x, held)
        kept = slice(held.size - zeros)
        np.testing.assert_allclose(result.value[kept], value[kept], atol=4 * np.finfo(dtype).eps)
        np.testing.assert_array_equal(result.grad[kept], slope[kept])
        assert not result.value[held.size - zeros :].any()
