"""How numbers are written on screen and read from a field."""

from __future__ import annotations

import math

from core.explain.digits import MINUS, fixed, signed

__all__ = [
    "MINUS",
    "editable",
    "fixed",
    "grad4",
    "logit",
    "loss4",
    "parse_integer",
    "parse_number",
    "percent",
    "prob",
    "signed",
]


def loss4(value: float) -> str:
    """A loss: four decimals."""
    return fixed(value, 4)


def prob(value: float) -> str:
    """A probability: three decimals, 3.7e−6 rather than 0.000."""
    return fixed(value, 3)


def logit(value: float) -> str:
    """A logit: two decimals and its sign."""
    return signed(value, 2)


def grad4(value: float) -> str:
    """A gradient: four decimals and its sign."""
    return signed(value, 4)


def percent(share: float, digits: int = 1) -> str:
    """A share from 0 to 1 in per cent."""
    return f"{fixed(100 * share, digits)}%"


def editable(value: float, digits: int) -> str:
    """What a field shows: `digits` decimals if they say it all, else up to six figures."""
    rounded = f"{value + 0.0:.{digits}f}"
    if not math.isfinite(value) or math.isclose(float(rounded), value, rel_tol=1e-9, abs_tol=0.0):
        return rounded.replace("-", MINUS)
    return _plain_exponent(f"{value:.6g}").replace("-", MINUS)


def parse_number(text: str) -> float:
    """The number typed: 1e-3, inf and nan too, with either minus; ValueError if it is none."""
    return float(text.strip().replace(MINUS, "-"))


def parse_integer(text: str) -> int:
    """The whole number typed, also as 1e3; ValueError if it is none."""
    number = parse_number(text)
    if not math.isfinite(number) or number != int(number):
        raise ValueError(text)
    return int(number)


def _plain_exponent(text: str) -> str:
    """1e-09 as 1e-9."""
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else text
