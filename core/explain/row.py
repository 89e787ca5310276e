"""The formula of one row of class scores with its numbers: CrossEntropyLoss, NLLLoss and KLDivLoss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import fixed, signed
from core.explain.formula import Node, Num, Row, Script, Strip, Sym
from core.explain.plain import plain_text
from core.explain.written import (
    Written,
    added,
    faithful,
    in_brackets,
    logarithm,
    negated,
    number,
    scaled,
    total,
)
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.explain.row_point import RowPoint

LISTED = 6  # classes whose logarithms are written out one by one
LARGEST = 3  # of more classes: the terms that are, before the rest is given as one number


def strip(point: RowPoint, focus: int) -> Strip:
    """Value and, for the class `focus`, gradient of the row's own term."""
    if point.refusal is not None:
        return _without_numbers(point, point.refusal.problem)
    if point.row.is_ignored:
        note = say("core", "The target is ignore_index, {index}: the row adds nothing.", index=point.row.target)
        return _without_numbers(point, note)
    result = fixed(point.value)
    middle = faithful(lambda digits: _substituted(point, digits), result)
    value = Row((*_symbols(point), Sym("="), *middle, Sym("="), Num(point.value, result, "loss")))
    gradient = _gradient(point, focus)
    return Strip(value, gradient, None, f"{plain_text(value)}; {plain_text(gradient)}")


def _without_numbers(point: RowPoint, why: Text) -> Strip:
    result = Row((Sym("ℓ"), Sym("="), Num(point.value, fixed(point.value), "loss")))
    return Strip(result, None, why, f"{plain_text(result)}. {why}")


def _symbols(point: RowPoint) -> tuple[Node, ...]:
    """ℓ = the formula in letters."""
    c = Row((Sym("c"),))
    weighted = (Script(Sym("w"), c),) if point.row.weight is not None else ()
    q, p, x = Script(Sym("q", "target"), c), Script(Sym("p"), c), Script(Sym("x"), c)
    ell, equals, sigma = Sym("ℓ"), Sym("="), Script(Sym("Σ"), c)
    if point.row.loss.family == "distribution":
        log_p: tuple[Node, ...] = (x,) if _reads_x(point) else (Sym("log"), p)
        return (ell, equals, sigma, q, Sym("("), Sym("log"), q, Sym("−"), *log_p, Sym(")"))
    if point.row.loss.name == "NLLLoss":
        y = Row((Sym("y", "target"),))
        weight = (Script(Sym("w"), y),) if weighted else ()
        term: tuple[Node, ...] = (Script(Sym("x"), y),) if _reads_x(point) else (Sym("log"), Script(Sym("p"), y))
        return (ell, equals, Sym("−"), *weight, *term)
    if point.reads_probabilities:
        # log softmax(p) = p - log Σ e^p
        all_of_q = (sigma, *weighted, q, Sym("·")) if weighted else ()
        exponentials = (Sym("log"), sigma, Script(Sym("e"), sup=Row((p,))))
        return (ell, equals, *all_of_q, *exponentials, Sym("−"), sigma, *weighted, q, p)
    return (ell, equals, Sym("−"), sigma, *weighted, q, Sym("log"), p)


def _reads_x(point: RowPoint) -> bool:
    """Whether the formula is better read in what the loss receives than in log p."""
    return point.reads_probabilities or point.takes_as_given


def _substituted(point: RowPoint, digits: int) -> Written:
    """The numbers between the two equals signs."""
    q = point.row.weighted
    if point.row.loss.family == "distribution":
        return _divergence(point, q, digits)
    if point.reads_probabilities and point.row.loss.name == "CrossEntropyLoss":
        return _softmax_twice(point, q, digits)
    if _reads_x(point):
        y = point.row.target
        return negated(scaled(q[y], "target", in_brackets(float(point.x[y]), digits), digits, "·"), brackets=False)
    return _cross_entropy(point, q, digits)


def _cross_entropy(point: RowPoint, q: FloatArray, digits: int) -> Written:
    used = np.flatnonzero(q)
    if used.size == 1:
        return negated(_term(point, q, int(used[0]), digits), brackets=False)
    first, rest = _one_and_equals(q)
    if first is None:
        return negated(_largest_terms(point, q, digits), brackets=True)
    logarithms = _log_list(point, rest, digits)
    terms = [_term(point, q, first, digits), scaled(float(q[rest[0]]), "target", logarithms, digits, "·")]
    return negated(added(terms), brackets=True)


def _one_and_equals(q: FloatArray) -> tuple[int | None, IntArray]:
    """The class with a coefficient of its own and the other classes, if those all share one: smoothing."""
    first = int(np.argmax(q))
    rest = np.delete(np.arange(q.size), first)
    equal = rest.size > 0 and bool(np.all(q[rest] == q[rest[0]])) and q[rest[0]] != 0
    return (first if equal else None), rest


