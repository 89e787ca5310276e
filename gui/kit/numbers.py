"""How numbers are written on screen and read from a field."""

from __future__ import annotations

import math

MINUS = "\u2212"


def fixed(value: float, digits: int) -> str:
    """`digits` decimals; in powers of ten where that would show 0 for something else, or run past a million."""
    size = abs(value)
    if not math.isfinite(value):
        text = f"{value}"
    elif size >= 1e6 or 0 < size < 0.5 * 10**-digits:
        text = _plain_exponent(f"{value:.1e}")
    else:
        text = f"{value + 0.0:.{digits}f}"
    return text.replace("-", MINUS)


def signed(value: float, digits: int) -> str:
    """Like `fixed`, with a plus before what is positive."""
    return f"+{fixed(value, digits)}" if value > 0 else fixed(value, digits)


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
