import math

import pytest

from gui.kit.numbers import editable, fixed, grad4, logit, loss4, parse_integer, parse_number, percent, prob, signed


def test_minus_is_the_minus_sign() -> None:
    assert logit(-1.5) == "\u22121.50"


def test_zero_has_no_sign() -> None:
    assert signed(-0.0, 2) == "0.00"
    assert grad4(0.0) == "0.0000"


def test_a_probability_that_is_not_zero_is_not_shown_as_zero() -> None:
    assert prob(3.7e-6) == "3.7e\u22126"
    assert prob(0.0) == "0.000"


@pytest.mark.parametrize(("value", "text"), [(math.inf, "inf"), (-math.inf, "\u2212inf"), (math.nan, "nan")])
def test_what_is_not_finite_is_named(value: float, text: str) -> None:
    assert loss4(value) == text


def test_large_numbers_are_written_in_powers_of_ten() -> None:
    assert fixed(1.25e9, 2) == "1.2e9"


def test_a_field_shows_what_was_typed_rather_than_round_it() -> None:
    assert editable(1.0, 2) == "1.00"
    assert editable(0.12345, 2) == "0.12345"
    assert editable(1e-9, 3) == "1e\u22129"


@pytest.mark.parametrize("text", ["1e-3", "0.001", " .001 ", "1e\u22123"])
def test_numbers_are_read_in_every_writing(text: str) -> None:
    assert parse_number(text) == 0.001


def test_inf_and_nan_can_be_typed() -> None:
    assert parse_number("\u2212inf") == -math.inf
    assert math.isnan(parse_number("nan"))


@pytest.mark.parametrize("text", ["1.5", "nan", "inf", "x", ""])
def test_an_integer_field_reads_whole_numbers_only(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_integer(text)


def test_a_share_is_written_in_per_cent() -> None:
    assert percent(0.377) == "37.7%"
