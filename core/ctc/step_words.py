"""What each step of the computation does, with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.recurrence import CellExplanation, explain
from core.explain.digits import MINUS, fixed, read
from core.text import Text, say

if TYPE_CHECKING:
    from core.ctc.lattice import Lattice

DECIMALS = 3
MOST_DECIMALS = 9


def cell_sentence(lattice: Lattice, phase: str, t: int, s: int) -> tuple[Text, float]:
    """How a cell comes about, and its value."""
    if phase == "occupancy":
        cell = explain(lattice, t, s, "occupancy")
        formula = _occupancy_formula(cell)
    else:
        cell = explain(lattice, t, s, "beta" if phase == "backward" else "alpha")
        formula = _sum_formula(cell)
    return say("ctc", "Frame {frame}, row {row}: {formula}", frame=t, row=s, formula=formula), cell.result


def column_sentence(lattice: Lattice, phase: str, t: int | None, cells: int) -> tuple[Text, float | None]:
    """What a whole column does, or a step of the whole sequence; log P is the only single number."""
    if phase == "terminate":
        formula = terminal_formula(lattice)
        return say("ctc", "A path ends in the last two rows: {formula}", formula=formula), lattice.log_likelihood
    if phase == "collapse":
        return _collapse_sentence(lattice), None
    if phase == "gradient":
        return say(
            "ctc", "Frame {frame}: the gradient for the logits is p − γ, class by class; it sums to 0.", frame=t
        ), None
    return _cells_sentence(lattice, phase, t, cells), None


def terminal_formula(lattice: Lattice) -> str:
    """Log P from the last cells of the last two rows."""
    if len(lattice.alpha) == 0:
        return f"log P = {fixed(lattice.log_likelihood, DECIMALS)}"
    values = lattice.alpha[-1, -2:][::-1].tolist()
    return _written("log P", values, 0.0, lattice.log_likelihood)


def _cells_sentence(lattice: Lattice, phase: str, t: int | None, cells: int) -> Text:
    assert t is not None
    if phase == "initialise":
        return say("ctc", "Frame 0: a path begins in the first blank or in the first label, with its log p.")
    if phase == "forward":
        return say(
            "ctc",
            "Frame {frame}: {cells} cells, each the sum of what stays, advances or skips into it, times its p.",
            frame=t,
            cells=cells,
        )
    if phase == "backward" and t == len(lattice.beta) - 1:
        return say("ctc", "Frame {frame}: a path ends in the last two rows; log 1 = 0 is left to do there.", frame=t)
    if phase == "backward":
        return say(
            "ctc",
            "Frame {frame}: {cells} cells, each the sum of what it can stay in, advance or skip to, times the p there.",
            frame=t,
            cells=cells,
        )
    return say(
        "ctc",
        "Frame {frame}: γ = exp(α + β − log P) is the share of all paths in each cell; together {sum}.",
        frame=t,
        sum=fixed(float(lattice.occupancy[t].sum()), 4),
    )


def _collapse_sentence(lattice: Lattice) -> Text:
    share = float(np.exp(lattice.best_log_prob - lattice.log_likelihood))
    return say(
        "ctc",
        "The likeliest path holds {share} % of P: merge its repeats, then drop its blanks, and the target is left.",
        share=fixed(100 * share, 1),
    )


def _sum_formula(cell: CellExplanation) -> str:
    values = [term.value for term in cell.terms if term.value > -np.inf]
    name = f"log {'β' if cell.direction == 'beta' else 'α'}({cell.t}, {cell.s})"
    if cell.terms[0].move == "start" and values:
        return f"{name} = log p = {fixed(cell.result, DECIMALS)}"
    return _written(name, values, 0.0 if cell.direction == "beta" else cell.log_emission, cell.result)


def _written(name: str, values: list[float], emission: float, result: float) -> str:
    """log(e^a + e^b) + log p with as many decimals as reproduce the result."""
    shown = fixed(result, DECIMALS)
    values = [value for value in values if value > -np.inf]
    if not values or not np.isfinite(result):
        return f"{name} = {shown}"
    text = ""
    for decimals in range(DECIMALS, MOST_DECIMALS):
        terms = [fixed(value, decimals) for value in values]
        given = [fixed(emission, decimals)] if emission else []
        text = " ".join([_log_of(terms), *map(_added, given)])
        if fixed(_total(terms, given), DECIMALS) == shown:
            break
    return f"{name} = {text} = {shown}" if text != shown else f"{name} = {shown}"


def _total(terms: list[str], given: list[str]) -> float:
    return float(np.logaddexp.reduce([read(term) for term in terms])) + sum(map(read, given))


def _log_of(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"log({' + '.join(f'e^{term}' for term in terms)})"


def _added(number: str) -> str:
    return f"{MINUS} {number.removeprefix(MINUS)}" if number.startswith(MINUS) else f"+ {number}"


def _occupancy_formula(cell: CellExplanation) -> str:
    shown = fixed(cell.result, DECIMALS)
    text = ""
    for decimals in range(DECIMALS, MOST_DECIMALS):
        parts = [fixed(value, decimals) for value in (cell.alpha, cell.beta, 0.0 - cell.log_likelihood)]
        text = " ".join([parts[0], *map(_added, parts[1:])])
        if fixed(float(np.exp(sum(map(read, parts)))), DECIMALS) == shown:
            break
    return f"γ = exp(α + β {MINUS} log P) = exp({text}) = {shown}"
