"""The numbers of a ledger as text, with as many digits as lead a reader to the printed result."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING

from core.explain.digits import MINUS, fixed, read, significant
from core.explain.formula import Frac, Node, Num, Row, Strip, Sym
from core.explain.plain import plain_text
from core.text import Text, say

if TYPE_CHECKING:
    from core.ledger.ledger import Ledger, Line

FEWEST, MOST = 5, 12
FLOAT32 = 2e-7  # relative: no more digits of a float32 result can be led to
LARGE, HUGE = 1e5, 1e12
LARGEST_FIXED = 1e6


def texts_of(ledger: Ledger) -> tuple[str, ...]:
    """The value of each line: counts as they are, the result with four decimals."""
    digits = _digits(ledger)
    return tuple(_text(line, digits) for line in ledger.lines)


def head_strip(ledger: Ledger) -> Strip:
    """The last step of the ledger, ℓ = Σ w ℓ / Σ w = 675.82 / 305.93 = 2.2090, and what is divided by in words."""
    texts = dict(zip(map(id, ledger.lines), texts_of(ledger), strict=True))
    result, above, below = ledger.result, ledger.numerator, ledger.divisor
    number = Num(result.value, texts[id(result)], "loss")
    symbols: tuple[Node, ...] = (Sym(above.symbol),)
    numbers: tuple[Node, ...] = ()
    if below is not None:
        symbols = (Frac(Row(symbols), Row((Sym(below.symbol),))),)
        over = Row((Num(below.value, texts[id(below)], "weight"),))
        numbers = (Frac(Row((Num(above.value, texts[id(above)], "loss"),)), over), Sym("="))
    row = Row((Sym("ℓ"), Sym("="), *symbols, Sym("="), *numbers, number))
    words = _words(ledger, below)
    return Strip(row, None, words, f"{plain_text(row)}. {words}")


def other_text(value: float) -> str:
    """A number beside the ledger: four decimals, or eight digits of a large one."""
    return significant(value, 8) if LARGEST_FIXED <= abs(value) < inf else fixed(value)


def _words(ledger: Ledger, below: Line | None) -> Text:
    if below is None:
        return say("ledger", "nothing is divided: {what}", what=ledger.result.title)
    if not ledger.expected:
        return say("ledger", "{reduction} divides by: {divisor}", reduction=ledger.result.symbol, divisor=below.title)
    other = ledger.expected[0]
    return say("ledger", "{reduction} divides by: {divisor} · {other}: {value}", reduction=ledger.result.symbol,
               divisor=below.title, other=other.title, value=other_text(other.value))  # fmt: skip


def _digits(ledger: Ledger) -> int:
    above, below = ledger.numerator, ledger.divisor
    divisor, result = 1.0 if below is None else below.value, ledger.result.value
    if not divisor or not isfinite(above.value):
        return FEWEST
    reached = {
        digits: read(_sum_text(above.value, digits)) / read(_count_or(divisor, digits))
        for digits in range(FEWEST, MOST)
    }
    exact = (digits for digits, value in reached.items() if fixed(value) == fixed(result))
    near = (digits for digits, value in reached.items() if abs(value - result) <= FLOAT32 * abs(result))
    return next(exact, next(near, MOST))


def _text(line: Line, digits: int) -> str:
    if line.operation == "result":
        return fixed(line.value)
    return (_count_or if line.operation in ("divide", "note") else _sum_text)(line.value, digits)


def _count_or(value: float, digits: int) -> str:
    return f"{value:.0f}" if value.is_integer() else _sum_text(value, digits)


def _sum_text(value: float, digits: int) -> str:
    """A large sum without a power of ten, as nobody adds those up by hand."""
    if not LARGE <= abs(value) < HUGE:
        return significant(value, digits)
    decimals = max(digits - len(f"{abs(value):.0f}"), 0)
    return f"{value:.{decimals}f}".replace("-", MINUS)
