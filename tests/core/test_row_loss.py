"""Single rows under a loss: the link before it, the chain rule back, weights that fit or not."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.links import apply_link
from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.row_loss import row_loss

Z = np.array([2.1, 1.4, -0.6, 0.3, -1.5])
SOFT = np.array([0.2, 0.5, 0.1, 0.15, 0.05])
WEIGHT = np.array([1.0, 2.5, 0.5, 1.0, 4.0])
CASES = [
    (CrossEntropyLoss(label_smoothing=0.1), "none", None),
    (CrossEntropyLoss(weight=WEIGHT, label_smoothing=0.1), "none", None),
    (CrossEntropyLoss(weight=WEIGHT), "softmax", SOFT),
    (NLLLoss(weight=WEIGHT), "log_softmax", None),
    (NLLLoss(), "softmax", None),
    (NLLLoss(), "none", None),
    (KLDivLoss(), "log_softmax", SOFT),
    (KLDivLoss(log_target=True), "log_softmax", SOFT),
    (KLDivLoss(), "softmax", None),
    (KLDivLoss(), "none", SOFT),
]


@pytest.mark.parametrize(("loss", "link", "soft"), CASES)
def test_the_gradient_by_z_is_the_limit_of_central_differences(loss, link, soft) -> None:
    row = row_loss(loss, link, 1, soft, 5, np.float64)
    _, gradient = row.evaluate(Z[None])
    h = 1e-5
    steps = np.eye(5) * h
    above, _ = row.evaluate(Z + steps)
    below, _ = row.evaluate(Z - steps)
    np.testing.assert_allclose(gradient[0], (above - below) / (2 * h), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("loss", "link", "soft"), CASES)
def test_many_rows_at_once_are_the_rows_one_by_one(loss, link, soft) -> None:
    row = row_loss(loss, link, 1, soft, 5, np.float64)
    z = np.random.default_rng(0).normal(0, 2, (7, 5))
    terms, gradients = row.evaluate(z)
    for n in range(7):
        term, gradient = row.evaluate(z[n : n + 1])
        np.testing.assert_allclose(terms[n], term[0], rtol=1e-14)
        np.testing.assert_allclose(gradients[n], gradient[0], rtol=1e-12, atol=1e-15)


def test_the_term_is_the_unreduced_loss_whatever_the_reduction() -> None:
    for reduction in ("none", "mean", "sum"):
        row = row_loss(CrossEntropyLoss(weight=WEIGHT, reduction=reduction), "none", 1, None, 5, np.float64)
        expected = -2.5 * apply_link("log_softmax", Z)[1]
        assert row.evaluate(Z[None])[0][0] == pytest.approx(expected, rel=1e-13)


def test_the_result_has_the_dtype_asked_for() -> None:
    for dtype in (np.float16, np.float32, np.float64):
        terms, gradients = row_loss(CrossEntropyLoss(weight=WEIGHT), "none", 1, None, 5, dtype).evaluate(Z[None])
        assert (terms.dtype, gradients.dtype) == (dtype, dtype)


def test_weights_of_another_length_are_left_out_and_counted() -> None:
    row = row_loss(CrossEntropyLoss(weight=WEIGHT[:3]), "none", 1, None, 5, np.float32)
    assert (row.unfit_weights, row.weight) == (3, None)


def test_the_distribution_is_smoothed_and_the_weighted_one_weighted() -> None:
    row = row_loss(CrossEntropyLoss(weight=WEIGHT, label_smoothing=0.1), "none", 1, None, 5, np.float64)
    np.testing.assert_allclose(row.distribution, [0.02, 0.92, 0.02, 0.02, 0.02])
    np.testing.assert_allclose(row.weighted, WEIGHT * row.distribution)


def test_negative_smoothing_counts_as_none() -> None:
    assert row_loss(CrossEntropyLoss(label_smoothing=-0.5), "none", 1, None, 5, np.float64).smoothing == 0


def test_nll_has_no_soft_targets() -> None:
    row = row_loss(NLLLoss(), "log_softmax", 1, SOFT, 5, np.float64)
    assert row.soft is None
    np.testing.assert_array_equal(row.distribution, [0, 1, 0, 0, 0])


def test_an_ignored_row_has_neither_loss_nor_gradient() -> None:
    row = row_loss(CrossEntropyLoss(ignore_index=1), "none", 1, None, 5, np.float64)
    terms, gradients = row.evaluate(Z[None])
    assert row.is_ignored
    assert not terms.any()
    assert not gradients.any()


def test_a_label_outside_the_classes_is_refused() -> None:
    with pytest.raises(InputError):
        row_loss(CrossEntropyLoss(), "none", 5, None, 5, np.float64).evaluate(Z[None])
