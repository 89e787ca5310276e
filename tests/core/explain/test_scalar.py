"""The formula of one number with its values."""

from __future__ import annotations

import re

import numpy as np
import pytest

import core.losses as nn
from core.element_loss import element_loss
from core.explain.formula import Frac, Num, Row, Script, Sym
from core.explain.scalar import strip
from core.explain.scalar_point import scalar_point

PLUS_MINUS = re.compile("−")


def point_of(loss, x, y, space="number", dtype=np.float32):
    return scalar_point(element_loss(loss, y, space, dtype), x)


def numbers(node):
    if isinstance(node, Num):
        yield node
    elif isinstance(node, Row):
        for item in node.items:
            yield from numbers(item)
    elif isinstance(node, Frac):
        yield from numbers(node.above)
        yield from numbers(node.below)
    elif isinstance(node, Script):
        yield from numbers(node.base)
        if node.sup is not None:
            yield from numbers(node.sup)
    else:
        assert isinstance(node, Sym)


def read(text):
    return float(PLUS_MINUS.sub("-", text))


def given(row, handle):
    return next(read(number.text) for number in numbers(row) if number.handle == handle)


@pytest.mark.parametrize("x", [1.2, -0.123456, 1 / 3, 2.71828, 0.9999])
@pytest.mark.parametrize("beta", [1.0, 0.3, 1 / 7])
def test_the_digits_shown_give_the_result_shown(x, beta):
    row = strip(point_of(nn.SmoothL1Loss(beta=beta), x, 0.5)).value
    x_shown, y_shown = given(row, "x"), given(row, "y")
    beta_shown = given(row, "beta")
    d = abs(x_shown - y_shown)
    value = 0.5 * d * d / beta_shown if abs(np.float32(x) - np.float32(0.5)) < beta else d - 0.5 * beta_shown
    assert f"{value:.4f}" == list(numbers(row))[-1].text


@pytest.mark.parametrize(("x", "y"), [(70.123, 150.0), (-80.5, 33.3), (0.001, 0.0)])
def test_large_and_small_squares_are_reproduced(x, y):
    row = strip(point_of(nn.MSELoss(), x, y)).value
    result = list(numbers(row))[-1]
    value = (given(row, "x") - given(row, "y")) ** 2
    assert value == pytest.approx(read(result.text), rel=0.05 if value < 1e-4 else 1e-7)


def test_the_picture_of_smooth_l1():
    shown = strip(point_of(nn.SmoothL1Loss(), 1.2, 0.5))
    assert shown.plain == (
        "ℓ = (½ (x − y)^2)/(β) = (½ (1.20 − 0.50)^2)/(1.00) = 0.2450; "
        "∂ℓ/∂x = (x − y)/(β) = (1.20 − 0.50)/(1.00) = +0.7000"
    )
    assert str(shown.branch) == "|x − y| = 0.7000 < β"


def test_every_number_that_can_be_dragged_names_its_handle_and_its_role():
    found = {(number.handle, number.role) for number in numbers(strip(point_of(nn.SmoothL1Loss(), 1.2, 0.5)).value)}
    assert found == {("x", "input"), ("y", "target"), ("beta", "param"), (None, "loss")}


def test_negative_numbers_after_a_sign_stand_in_brackets():
    assert "1.20 − (−0.50)" in strip(point_of(nn.MSELoss(), 1.2, -0.5)).plain


@pytest.mark.parametrize(("x", "branch"), [(0.5, "x = y: PyTorch returns gradient 0"), (0.6, "x > y"), (0.4, "x < y")])
def test_the_branch_of_l1_is_the_side_of_the_target(x, branch):
    assert str(strip(point_of(nn.L1Loss(), x, 0.5)).branch) == branch


def test_beta_0_is_written_as_l1():
    assert strip(point_of(nn.SmoothL1Loss(beta=0), 1.2, 0.5)).plain == strip(point_of(nn.L1Loss(), 1.2, 0.5)).plain


@pytest.mark.parametrize("y", [0.0, 1.0, 0.3])
@pytest.mark.parametrize("weights", [{}, {"weight": np.array([2.5])}])
@pytest.mark.parametrize("space", ["probability", "logit"])
def test_cross_entropy_shows_the_terms_that_count(y, weights, space):
    shown = strip(point_of(nn.BCELoss(**weights), 0.7, y, space))
    logs = shown.plain.split(";")[0].split("=")[-2].count("log")
    assert logs == (2 if 0 < y < 1 else 1)


def test_a_clamped_logarithm_says_so_in_formula_and_branch():
    shown = strip(point_of(nn.BCELoss(), 0.0, 1.0, "probability"))
    assert "max(log 0 , −100) = 100.0000" in shown.plain
    assert "10⁻¹²" in shown.plain
    assert "clamped at −100" in str(shown.branch)


def test_a_converted_axis_is_explained_before_the_formula():
    assert strip(point_of(nn.BCELoss(), 2.0, 0.0, "logit")).plain.startswith("p = σ (2.00) = 0.8808")
    over_p = strip(point_of(nn.BCEWithLogitsLoss(), 0.7, 0.0, "probability"))
    assert over_p.plain.startswith("z = logit (0.70) = 0.8473")


@pytest.mark.parametrize("y", [0.0, 1.0, 0.3])
@pytest.mark.parametrize("z", [1.3, -2.0])
def test_the_weighted_logistic_formula_gives_its_result(y, z):
    row = strip(point_of(nn.BCEWithLogitsLoss(pos_weight=np.array([3.0])), z, y, "logit")).value
    z_shown, y_shown = given(row, "x"), given(row, "y")
    value = (1 - y_shown) * z_shown + (1 + 2 * y_shown) * np.log1p(np.exp(-z_shown))
    assert f"{value:.4f}" == list(numbers(row))[-1].text


def test_a_refused_target_gives_the_reason_instead_of_numbers():
    shown = strip(point_of(nn.BCELoss(), 0.5, 1.5, "probability"))
    assert shown.gradient is None
    assert "1.5" in str(shown.branch)


@pytest.mark.parametrize("x", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("loss", [nn.L1Loss(), nn.SmoothL1Loss(), nn.MSELoss(), nn.BCEWithLogitsLoss()])
def test_infinite_and_missing_numbers_are_written_too(loss, x):
    space = "logit" if loss.family == "binary" else "number"
    assert list(numbers(strip(point_of(loss, x, 0.5, space)).value))[-1].text in ("inf", "nan")
