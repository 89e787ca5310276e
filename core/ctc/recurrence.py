"""One cell of the lattice explained: what flows into it, by which move, and what is refused and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.ctc.lattice import Lattice

Move = Literal["start", "stay", "advance", "skip", "end"]
Direction = Literal["alpha", "beta", "occupancy"]
STEPS: tuple[tuple[Move, int], ...] = (("stay", 0), ("advance", 1), ("skip", 2))


@final
@dataclass(frozen=True, eq=False, slots=True)
class Term:
    """One way into a cell (alpha), or out of it (beta).

    Attributes:
        row: where it comes from, or goes to; it may lie outside the lattice.
        value: log-mass that it brings, -inf if none.
        share: of the mass that all ways bring, 0 to 1.
        allowed: whether the rules of CTC have such a move here.
        reason: why it brings nothing; None if it brings something.
    """

    move: Move
    row: int
    value: float
    share: float
    allowed: bool
    reason: Text | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class CellExplanation:
    """The recurrence of one cell with its numbers.

    alpha(t, s) = log_sum + log_emission, where the terms are alpha of frame t - 1. beta(t, s) = log_sum, where the
    terms are beta of frame t + 1 with the emission there. The occupancy is exp(alpha + beta - log_likelihood).

    Attributes:
        label: the class of the row.
        result: alpha, beta or the occupancy.
        frame_occupancy_sum: of all rows in this frame: 1 wherever an alignment exists.
        reachable: whether any mass comes here in this direction; for the occupancy in both.
    """

    t: int
    s: int
    direction: Direction
    label: int
    terms: tuple[Term, ...]
    log_sum: float
    log_emission: float
    result: float
    alpha: float
    beta: float
    log_likelihood: float
    occupancy: float
    frame_occupancy_sum: float
    reachable: bool


def explain(lattice: Lattice, t: int, s: int, direction: Direction = "alpha") -> CellExplanation:
    """The cell of frame t and row s; it must be one of the lattice."""
    if direction == "occupancy":
        terms: tuple[Term, ...] = ()
    else:
        terms = _shared(_alpha_terms(lattice, t, s) if direction == "alpha" else _beta_terms(lattice, t, s))
    alpha, beta = float(lattice.alpha[t, s]), float(lattice.beta[t, s])
    occupancy = float(lattice.occupancy[t, s])
    result = {"alpha": alpha, "beta": beta, "occupancy": occupancy}[direction]
    return CellExplanation(
        t=t,
        s=s,
        direction=direction,
        label=int(lattice.states[s]),
        terms=terms,
        log_sum=_log_sum(terms) if terms else _add(alpha, beta),
        log_emission=float(lattice.emission[t, s]),
        result=result,
        alpha=alpha,
        beta=beta,
        log_likelihood=lattice.log_likelihood,
        occupancy=occupancy,
        frame_occupancy_sum=float(lattice.occupancy[t].sum()),
        reachable=result > 0 if direction == "occupancy" else result > -np.inf,
    )


def edge_shares(lattice: Lattice) -> FloatArray:
    """(T, S, 3) the share of the whole mass that enters each cell by staying, advancing, skipping; 0 in frame 0."""
    shares = np.zeros((*lattice.alpha.shape, len(STEPS)))
    if not np.isfinite(lattice.log_likelihood) or len(shares) < 2:
        return shares
    after = lattice.emission[1:] + lattice.beta[1:] - lattice.log_likelihood
    for k, (_, step) in enumerate(STEPS):
        if step < lattice.states.size:
            flow = lattice.alpha[:-1, : lattice.states.size - step] + after[:, step:]
            shares[1:, step:, k] = np.exp(flow)
    shares[:, ~lattice.skip, 2] = 0.0
    return shares


def _alpha_terms(lattice: Lattice, t: int, s: int) -> list[Term]:
    if t == 0:
        reason = None if s <= 1 else say("ctc", "A path begins in the first blank or in the first label.")
        return [Term("start", s, 0.0 if s <= 1 else -np.inf, 0.0, s <= 1, reason)]
    terms: list[Term] = []
    for move, step in STEPS:
        row = s - step
        refusal = _refusal(lattice, move, row, s)
        value = float(lattice.alpha[t - 1, row]) if refusal is None else -np.inf
        reason = refusal
        if refusal is None and value == -np.inf:
            reason = say("ctc", "No path reaches row {row} by frame {frame}.", row=row, frame=t - 1)
        terms.append(Term(move, row, value, 0.0, refusal is None, reason))
    return terms


def _beta_terms(lattice: Lattice, t: int, s: int) -> list[Term]:
    T, S = lattice.beta.shape
    if t == T - 1:
        ends = s >= S - 2
        reason = None if ends else say("ctc", "A path ends in the last blank or in the last label.")
        return [Term("end", s, 0.0 if ends else -np.inf, 0.0, ends, reason)]
    terms: list[Term] = []
    for move, step in STEPS:
        row = s + step
        refusal = _refusal(lattice, move, s, row)
        value = _add(lattice.beta[t + 1, row], lattice.emission[t + 1, row]) if refusal is None else -np.inf
        reason = refusal
        if refusal is None and value == -np.inf:
            reason = say("ctc", "No path goes on from row {row} in frame {frame}.", row=row, frame=t + 1)
        terms.append(Term(move, row, value, 0.0, refusal is None, reason))
    return terms


def _refusal(lattice: Lattice, move: Move, origin: int, goal: int) -> Text | None:
    """Why no path may go from one row to another by this move; None if it may."""
    if origin < 0:
        return say("ctc", "There is no row before the first.")
    if goal >= lattice.states.size:
        return say("ctc", "There is no row after the last.")
    if move != "skip" or lattice.skip[goal]:
        return None
    if goal % 2 == 0:
        return say("ctc", "A skip into a blank would leave out the label before it.")
    return say("ctc", "Both sides have the same symbol: without a blank between them they would merge into one.")


def _shared(terms: list[Term]) -> tuple[Term, ...]:
    """The terms with their shares of the whole."""
    total = _log_sum(terms)
    if not np.isfinite(total):
        return tuple(terms)
    return tuple(
        Term(term.move, term.row, term.value, float(np.exp(term.value - total)), term.allowed, term.reason)
        for term in terms
    )


@np.errstate(invalid="ignore")  # nan among the emissions is a result here
def _log_sum(terms: list[Term] | tuple[Term, ...]) -> float:
    return float(np.logaddexp.reduce([term.value for term in terms]))


@np.errstate(invalid="ignore")
def _add(a: float, b: float) -> float:
    return float(np.add(a, b))
