"""The formulas of L1Loss, SmoothL1Loss and MSELoss in letters and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.explain.digits import fixed
from core.explain.entries import bracketed, entry, fraction, squared, symbols
from core.explain.formula import Sym
from core.explain.scalar_parts import Parts, x_of, y_of
from core.explain.written import Written
from core.text import Text, say

if TYPE_CHECKING:
    from core.explain.scalar_point import ScalarPoint

_DIFFERENCE = symbols("x − y", y="target")
_SIGN = (Sym("sign"), Sym("("), *_DIFFERENCE, Sym(")"))


def absolute_parts(point: ScalarPoint) -> Parts:
    """|x − y|; also SmoothL1Loss with a beta of 0."""
    return Parts((Sym("|"), *_DIFFERENCE, Sym("|")), lambda digits: _absolute(point, digits), _SIGN, None, _side(point))


def smooth_parts(point: ScalarPoint, beta: float) -> Parts:
    """A parabola where |x − y| < beta, a line elsewhere."""
    if beta == 0:
        return absolute_parts(point)
    d = fixed(abs(point.residual))
    if abs(point.residual) < beta:
        branch = say("core", "|x − y| = {d} < β", d=d)
        half = (Sym("½"), squared(*_DIFFERENCE))
        return Parts(
            (fraction(half, symbols("β")),),
            lambda digits: _parabola(point, beta, digits),
            (fraction(_DIFFERENCE, symbols("β")),),
            lambda digits: _ratio(point, beta, digits),
            branch,
        )
    return Parts(
        (Sym("|"), *_DIFFERENCE, Sym("|"), Sym("−"), Sym("½"), Sym("β")),
        lambda digits: _line(point, beta, digits),
        _SIGN,
        None,
        say("core", "|x − y| = {d} ≥ β", d=d),
    )


def square_parts(point: ScalarPoint) -> Parts:
    """(x − y)², without ½ and without a root."""
    return Parts(
        (squared(*_DIFFERENCE),),
        lambda digits: _square(point, digits),
        (Sym("2"), Sym("("), *_DIFFERENCE, Sym(")")),
        lambda digits: _double(point, digits),
    )


def _side(point: ScalarPoint) -> Text | None:
    if point.residual == 0:
        return say("core", "x = y: PyTorch returns gradient 0")
    if point.residual > 0:
        return say("core", "x > y")
    return say("core", "x < y") if point.residual < 0 else None


def _difference(point: ScalarPoint, digits: int) -> Written:
    x, y = x_of(point, digits), bracketed(y_of(point, digits))
    return Written((*x.nodes, Sym("−"), *y.nodes), x.value - y.value)


def _absolute(point: ScalarPoint, digits: int) -> Written:
    d = _difference(point, digits)
    return Written((Sym("|"), *d.nodes, Sym("|")), abs(d.value))


def _parabola(point: ScalarPoint, beta: float, digits: int) -> Written:
    d, b = _difference(point, digits), entry(beta, digits, "param", "beta")
    return Written((fraction((Sym("½"), squared(*d.nodes)), b.nodes),), 0.5 * d.value * d.value / b.value)


def _ratio(point: ScalarPoint, beta: float, digits: int) -> Written:
    d, b = _difference(point, digits), entry(beta, digits, "param", "beta")
    return Written((fraction(d.nodes, b.nodes),), d.value / b.value)


def _line(point: ScalarPoint, beta: float, digits: int) -> Written:
    d, b = _absolute(point, digits), entry(beta, digits, "param", "beta")
    return Written((*d.nodes, Sym("−"), Sym("½"), Sym("·"), *b.nodes), d.value - 0.5 * b.value)


def _square(point: ScalarPoint, digits: int) -> Written:
    d = _difference(point, digits)
    return Written((squared(*d.nodes),), d.value * d.value)


def _double(point: ScalarPoint, digits: int) -> Written:
    d = _difference(point, digits)
    return Written((Sym("2"), Sym("·"), Sym("("), *d.nodes, Sym(")")), 2 * d.value)
