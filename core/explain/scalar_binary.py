"""The formulas of BCELoss and BCEWithLogitsLoss in letters and numbers, over p and over z."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import fixed
from core.explain.entries import bracketed, entry, fraction, symbols
from core.explain.formula import Node, Row, Script, Sym
from core.explain.scalar_parts import Parts, x_of, y_of
from core.explain.written import Written, added, in_brackets, negated, number
from core.losses.bce import EPSILON, LOG_FLOOR
from core.text import Text, say

if TYPE_CHECKING:
    from core.explain.scalar_point import ScalarPoint


_CROSS_ENTROPY = symbols("( y log p + (1 − y) log(1 − p) )", y="target")
_SLOPE_BY_P = fraction(symbols("p − y", y="target"), symbols("p (1 − p)"))


def probability_parts(point: ScalarPoint) -> Parts:
    """BCELoss: −(y log p + (1 − y) log(1 − p)), each logarithm at least −100."""
    over_z = point.element.link == "sigmoid"
    derivative = symbols("· p (1 − p)") if over_z else ()
    return Parts(
        (*_weight_symbol(point), Sym("−"), *_CROSS_ENTROPY),
        lambda digits: _weighted(point, _cross_entropy(point, digits), digits),
        (*_weight_symbol(point), _SLOPE_BY_P, *derivative),
        lambda digits: _weighted(point, _slope_by_p(point, over_z, digits), digits),
        _clamped(point),
        _preface("p", "σ", point) if over_z else (),
    )


def logit_parts(point: ScalarPoint) -> Parts:
    """BCEWithLogitsLoss, without a sigmoid that could round to 1."""
    over_p = point.element.link == "logit"
    positive = point.element.weight("pos_weight")
    value = _POSITIVE if positive is not None else _STABLE
    slope = _POSITIVE_SLOPE if positive is not None else symbols("σ(z) − y", y="target")
    if over_p:
        slope = (fraction(slope, symbols("p (1 − p)")),)
    return Parts(
        (*_weight_symbol(point), *value),
        lambda digits: _weighted(point, _with_logits(point, positive, digits), digits),
        (*_weight_symbol(point), *slope),
        lambda digits: _weighted(point, _slope_by_z(point, positive, over_p, digits), digits),
        None,
        _preface("z", "logit", point) if over_p else (),
    )


_SOFTPLUS = symbols("softplus ( − z )")
_EXPONENT = Row((Sym("−"), Sym("|z|")))
_STABLE = (
    *symbols("max(z, 0) − z y + log ( 1 +", y="target"),
    Script(Sym("e"), sup=_EXPONENT),
    Sym(")"),
)
_POSITIVE = (*symbols("(1 − y) z + (1 + ( ω − 1) y)", y="target", ω="weight"), *_SOFTPLUS)
_POSITIVE_SLOPE = symbols("(1 − y) − (1 + ( ω − 1) y) (1 − σ(z))", y="target", ω="weight")


def _weight_symbol(point: ScalarPoint) -> tuple[Node, ...]:
    return () if point.element.weight("weight") is None else (Sym("w", "weight"), Sym("·"))


def _weighted(point: ScalarPoint, inner: Written, digits: int) -> Written:
    weight = point.element.weight("weight")
    if weight is None:
        return inner
    front = entry(weight, digits, "weight")
    nodes = (*front.nodes, Sym("·"), Sym("["), *inner.nodes, Sym("]"))
    return Written(nodes, front.value * inner.value)


def _preface(letter: str, function: str, point: ScalarPoint) -> tuple[Node, ...]:
    """P = σ(1.20) = 0.769, before the formula that is written in p."""
    x = x_of(point, 4)
    received = number(point.received, 5)
    return (Sym(letter), Sym("="), Sym(function), Sym("("), *x.nodes, Sym(")"), Sym("="), *received.nodes, Sym(","))


def _cross_entropy(point: ScalarPoint, digits: int) -> Written:
    """Only the terms that count: for y = 1 that is −log p."""
    p = np.asarray(point.received, point.element.dtype)
    parts: list[Written] = []
    if point.y != 0:
        parts.append(_times(y_of(point, digits), _clamped_log(float(p), digits)))
    if point.y != 1:
        parts.append(_times(number(1 - point.y, digits), _clamped_log(float(1 - p), digits)))
    return negated(added(parts), brackets=len(parts) > 1)


def _times(factor: Written, inner: Written) -> Written:
    """Factor · inner; a factor of 1 is not written."""
    if factor.value == 1:
        return inner
    return Written((*factor.nodes, Sym("·"), *inner.nodes), factor.value * inner.value)


def _clamped_log(q: float, digits: int) -> Written:
    inner = entry(q, digits, "input") if q else number(0.0, digits, "input")
    with np.errstate(divide="ignore", invalid="ignore"):
        log = float(np.log(inner.value))
    if log < LOG_FLOOR:
        return Written((Sym("max(log"), *inner.nodes, Sym(", −100)")), LOG_FLOOR)
    return Written((Sym("log"), *inner.nodes), log)


def _slope_by_p(point: ScalarPoint, over_z: bool, digits: int) -> Written:
    p, y = number(point.received, digits, "input"), bracketed(y_of(point, digits))
    spread = _times(p, number(_complement(point.received, point), digits))
    clamped = point.received * _complement(point.received, point) < EPSILON
    below = Written(symbols("10⁻¹²"), EPSILON) if clamped else spread
    slope = (p.value - y.value) / below.value
    nodes = (fraction((*p.nodes, Sym("−"), *y.nodes), below.nodes),)
    if not over_z:
        return Written(nodes, slope)
    return Written((*nodes, Sym("·"), *spread.nodes), slope * spread.value)


def _complement(p: float, point: ScalarPoint) -> float:
    """1 − p in the arithmetic of the probe, where it may be 0."""
    number = point.element.dtype.type
    return float(number(1) - number(p))


def _with_logits(point: ScalarPoint, positive: float | None, digits: int) -> Written:
    z, y = _z_of(point, digits), bracketed(y_of(point, digits))
    if positive is None:
        exponent = Row((Sym("−"), *_z_of_size(point, digits)))
        zy = bracketed(z)
        nodes = (
            *(z.nodes if z.value > 0 else (Sym("0"),)),
            Sym("−"),
            *zy.nodes,
            Sym("·"),
            *y.nodes,
            *symbols("+ log ( 1 +"),
            Script(Sym("e"), sup=exponent),
            Sym(")"),
        )
        return Written(nodes, max(z.value, 0.0) - z.value * y.value + float(np.log1p(np.exp(-abs(z.value)))))
    front, gain = number(1 - point.y, digits), _gain(point, positive, digits)
    around = bracketed(z)
    minus = in_brackets(-z.value, digits)
    nodes = (*front.nodes, Sym("·"), *around.nodes, Sym("+"), *gain.nodes, Sym("· softplus"), *_wrapped(minus))
    return Written(nodes, front.value * z.value + gain.value * float(np.logaddexp(0, -z.value)))


def _wrapped(inner: Written) -> tuple[Node, ...]:
    return inner.nodes if inner.value < 0 else (Sym("("), *inner.nodes, Sym(")"))


def _gain(point: ScalarPoint, positive: float, digits: int) -> Written:
    """1 + (ω − 1) y with its numbers."""
    weight, y = entry(positive, digits, "weight"), y_of(point, digits)
    nodes = (*symbols("(1 + ("), *weight.nodes, *symbols("− 1) ·"), *y.nodes, Sym(")"))
    return Written(nodes, 1 + (weight.value - 1) * y.value)


def _slope_by_z(point: ScalarPoint, positive: float | None, over_p: bool, digits: int) -> Written:
    y = bracketed(y_of(point, digits))
    p = number(_sigmoid(point.received), digits, "input")
    if positive is None:
        slope = Written((*p.nodes, Sym("−"), *y.nodes), p.value - y.value)
    else:
        front, gain, rest = number(1 - point.y, digits), _gain(point, positive, digits), number(1 - p.value, digits)
        nodes = (*front.nodes, Sym("−"), *gain.nodes, Sym("·"), *rest.nodes)
        slope = Written(nodes, front.value - gain.value * rest.value)
    if not over_p:
        return slope
    x, rest = number(point.x, digits, "input"), number(1 - point.x, digits)
    product = x.value * rest.value
    below = (*x.nodes, Sym("·"), *rest.nodes)
    return Written((fraction(slope.nodes, below),), slope.value / product if product else float("nan"))


def _z_of(point: ScalarPoint, digits: int) -> Written:
    return x_of(point, digits) if point.element.link == "none" else entry(point.received, digits, "input")


def _z_of_size(point: ScalarPoint, digits: int) -> tuple[Node, ...]:
    return entry(abs(point.received), digits, "input").nodes


def _sigmoid(z: float) -> float:
    return float(np.exp(-np.logaddexp(0, -z)))


def _clamped(point: ScalarPoint) -> Text | None:
    p = point.received
    if (p == 0 and point.y > 0) or (p == 1 and point.y < 1):
        return say("core", "p = {p}: the logarithm is clamped at −100", p=fixed(p, 0))
    return None
