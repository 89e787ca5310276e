"""Very large whole numbers for people."""

from __future__ import annotations

import math

LONGEST = 15  # digits that are still read
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def counted(n: int) -> str:
    """A count, exact while it can be read; beyond that three digits and a power of ten.

    >>> counted(12376), counted(7 * 10**40)
    ('12,376', '7.00·10⁴⁰')
    """
    if n < 10**LONGEST:
        return f"{n:,}"
    exponent = math.floor(math.log10(n))
    leading = round(n // 10 ** (exponent - 6) / 10**4)  # n as a float would overflow beyond 308 digits
    if leading == 1000:
        leading, exponent = 100, exponent + 1
    return f"{leading / 100:.2f}·10{str(exponent).translate(SUPERSCRIPTS)}"
