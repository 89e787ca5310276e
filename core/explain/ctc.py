"""The CTC loss of a lattice with its numbers: the two cells in which paths end, and the gradient at one symbol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.explain.digits import fixed, read, signed, significant
from core.explain.formula import Node, Num, Row, Script, Strip, Sym
from core.explain.plain import plain_text
from core.explain.written import SMALLEST_LOGARITHM, Written, added, faithful, logarithm, negated, number
from core.text import Text, say

if TYPE_CHECKING:
    from core.ctc.lattice import Lattice

Truth = Literal["logits", "log_probs", "torch"]


@final
@dataclass(frozen=True, slots=True)
class Symbol:
    """A class in a frame: its probability, and the share of the posterior that it has there."""

    name: str
    frame: int
    p: float
    occupancy: float


def strip(lattice: Lattice, symbol: Symbol | None = None, truth: Truth = "logits") -> Strip:
    """−log of the mass in the last blank and in the last label of the last frame, and the gradient at a symbol.

    The gradient is left out without a symbol, and where no alignment fits: there is none.
    """
    loss = 0.0 - lattice.log_likelihood
    result = Num(loss, fixed(loss), "loss")
    value = Row((Sym("ℓ"), Sym("="), *_middle(lattice, result.text), result))
    gradient = None
    if symbol is not None and np.isfinite(lattice.log_likelihood):
        gradient = _gradient(symbol, truth)
    plain = plain_text(value) if gradient is None else f"{plain_text(value)}; {plain_text(gradient)}"
    return Strip(value, gradient, _fit(lattice), plain)


def _middle(lattice: Lattice, result: str) -> tuple[Node, ...]:
    """In symbols, then with numbers; no frames, no cells."""
    T, S = lattice.alpha.shape
    if T == 0:
        return ()
    rows = [S - 1, S - 2] if S > 1 else [S - 1]
    names = _within_log([_cell(T - 1, row) for row in rows])
    ends = [float(lattice.alpha[T - 1, row]) for row in rows]
    return (*names, Sym("="), *faithful(lambda digits: _numbers(ends, digits), result), Sym("="))


def _cell(t: int, s: int) -> tuple[Node, ...]:
    return (Sym("α"), Sym("("), Sym(f"{t}, {s}"), Sym(")"))


def _within_log(parts: list[tuple[Node, ...]]) -> tuple[Node, ...]:
    nodes: list[Node] = [Sym("−"), Sym("log"), Sym("(")]
    for place, part in enumerate(parts):
        nodes += [Sym("+"), *part] if place else part
    return (*nodes, Sym(")"))


def _numbers(ends: list[float], digits: int) -> Written:
    """As probabilities while they can be read, as powers of e below that."""
    with np.errstate(invalid="ignore"):
        total = float(np.logaddexp.reduce(ends))
    if total == -np.inf:
        return Written((Sym("−"), Sym("log"), Num(0.0, "0")), np.inf)
    if np.isnan(total) or len(ends) == 1:
        with np.errstate(under="ignore", over="ignore"):
            return negated(logarithm(float(np.exp(total)), total, digits), brackets=False)
    readable = min(ends) > np.log(SMALLEST_LOGARITHM) and max(ends) < 0
    parts = [number(float(np.exp(end)), digits) if readable else _power(end, digits) for end in ends]
    inner = added(parts) if readable else _summed_powers(parts)
    log = float(np.log(inner.value)) if readable else inner.value
    return Written((Sym("−"), Sym("log"), Sym("("), *inner.nodes, Sym(")")), -log)


def _power(exponent: float, digits: int) -> Written:
    """A power of e; its value is the exponent as printed."""
    text = significant(exponent, digits + 1)
    return Written((Script(Sym("e"), sup=Row((Num(exponent, text),))),), read(text))


def _summed_powers(parts: list[Written]) -> Written:
    """Powers with plus signs between them; its value is the log of the sum."""
    nodes: list[Node] = []
    for place, part in enumerate(parts):
        nodes += [Sym("+"), *part.nodes] if place else part.nodes
    return Written(tuple(nodes), float(np.logaddexp.reduce([part.value for part in parts])))


def _gradient(symbol: Symbol, truth: Truth) -> Row:
    """By the logits, and as torch returns it, p − γ; by log-probabilities that are free, −γ."""
    slope = (0.0 - symbol.occupancy) if truth == "log_probs" else symbol.p - symbol.occupancy
    result = signed(slope, 4)
    by = {"logits": "∂ℓ/∂z", "log_probs": "∂ℓ/∂log p", "torch": "log_probs.grad"}[truth]
    left = Script(Sym(by, "grad"), Row((Sym(f"{symbol.name}, {symbol.frame}"),)))
    gamma = Sym("γ", "target")
    if truth == "log_probs":
        middle: tuple[Node, ...] = (Sym("−"), gamma)
    else:
        numbers = faithful(lambda digits: _difference(symbol, digits), result.removeprefix("+"))
        middle = (Sym("p"), Sym("−"), gamma, Sym("="), *numbers)
    return Row((left, Sym("="), *middle, Sym("="), Num(slope, result, "grad")))


def _difference(symbol: Symbol, digits: int) -> Written:
    front, back = number(symbol.p, digits, "input"), number(symbol.occupancy, digits, "target")
    return Written((*front.nodes, Sym("−"), *back.nodes), front.value - back.value)


def _fit(lattice: Lattice) -> Text | None:
    """Why there is no complete path."""
    T, S = lattice.alpha.shape
    U = S // 2
    needed = U + int(np.count_nonzero(lattice.labels[1:] == lattice.labels[:-1]))
    if needed <= T:
        return None
    return say("core", "no complete path: {frames} frames, {needed} needed", frames=T, needed=needed)
