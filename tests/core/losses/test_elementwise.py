"""Input and target of different shapes and dtypes, for the losses that take them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import core.losses as L
from core.errors import InputError

BROADCASTING = [L.L1Loss(), L.SmoothL1Loss(beta=0.7), L.MSELoss(), L.KLDivLoss(), L.KLDivLoss(log_target=True)]


@pytest.mark.parametrize("loss", BROADCASTING, ids=lambda loss: loss.name)
@pytest.mark.parametrize(
    ("input", "target"),
    [((4, 1), (4,)), ((3,), (2, 3)), ((), (5,)), ((2, 3), ()), ((1, 3), (2, 3)), ((2, 1, 4), (3, 1))],
)
def test_that_shapes_broadcast_and_the_gradient_is_summed_back(loss, input, target):
    rng = np.random.default_rng(5)
    x, t = rng.uniform(-3, -0.1, input), rng.uniform(0.1, 1, target)
    shape = np.broadcast_shapes(input, target)
    spelled_out = replace(loss, reduction="sum").evaluate(*map(np.array, np.broadcast_arrays(x, t)))
    result = replace(loss, reduction="sum").evaluate(x, t)
    assert result.elements.shape == shape
    assert result.grad.shape == input
    assert float(result.value) == pytest.approx(float(spelled_out.value), rel=1e-14)
    assert result.grad.sum() == pytest.approx(spelled_out.grad.sum(), rel=1e-13)
    along, h = rng.standard_normal(input), 1e-5
    step = replace(loss, reduction="sum").evaluate(x + h * along, t).value
    back = replace(loss, reduction="sum").evaluate(x - h * along, t).value
    assert (result.grad * along).sum() == pytest.approx(float(step - back) / (2 * h), rel=1e-7)


@pytest.mark.parametrize("loss", BROADCASTING, ids=lambda loss: loss.name)
def test_that_shapes_which_do_not_broadcast_are_refused_with_both_shapes(loss):
    with pytest.raises(InputError, match=r"\(4,\).*\(3,\)") as refused:
        loss.evaluate(np.zeros(3), np.zeros(4))
    assert refused.value.field == "target"


PROMOTING = [L.L1Loss(), L.SmoothL1Loss(), L.MSELoss(), L.KLDivLoss()]


@pytest.mark.parametrize("loss", PROMOTING, ids=lambda loss: loss.name)
@pytest.mark.parametrize(
    ("input", "target", "value"), [("f4", "f8", "f8"), ("f8", "f4", "f8"), ("f2", "f4", "f4"), ("f2", "f8", "f8")]
)
def test_that_the_value_takes_the_wider_dtype_and_the_gradient_the_inputs(loss, input, target, value):
    result = loss.evaluate(np.array([0.5, 0.25], input), np.array([0.25, 1], target))
    assert result.value.dtype == np.dtype(value)
    assert result.grad.dtype == np.dtype(input)


@pytest.mark.parametrize("loss", [L.L1Loss(), L.SmoothL1Loss(), L.MSELoss()], ids=lambda loss: loss.name)
def test_that_integer_targets_do_not_widen_a_float(loss):
    result = loss.evaluate(np.array([0.5, 3], np.float32), np.array([1, 2]))
    assert result.value.dtype == result.grad.dtype == np.float32


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
@pytest.mark.parametrize("loss", BROADCASTING, ids=lambda loss: loss.name)
def test_that_the_usual_case_and_the_general_one_agree(loss, reduction):
    """Two float arrays of one shape skip the checks; lists of the same numbers do not."""
    rng = np.random.default_rng(6)
    x, t = rng.uniform(-3, -0.1, (4, 3)), rng.uniform(0.1, 1, (4, 3))
    usual, general = (replace(loss, reduction=reduction).evaluate(*pair) for pair in ((x, t), (x.tolist(), t.tolist())))
    for name in ("value", "grad", "elements"):
        np.testing.assert_array_equal(getattr(usual, name), getattr(general, name))
    assert usual.divisor == general.divisor
