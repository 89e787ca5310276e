"""Formulas with numbers in them, written with as many digits as reproduce their result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.explain.digits import fixed, read, significant
from core.explain.formula import Node, Num, Role, Sym

if TYPE_CHECKING:
    from core.arrays import FloatArray

FEWEST_DIGITS, MOST_DIGITS = 3, 10
SMALLEST_LOGARITHM = 1e-30  # below it "log 0.0000…" says less than the logarithm itself


@final
@dataclass(frozen=True, slots=True)
class Written:
    """Nodes, and the number that a reader gets from the digits printed in them."""

    nodes: tuple[Node, ...]
    value: float


def faithful(write: Callable[[int], Written], result: str, decimals: int = 4) -> tuple[Node, ...]:
    """The shortest writing whose printed digits give `result`, itself printed with `decimals`."""
    written = write(FEWEST_DIGITS)
    for digits in range(FEWEST_DIGITS + 1, MOST_DIGITS):
        if fixed(written.value, decimals) == result or not np.isfinite(read(result)):
            break
        written = write(digits)
    return written.nodes


def number(value: float, digits: int, role: Role = "plain") -> Written:
    """A number of `digits` significant digits."""
    text = significant(value, digits)
    return Written((Num(value, text, role),), read(text))


def in_brackets(value: float, digits: int, role: Role = "plain") -> Written:
    """A number that may follow a sign: negative ones stand in brackets."""
    inner = number(value, digits, role)
    if inner.value >= 0:
        return inner
    return Written((Sym("("), *inner.nodes, Sym(")")), inner.value)


def logarithm(p: float, log_p: float, digits: int) -> Written:
    """Log p; its own value where p is too small to be read, or is no probability of this dtype."""
    if not p >= SMALLEST_LOGARITHM:
        return in_brackets(log_p, digits)
    inner = number(p, digits)
    with np.errstate(divide="ignore"):
        return Written((Sym("log"), *inner.nodes), float(np.log(inner.value)))


def scaled(factor: float, role: Role, inner: Written, digits: int, sign: str = "") -> Written:
    """Factor times inner; a factor of 1 is not written. `sign` joins them where a space would mislead."""
    front = number(factor, digits, role)
    if front.value == 1:
        return inner
    joint = (Sym(sign),) if sign else ()
    return Written((*front.nodes, *joint, *inner.nodes), front.value * inner.value)


def added(parts: list[Written]) -> Written:
    """The parts with plus signs between them."""
    nodes: list[Node] = []
    for part in parts:
        nodes += [Sym("+"), *part.nodes] if nodes else part.nodes
    return Written(tuple(nodes), sum(part.value for part in parts))


def negated(inner: Written, brackets: bool) -> Written:
    """Minus inner."""
    nodes = (Sym("("), *inner.nodes, Sym(")")) if brackets else inner.nodes
    return Written((Sym("−"), *nodes), -inner.value)


def total(values: FloatArray) -> float:
    """The sum in float64, with nan and inf where they belong."""
    with np.errstate(invalid="ignore", over="ignore"):
        return float(np.sum(values, dtype=np.float64))
