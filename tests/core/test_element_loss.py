"""A loss on single numbers, over what it receives, over p and over z."""

from __future__ import annotations

import numpy as np
import pytest

import core.losses as nn
from core.element_loss import element_loss, link_between, own_space
from core.errors import InputError

SPACES = [
    (nn.L1Loss(), "number", 1.2),
    (nn.SmoothL1Loss(beta=0.4), "number", 0.7),
    (nn.MSELoss(), "number", -2.0),
    (nn.BCELoss(), "probability", 0.3),
    (nn.BCELoss(), "logit", -1.7),
    (nn.BCEWithLogitsLoss(), "logit", 2.5),
    (nn.BCEWithLogitsLoss(pos_weight=np.array([3.0])), "probability", 0.8),
    (nn.MSELoss(), "logit", 0.4),
]


@pytest.mark.parametrize(("loss", "space", "x"), SPACES)
def test_the_slope_over_any_axis_is_the_finite_difference(loss, space, x):
    element = element_loss(loss, 0.25, space, np.float64)
    value, _ = element.evaluate([x - 1e-6, x + 1e-6])
    assert element.evaluate(x)[1] == pytest.approx((value[1] - value[0]) / 2e-6, rel=1e-6)


def test_the_element_is_what_the_loss_itself_returns():
    element = element_loss(nn.SmoothL1Loss(reduction="sum", beta=0.4), 0.5, "number", np.float32)
    whole = nn.SmoothL1Loss(reduction="none", beta=0.4).evaluate(np.float32([1.2, 0.6]), np.float32([0.5, 0.5]))
    value, slope = element.evaluate([1.2, 0.6])
    assert value.dtype == np.float32
    assert np.array_equal(value, whole.elements)
    assert np.array_equal(slope, whole.grad)


def test_one_point_has_one_loss_over_p_and_over_z():
    z = 1.3
    p = 1 / (1 + np.exp(-z))
    over_p = element_loss(nn.BCELoss(), 0.2, "probability", np.float64).evaluate(p)[0]
    over_z = element_loss(nn.BCELoss(), 0.2, "logit", np.float64).evaluate(z)[0]
    assert over_p == pytest.approx(over_z, rel=1e-12)


def test_sigmoid_then_bce_jumps_to_100_and_loses_its_gradient_where_the_sigmoid_rounds_to_1():
    value, slope = element_loss(nn.BCELoss(), 0.0, "logit", np.float32).evaluate([16.6, 16.7])
    assert value[0] == pytest.approx(15.94, abs=0.01)
    assert value[1] == 100
    assert slope.tolist() == [pytest.approx(1), 0]


def test_weights_are_those_of_the_element_in_its_batch():
    loss = nn.BCEWithLogitsLoss(pos_weight=np.array([1.0, 5.0]), weight=np.array([[2.0], [3.0]]))
    at = element_loss(loss, 1.0, "logit", np.float32, place=(1, 1), shape=(2, 2))
    assert (at.weight("weight"), at.weight("pos_weight")) == (3.0, 5.0)
    alone = element_loss(loss, 1.0, "logit", np.float32)
    assert (alone.weight("weight"), alone.weight("pos_weight")) == (2.0, 1.0)
    assert alone.evaluate(0.0)[0] == pytest.approx(2 * np.log(2))


def test_weights_that_do_not_fit_the_batch_count_as_their_first_number():
    loss = nn.BCELoss(weight=np.array([4.0, 5.0, 6.0]))
    assert element_loss(loss, 1.0, "probability", np.float32, place=(1,), shape=(2,)).weight("weight") == 4.0


def test_a_refused_target_raises():
    with pytest.raises(InputError):
        element_loss(nn.BCELoss(), 1.5, "probability", np.float32).evaluate(0.5)


def test_own_spaces_and_the_links_between_them():
    assert [own_space(loss) for loss in (nn.MSELoss(), nn.BCELoss(), nn.BCEWithLogitsLoss())] == [
        "number", "probability", "logit",
    ]  # fmt: skip
    assert link_between("logit", "probability") == "sigmoid"
    assert link_between("probability", "logit") == "logit"
    assert link_between("logit", "number") == "sigmoid"
    assert link_between("probability", "number") == "none"
