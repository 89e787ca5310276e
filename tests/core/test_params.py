from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest

from core.errors import InputError
from core.params import Interval, check, param, specs, with_param
from core.text import say

HELP = say("core", "A sentence.")


@dataclass(frozen=True)
class Knobs:
    gain: float = param(1.0, "number", HELP, interval=Interval(0, 10, low_open=True), span=(0, 5))
    count: int = param(3, "integer", HELP, interval=Interval(0, math.inf))
    mode: str = param("fast", "choice", HELP, choices=("fast", "exact"))
    flag: bool = param(False, "switch", HELP)
    table: object = param(None, "array", HELP)
    note: str = "not declared"

    def __post_init__(self) -> None:
        check(self)


def test_that_specs_follow_the_constructor_and_leave_out_what_is_not_declared():
    assert [spec.name for spec in specs(Knobs)] == ["gain", "count", "mode", "flag", "table"]
    assert specs(Knobs)[0].span == (0, 5)
    assert specs(Knobs) is specs(Knobs)


@pytest.mark.parametrize("value", [0, -1, 10.5, math.nan, math.inf, -math.inf, "1", None, [], 1j])
def test_that_a_number_outside_its_interval_is_refused(value):
    with pytest.raises(InputError) as refused:
        Knobs(gain=value)
    assert refused.value.field == "gain"


@pytest.mark.parametrize("value", [1e-300, 10, np.float32(2), np.array(3.0)])
def test_that_a_number_inside_is_taken_from_python_and_numpy(value):
    assert Knobs(gain=value).gain == value


@pytest.mark.parametrize("value", [1.5, math.nan, math.inf, -1, "3", None])
def test_that_an_integer_is_whole(value):
    with pytest.raises(InputError) as refused:
        Knobs(count=value)
    assert refused.value.field == "count"


@pytest.mark.parametrize(("field", "value"), [("mode", "slow"), ("mode", None), ("flag", 1), ("flag", "yes")])
def test_that_choices_and_switches_take_only_their_own_values(field, value):
    with pytest.raises(InputError) as refused:
        Knobs(**{field: value})
    assert refused.value.field == field


def test_that_a_changed_parameter_makes_a_checked_copy():
    knobs = Knobs()
    assert with_param(knobs, "gain", 2.0) == Knobs(gain=2.0)
    assert knobs == Knobs()
    with pytest.raises(InputError):
        with_param(knobs, "gain", -2.0)


BOUNDS = [
    (Interval(0, 1), True, True, "[0, 1]"),
    (Interval(0, 1, low_open=True), False, True, "(0, 1]"),
    (Interval(0, 1, high_open=True), True, False, "[0, 1)"),
    (Interval(0, 1, True, True), False, False, "(0, 1)"),
]


@pytest.mark.parametrize(("interval", "low", "high", "text"), BOUNDS)
def test_that_an_interval_knows_its_ends(interval, low, high, text):
    assert (0 in interval, 1 in interval, 0.5 in interval) == (low, high, True)
    assert not {math.nan, -0.1, 1.1} & {value for value in (math.nan, -0.1, 1.1) if value in interval}
    assert str(interval) == text


def test_that_nan_lies_in_no_interval_and_infinity_in_a_closed_one():
    nan = math.nan
    assert nan not in Interval()
    assert math.inf in Interval(0)
    assert math.inf not in Interval(0, high_open=True)
