"""The least that a row can lose, held against a search."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.row_floor import entropy, floor_of, optimum
from core.row_loss import row_loss

SOFT = np.array([0.2, 0.5, 0.1, 0.15, 0.05])
WEIGHT = np.array([1.0, 2.5, 0.5, 1.0, 4.0])


def least(row) -> float:
    """What quasi-Newton descent reaches from several places."""

    def value_and_gradient(z):
        terms, gradients = row.evaluate(z[None])
        return float(terms[0]), gradients[0].astype(float)

    starts = [*(8.0 * np.eye(row.classes)), np.zeros(row.classes)]
    bounds = [(-30, 30)] * row.classes
    return min(minimize(value_and_gradient, z, jac=True, bounds=bounds, method="L-BFGS-B").fun for z in starts)


@pytest.mark.parametrize(
    ("loss", "link", "soft"),
    [
        (CrossEntropyLoss(label_smoothing=0.1), "none", None),
        (CrossEntropyLoss(weight=WEIGHT, label_smoothing=0.3), "none", None),
        (CrossEntropyLoss(weight=WEIGHT), "none", SOFT),
        (CrossEntropyLoss(), "softmax", None),
        (CrossEntropyLoss(label_smoothing=0.1), "softmax", None),
        (NLLLoss(weight=WEIGHT), "softmax", None),
        (NLLLoss(), "log_softmax", None),
        (KLDivLoss(), "log_softmax", SOFT),
        (KLDivLoss(), "log_softmax", 2 * SOFT),
        (KLDivLoss(), "softmax", SOFT),
    ],
)
def test_no_search_gets_below_the_floor_and_one_comes_near(loss, link, soft) -> None:
    row = row_loss(loss, link, 1, soft, 5, np.float64)
    floor, found = floor_of(row), least(row)
    assert floor is not None
    assert found >= floor - 1e-9
    assert found == pytest.approx(floor, abs=2e-3)


def test_softmax_twice_cannot_go_below_log_one_plus_two_over_e() -> None:
    row = row_loss(CrossEntropyLoss(), "softmax", 0, None, 3, np.float64)
    assert floor_of(row) == pytest.approx(np.log(1 + 2 / np.e), rel=1e-12)
    assert floor_of(row) == pytest.approx(0.5514, abs=5e-5)


def test_label_smoothing_over_ten_classes_leaves_0_5003() -> None:
    row = row_loss(CrossEntropyLoss(label_smoothing=0.1), "none", 0, None, 10, np.float64)
    assert floor_of(row) == pytest.approx(0.5003, abs=5e-5)


def test_unnormalised_inputs_have_no_floor() -> None:
    for loss in (NLLLoss(), KLDivLoss()):
        assert floor_of(row_loss(loss, "none", 1, None, 5, np.float64)) is None


def test_negative_weights_have_no_floor() -> None:
    row = row_loss(CrossEntropyLoss(weight=-WEIGHT), "none", 1, None, 5, np.float64)
    assert floor_of(row) is None


def test_a_soft_target_between_corners_has_no_known_floor_behind_softmax_twice() -> None:
    spread = np.full(5, 0.2)
    assert floor_of(row_loss(CrossEntropyLoss(), "softmax", 1, spread, 5, np.float64)) is None


def test_weights_and_smoothing_may_move_the_optimum_to_another_class() -> None:
    row = row_loss(
        CrossEntropyLoss(weight=np.array([1, 1, 100.0]), label_smoothing=0.1), "none", 0, None, 3, np.float64
    )
    np.testing.assert_allclose(optimum(row), [0.217, 0.008, 0.775], atol=6e-4)


def test_the_entropy_of_a_certain_outcome_is_zero() -> None:
    assert entropy(np.array([0.0, 1.0])) == 0
    assert entropy(np.array([0.5, 0.5])) == pytest.approx(np.log(2))
