"""The CTC loss of one sequence, and its gradient at one symbol of one frame, with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import fixed, signed
from core.explain.formula import Node, Num, Row, Script, Strip, Sym
from core.explain.plain import plain_text
from core.explain.written import Written, faithful, logarithm, negated, number
from core.reduction import BATCH_SIZE_AFTER_LENGTHS
from core.text import Text, say

if TYPE_CHECKING:
    from core.reduction import Divisor


def strip(log_likelihood: float, symbol: str, frame: int, p: float, occupancy: float) -> Strip:
    """−log P(target) with P written out; p − γ of `symbol` in `frame`, where γ is its posterior given the target.

    The gradient is left out where no alignment fits: torch returns nan there.
    """
    loss = 0.0 - log_likelihood
    result = fixed(loss)
    with np.errstate(under="ignore"):
        likelihood = float(np.exp(log_likelihood))
    middle = faithful(lambda digits: negated(logarithm(likelihood, log_likelihood, digits), brackets=False), result)
    value = Row((*_symbols(), Sym("="), *middle, Sym("="), Num(loss, result, "loss")))
    if not np.isfinite(log_likelihood):
        return Strip(value, None, None, plain_text(value))
    gradient = _gradient(symbol, frame, p, occupancy)
    return Strip(value, gradient, None, f"{plain_text(value)}; {plain_text(gradient)}")


def share(loss: float, target_length: int, divisor: Divisor) -> Text:
    """What one sequence's loss becomes on its way into the value of the batch."""
    if divisor.name != BATCH_SIZE_AFTER_LENGTHS:
        return say("core", "The sequence counts with its whole loss.")
    length = max(target_length, 1)
    return say(
        "core",
        "It counts as {loss} ÷ {length} ÷ {size} = {share}: by target length first, then by batch size.",
        loss=fixed(loss),
        length=length,
        size=f"{divisor.value:g}",
        share=fixed(loss / length / divisor.value),
    )


def _symbols() -> tuple[Node, ...]:
    """ℓ = −log Σ over the paths that read as the target of the product of their frames."""
    t = Row((Sym("t"),))
    paths = Script(Sym("Σ"), Row((Sym("π→y", "target"),)))
    emissions = (Script(Sym("Π"), t), Script(Sym("p"), t), Sym("("), Script(Sym("π"), t), Sym(")"))
    return (Sym("ℓ"), Sym("="), Sym("−"), Sym("log"), paths, *emissions)


def _gradient(symbol: str, frame: int, p: float, occupancy: float) -> Row:
    slope = p - occupancy
    result = signed(slope, 4)
    left = Script(Sym("∂ℓ/∂log p", "grad"), Row((Sym(f"{symbol}, {frame}"),)))
    middle = faithful(lambda digits: _difference(p, occupancy, digits), result.removeprefix("+"))
    names = (Sym("p"), Sym("−"), Sym("γ", "target"))
    return Row((left, Sym("="), *names, Sym("="), *middle, Sym("="), Num(slope, result, "grad")))


def _difference(p: float, occupancy: float, digits: int) -> Written:
    front, back = number(p, digits, "input"), number(occupancy, digits, "target")
    return Written((*front.nodes, Sym("−"), *back.nodes), front.value - back.value)
