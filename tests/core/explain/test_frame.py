from __future__ import annotations

import math

import numpy as np
import pytest

from core.explain.formula import Num, Row
from core.explain.frame import share, strip
from core.losses import CTCLoss
from core.problem import evaluate
from core.reduction import UNDIVIDED
from core.toy_ctc import toy_batch


def numbers(row: Row) -> list[Num]:
    return [item for item in row.items if isinstance(item, Num)]


def test_the_printed_probability_gives_the_printed_loss() -> None:
    made = strip(-3.95630, "a", 5, 0.41, 0.910236)
    likelihood, loss = numbers(made.value)
    assert -math.log(float(likelihood.text)) == pytest.approx(float(loss.text), abs=5e-5)


def test_the_printed_gradient_is_the_difference_of_what_is_printed_before_it() -> None:
    made = strip(-3.95630, "a", 5, 0.41, 0.910236)
    assert made.gradient is not None
    p, occupancy, slope = (float(n.text.replace("\u2212", "-")) for n in numbers(made.gradient))
    assert p - occupancy == pytest.approx(slope, abs=5e-5)


def test_a_probability_too_small_for_a_float_is_shown_as_its_logarithm() -> None:
    made = strip(-5651.025, "a", 0, 0.5, 0.5)
    assert "5651.02" in made.plain
    assert numbers(made.value)[-1].text == "5651.0250"


def test_no_alignment_has_no_gradient() -> None:
    made = strip(-math.inf, "a", 0, 0.5, 0.0)
    assert made.gradient is None
    assert made.plain.endswith("inf")


def test_the_mean_divides_by_the_target_length_and_then_by_the_batch_size() -> None:
    batch = toy_batch()
    result = evaluate(batch.loss, batch)
    said = str(share(float(result.elements), 3, result.divisor))
    assert "÷ 3 ÷ 1" in said
    assert f"{float(result.value):.4f}" in said


def test_a_sum_divides_by_nothing() -> None:
    assert "÷" not in str(share(2.0, 3, UNDIVIDED))
    result = evaluate(CTCLoss(reduction="sum"), toy_batch())
    assert np.isclose(result.value, result.elements)
