"""The computation of a lattice as a plan of steps that can be walked forwards and backwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.ctc.labels import reachable, reachable_from_start, reachable_to_end
from core.ctc.step_words import cell_sentence, column_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.arrays import BoolArray, IntArray
    from core.ctc.lattice import Lattice
    from core.text import Text

Phase = Literal["initialise", "forward", "terminate", "backward", "occupancy", "gradient", "collapse"]
CELL_PHASES: tuple[Phase, ...] = ("initialise", "forward", "backward", "occupancy")


@final
@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """One step.

    Attributes:
        frame: that it computes; None for the steps of the whole sequence, terminate and collapse.
        rows: of the cells that it computes, in that frame; `row`: the only one, None if it computes several or none.
        result: the number that comes out: a cell's, or log P; None where there is no single one.
    """

    phase: Phase
    frame: int | None
    rows: tuple[int, ...]
    row: int | None
    sentence: Text
    result: float | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class Revealed:
    """What is known after a step: cells (T, S) of each layer, frames (T,) of the gradient, and the best path or not."""

    alpha: BoolArray
    beta: BoolArray
    occupancy: BoolArray
    gradient: BoolArray
    log_likelihood: bool
    path: bool


@final
@dataclass(frozen=True, eq=False, slots=True)
class _Column:
    """The cells of one phase in one frame; `first` is the step that computes the first of them."""

    phase: Phase
    frame: int | None
    rows: tuple[int, ...]
    first: int


@final
@dataclass(frozen=True, eq=False, slots=True)
class StepPlan:
    """All steps, `count` of them; made by `steps`."""

    lattice: Lattice
    by_cell: bool
    count: int
    columns: tuple[_Column, ...]
    firsts: IntArray

    def at(self, k: int) -> Step:
        """Step k, from 0; k must be below `count`."""
        column = self._column(k)
        if self.by_cell and column.phase in CELL_PHASES:
            assert column.frame is not None
            row = column.rows[k - column.first]
            sentence, result = cell_sentence(self.lattice, column.phase, column.frame, row)
            return Step(column.phase, column.frame, (row,), row, sentence, result)
        sentence, result = column_sentence(self.lattice, column.phase, column.frame, len(column.rows))
        return Step(column.phase, column.frame, column.rows, None, sentence, result)

    def first(self, phase: Phase, frame: int | None) -> int:
        """The step at which a phase comes to a frame; that of the nearest step before, if it never does."""
        k = 0
        for column in self.columns:
            if column.phase == phase and (column.frame == frame or column.frame is None):
                return column.first
            if _order(column.phase) <= _order(phase):
                k = column.first
        return k

    def revealed(self, k: int) -> Revealed:
        """What is known once step k is done."""
        now = self._column(k)
        shape = self.lattice.alpha.shape
        known = {layer: np.zeros(shape, dtype=np.bool_) for layer in ("alpha", "beta", "occupancy")}
        gradient = np.zeros(shape[0], dtype=np.bool_)
        for column in self.columns:
            if column.first > now.first:
                break
            rows = column.rows[: k - now.first + 1] if column is now and self.by_cell else column.rows
            if column.phase == "gradient":
                gradient[column.frame] = True
            elif column.phase in CELL_PHASES:
                known[_LAYER[column.phase]][column.frame, list(rows)] = True
        return Revealed(
            known["alpha"],
            known["beta"],
            known["occupancy"],
            gradient,
            log_likelihood=_order(now.phase) >= _order("terminate"),
            path=now.phase == "collapse",
        )

    def _column(self, k: int) -> _Column:
        if not 0 <= k < self.count:
            raise IndexError(f"there is no step {k} of {self.count}")
        return self.columns[int(np.searchsorted(self.firsts, k, side="right")) - 1]


def steps(lattice: Lattice, by_cell: bool) -> StepPlan:
    """The plan for a lattice: cell by cell, or a column of cells at a time.

    Cells that no path can meet are not computed. Without an alignment the plan ends with the backward pass.
    """
    columns: list[_Column] = []
    count = 0
    for phase, frame, rows in _columns(lattice):
        columns.append(_Column(phase, frame, rows, count))
        count += len(rows) if by_cell and phase in CELL_PHASES else 1
    firsts = np.array([column.first for column in columns], dtype=np.int64)
    return StepPlan(lattice, by_cell, count, tuple(columns), firsts)


_LAYER = {"initialise": "alpha", "forward": "alpha", "backward": "beta", "occupancy": "occupancy"}
_PHASES: tuple[Phase, ...] = ("initialise", "forward", "terminate", "backward", "occupancy", "gradient", "collapse")


def _order(phase: Phase) -> int:
    return _PHASES.index(phase)


def _columns(lattice: Lattice) -> Iterator[tuple[Phase, int | None, tuple[int, ...]]]:
    T = len(lattice.alpha)
    for t, rows in enumerate(_rows(reachable_from_start(lattice.labels, T))):
        yield ("forward" if t else "initialise"), t, rows
    yield "terminate", None, ()
    for t, rows in reversed(list(enumerate(_rows(reachable_to_end(lattice.labels, T))))):
        yield "backward", t, rows
    if not np.isfinite(lattice.log_likelihood):
        return
    for t, rows in enumerate(_rows(reachable(lattice.labels, T))):
        yield "occupancy", t, rows
    for t in range(T):
        yield "gradient", t, ()
    yield "collapse", None, ()


def _rows(cells: BoolArray) -> list[tuple[int, ...]]:
    return [tuple(np.flatnonzero(row).tolist()) for row in cells]