def _term(point: RowPoint, q: FloatArray, c: int, digits: int) -> Written:
    return scaled(float(q[c]), "target", logarithm(float(point.p[c]), float(point.log_p[c]), digits), digits)


def _log_list(point: RowPoint, classes: IntArray, digits: int) -> Written:
    """[log p + log p + …], or the sum as one number where there are too many."""
    if classes.size >= LISTED:
        return in_brackets(total(point.log_p[classes]), digits + 2)
    logs = added([logarithm(float(point.p[c]), float(point.log_p[c]), digits) for c in classes])
    return logs if classes.size == 1 else Written((Sym("["), *logs.nodes, Sym("]")), logs.value)


def _largest_terms(point: RowPoint, q: FloatArray, digits: int) -> Written:
    """W q log p of the classes that count most, and the rest as one number."""
    with np.errstate(invalid="ignore"):
        terms = np.where(q == 0, 0.0, q * point.log_p.astype(np.float64))
    order = np.argsort(-np.abs(terms), kind="stable")
    count = int(np.count_nonzero(q))
    listed = order[: count if count <= LISTED else LARGEST]
    parts = [_term(point, q, int(c), digits) for c in listed]
    if count > LISTED:
        parts.append(in_brackets(total(terms[order[LARGEST:]]), digits + 1))
    return added(parts)


def _softmax_twice(point: RowPoint, q: FloatArray, digits: int) -> Written:
    """Σq · log Σ e^p - Σ q p: the loss takes the probabilities for logits."""
    x = point.x.astype(np.float64)
    normaliser = number(float(np.log(np.sum(np.exp(x)))), digits)
    front = scaled(float(q.sum()), "target", normaliser, digits, "·")
    back = number(float(q @ x), digits, "target")
    return Written((*front.nodes, Sym("−"), *back.nodes), front.value - back.value)


def _divergence(point: RowPoint, t: FloatArray, digits: int) -> Written:
    used = np.flatnonzero(t)
    if used.size < LISTED and not _reads_x(point):
        return added([_ratio(point, float(t[c]), int(c), digits) for c in used])
    with np.errstate(divide="ignore", invalid="ignore"):
        own = total(np.where(t == 0, 0.0, t * np.log(t)))
        crossed = total(t * point.x.astype(np.float64))
    front, back = number(own, digits), in_brackets(crossed, digits, "target")
    return Written((*front.nodes, Sym("−"), *back.nodes), front.value - back.value)


def _ratio(point: RowPoint, t: float, c: int, digits: int) -> Written:
    """T (log t - log p)."""
    own = logarithm(t, float("nan"), digits)
    other = logarithm(float(point.p[c]), float(point.log_p[c]), digits)
    if t == 1:
        return negated(other, brackets=False)
    inner = Written((Sym("("), *own.nodes, Sym("−"), *other.nodes, Sym(")")), own.value - other.value)
    return scaled(t, "target", inner, digits)


def _gradient(point: RowPoint, c: int) -> Row:
    result = signed(float(point.gradient[c]), 4)
    name = Row((Sym(point.name(c)),))
    left = (Sym("∂ℓ/∂z", "grad"),)
    middle = faithful(lambda digits: _pulled_back(point, c, digits), result.removeprefix("+"))
    end = Num(float(point.gradient[c]), result, "grad")
    return Row((Script(Row(left), name), Sym("="), *middle, Sym("="), end))


def _pulled_back(point: RowPoint, c: int, digits: int) -> Written:
    """The derivative by z of class c in numbers, through the link."""
    q = point.row.weighted
    if point.takes_as_given:
        own = number(float(q[c]), digits, "target")
        return negated(own, brackets=False) if own.value else own
    p = point.p.astype(np.float64)
    if point.reads_probabilities:
        return _through_softmax(point, q, p, c, digits)
    front = scaled(float(q.sum()), "plain", number(float(p[c]), digits), digits, "·")
    back = number(float(q[c]), digits, "target")
    return Written((*front.nodes, Sym("−"), *back.nodes), front.value - back.value)


def _through_softmax(point: RowPoint, q: FloatArray, p: FloatArray, c: int, digits: int) -> Written:
    """P (g - Σ p g), g the derivative by what the loss receives."""
    g = -q
    if point.row.loss.name == "CrossEntropyLoss":
        g = q.sum() * np.exp(point.log_p.astype(np.float64)) - q
    outer = number(float(p[c]), digits)
    own, mean = number(float(g[c]), digits), in_brackets(float(p @ g), digits)
    nodes = (*outer.nodes, Sym("·"), Sym("("), *own.nodes, Sym("−"), *mean.nodes, Sym(")"))
    return Written(nodes, outer.value * (own.value - mean.value))
