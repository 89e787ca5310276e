"""Numbers as text, with the true minus sign."""

from __future__ import annotations

import math

MINUS = "\u2212"


def fixed(value: float, digits: int = 4) -> str:
    """`digits` decimals; a power of ten where that would show 0 for something else, or run past a million."""
    size = abs(value)
    if not math.isfinite(value):
        text = f"{value}"
    elif size >= 1e6 or 0 < size < 0.5 * 10**-digits:
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    else:
        text = f"{value + 0.0:.{digits}f}"
    return text.replace("-", MINUS)


def signed(value: float, digits: int) -> str:
    """Like `fixed`, with a plus before what is positive."""
    return f"+{fixed(value, digits)}" if value > 0 else fixed(value, digits)


def significant(value: float, digits: int) -> str:
    """Up to `digits` significant digits, no trailing zeros."""
    text = f"{value + 0.0:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def read(text: str) -> float:
    """The number that a reader of `text` sees."""
    return float(text.replace(MINUS, "-"))
