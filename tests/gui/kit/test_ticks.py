"""Round numbers along an axis."""

from __future__ import annotations

import math

import pytest

from gui.kit.ticks import axis_range, round_step, tick_text, ticks


def test_the_axis_keeps_its_range_while_the_value_is_inside() -> None:
    assert axis_range(2.1, (-3.0, 4.0)) == (-3.0, 4.0)


def test_the_axis_grows_so_that_a_value_at_its_end_can_be_dragged_on() -> None:
    assert axis_range(4.0, (-3.0, 4.0)) == (-3.0, 5)
    assert axis_range(-7.2, (-3.0, 4.0)) == (-8, 4.0)


def test_an_infinite_value_leaves_the_axis_as_it_is() -> None:
    assert axis_range(-math.inf, (-3.0, 4.0)) == (-3.0, 4.0)


def test_ticks_are_round_and_inside() -> None:
    assert [text for _, text in ticks(-3.0, 4.0, 5)] == ["−2", "0", "2", "4"]
    assert [text for _, text in ticks(0.0, 1.0, 2)] == ["0", "0.5", "1"]


@pytest.mark.parametrize("span", [1e-5, 0.3, 1.0, 7.0, 12.0, 9.9e4])
def test_a_step_cuts_its_span_into_few_parts(span: float) -> None:
    step = round_step(span, 6)
    assert 6 / 2.6 <= span / step <= 6 + 1e-6


def test_the_text_has_the_decimals_of_the_step() -> None:
    assert tick_text(0.25, 0.05) == "0.25"
    assert tick_text(1.0, 0.5) == "1"
    assert tick_text(-20.0, 10.0) == "−20"
    assert tick_text(-0.0, 1.0) == "0"
