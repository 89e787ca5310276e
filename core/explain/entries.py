"""The entries of a formula of single numbers: each knows its text, its hue and the handle that changes it."""

from __future__ import annotations

from core.explain.digits import read, significant
from core.explain.formula import Frac, Node, Num, Role, Row, Script, Sym
from core.explain.written import Written

TWO_DECIMALS = 100.0  # numbers below it are written with two decimals at least: 1.20, not 1.2


def entry(value: float, digits: int, role: Role = "plain", handle: str | None = None) -> Written:
    """A number of at least `digits` significant digits."""
    text = significant(value, digits)
    if abs(value) < TWO_DECIMALS and "e" not in text and len(text.partition(".")[2]) < 2 and value == value:
        text = f"{text.partition('.')[0]}.{text.partition('.')[2]:0<2}"
    return Written((Num(value, text, role, handle),), read(text))


def bracketed(inner: Written) -> Written:
    """In brackets if it is negative, so that it may follow a sign."""
    if inner.value >= 0 or inner.value != inner.value:
        return inner
    return Written((Sym("("), *inner.nodes, Sym(")")), inner.value)


def symbols(text: str, **roles: Role) -> tuple[Node, ...]:
    """Letters and signs from words split at blanks; `roles` gives the hue of a word."""
    return tuple(Sym(word, roles.get(word, "plain")) for word in text.split())


def squared(*inner: Node) -> Node:
    """(inner)²."""
    return Script(Row((Sym("("), *inner, Sym(")"))), sup=Row((Sym("2"),)))


def fraction(above: tuple[Node, ...], below: tuple[Node, ...]) -> Node:
    """Above over below."""
    return Frac(Row(above), Row(below))
