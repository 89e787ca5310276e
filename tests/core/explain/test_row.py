"""The formula of a row: its printed digits give its printed result."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core.explain.digits import MINUS
from core.explain.formula import Num, Row
from core.explain.row import strip
from core.explain.row_point import row_point
from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.row_loss import row_loss

Z = np.array([2.1, 1.4, -0.6, 0.3, -1.5])
NAMES = ("cat", "dog", "fox", "owl", "bee")
SOFT = np.array([0.2, 0.5, 0.1, 0.2, 0.0])
WEIGHT = np.array([1.0, 2.5, 0.5, 1.0, 4.0])
MANY = np.random.default_rng(4).normal(0, 2, 40)


def point_of(loss, link="none", soft=None, z=Z, target=1, dtype=np.float32):
    row = row_loss(loss, link, target, soft, z.size, dtype)
    return row_point(row, NAMES if z.size == 5 else tuple(str(c) for c in range(z.size)), z)


def read_back(line: str) -> float:
    """What the numbers of a formula printed on one line come to."""
    text = line.replace(MINUS, "-").replace("·", "*").replace("[", "(").replace("]", ")")
    text = re.sub(r"log ([0-9.e+-]+)", r"np.log(\1)", text)
    text = re.sub(r"(\d|\)) (?=np|\()", r"\1*", text)
    return float(eval(text, {"np": np}))


CASES = [
    (CrossEntropyLoss(), "none", None, Z),
    (CrossEntropyLoss(label_smoothing=0.1), "none", None, Z),
    (CrossEntropyLoss(label_smoothing=0.1, weight=WEIGHT), "none", None, Z),
    (CrossEntropyLoss(weight=WEIGHT), "none", None, Z),
    (CrossEntropyLoss(), "none", SOFT, Z),
    (CrossEntropyLoss(), "softmax", None, Z),
    (CrossEntropyLoss(label_smoothing=0.2), "none", None, MANY),
    (CrossEntropyLoss(), "none", np.full(40, 0.025), MANY),
    (NLLLoss(), "log_softmax", None, Z),
    (NLLLoss(weight=WEIGHT), "softmax", None, Z),
    (NLLLoss(), "none", None, Z),
    (KLDivLoss(), "log_softmax", SOFT, Z),
    (KLDivLoss(), "log_softmax", None, Z),
    (KLDivLoss(), "log_softmax", np.full(40, 0.025), MANY),
    (KLDivLoss(), "softmax", SOFT, Z),
    (KLDivLoss(), "none", SOFT, Z),
]


@pytest.mark.parametrize(("loss", "link", "soft", "z"), CASES)
def test_the_printed_numbers_reproduce_the_last_digit_of_the_result(loss, link, soft, z) -> None:
    shown = strip(point_of(loss, link, soft, z), 1)
    value, gradient = shown.plain.split("; ")
    for line in (value, gradient):
        *_, middle, result = line.split(" = ")
        assert read_back(middle) == pytest.approx(float(result.replace(MINUS, "-")), abs=5.1e-5)


def test_five_smoothed_classes_read_as_two_terms() -> None:
    shown = strip(point_of(CrossEntropyLoss(label_smoothing=0.1)), 1)
    assert shown.plain.startswith("ℓ = − Σ_c q_c log p_c = − (0.92 log 0.28273 + 0.02 · [log 0.56934 + ")
    assert shown.plain.endswith("= 1.3693; ∂ℓ/∂z_dog = 0.2827 − 0.92 = −0.6373")


def test_of_forty_classes_no_more_than_a_line_is_written() -> None:
    for loss, soft in ((CrossEntropyLoss(label_smoothing=0.2), None), (KLDivLoss(), np.full(40, 0.025))):
        link = "none" if soft is None else "log_softmax"
        assert len(strip(point_of(loss, link, soft, MANY), 1).plain) < 200


def test_the_result_is_the_value_of_the_loss_and_has_its_role() -> None:
    point = point_of(CrossEntropyLoss(label_smoothing=0.1))
    last = strip(point, 1).value.items[-1]
    assert isinstance(last, Num)
    assert (last.value, last.role) == (point.value, "loss")


def test_a_probability_that_underflows_is_given_by_its_logarithm() -> None:
    shown = strip(point_of(CrossEntropyLoss(), z=np.array([0.0, -150.0])), 1)
    assert "(−150) = 150.0000" in shown.plain


def test_an_ignored_row_says_so_instead_of_a_formula() -> None:
    shown = strip(point_of(CrossEntropyLoss(ignore_index=1)), 1)
    assert shown.gradient is None
    assert "ignore_index" in str(shown.branch)


def test_a_refused_row_says_why() -> None:
    shown = strip(point_of(CrossEntropyLoss(), target=7), 1)
    assert "7" in str(shown.branch)
    assert isinstance(shown.value, Row)


def test_a_loss_that_is_nan_is_written_with_few_digits() -> None:
    shown = strip(point_of(KLDivLoss(log_target=True), "log_softmax", SOFT), 1)
    assert "= nan;" in shown.plain
    assert len(shown.plain) < 250
