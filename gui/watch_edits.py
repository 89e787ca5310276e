"""Edits of the whole state that watching makes: on to another dump of the same run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, final

import numpy as np

from core.problem import Problem
from core.text import say
from core.watch import LOST, moved_rows
from gui.app_edits import first_row, weighting_of
from gui.edit import Edit
from gui.workspaces.batch.edits import ascending
from gui.workspaces.ctc.side_edits import choose_sequence
from gui.workspaces.explore.loading import load_row
from gui.workspaces.explore.presets import sketch

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.assess import Assessment
    from core.batch import Batch
    from core.losses import Loss
    from gui.state import AppState

STEPPING = "step-dumps"  # a run of steps through the dumps is one step of undo


def loss_for(state: AppState, batch: Batch) -> Loss:
    """That of the dump, unless the user changed the one of the last dump of the same kind."""
    problem = state.problem
    if problem.base is None or problem.loss is problem.base.loss or type(problem.base.loss) is not type(batch.loss):
        return batch.loss
    return problem.loss


def step_to(before: Assessment | None, found: Assessment) -> Edit[AppState]:
    """Another dump: sort, filter and threshold stay, and rows by their ids; what was changed for a trial does not.

    `before`: what was found in the batch that is open; without it rows keep their numbers.
    """
    batch = found.batch

    def update(state: AppState) -> AppState:
        loss = loss_for(state, batch)
        weighting = weighting_of(found) if loss is batch.loss else state.problem.weighting
        moved = _Moved(state, before, found)
        primary = moved.row(state.batch.primary)
        if primary is None:
            primary = first_row(found)
        kept = replace(
            state.batch,
            primary=primary,
            selection=ascending(moved.rows(state.batch.selection)),
            pinned_row=moved.row(state.batch.pinned_row),
            sample=0,
        )
        problem = Problem(loss, batch, weighting)
        return replace(_shown_elsewhere(state, loss, batch, primary), problem=problem, batch=kept)

    return Edit(say("window", "Go to {name}", name=batch.name), update, STEPPING)


@final
class _Moved:
    """Where rows of the present batch stand in another."""

    def __init__(self, state: AppState, before: Assessment | None, found: Assessment) -> None:
        self._pair: tuple[Any, Any] | None = None
        if before is not None and before.batch is state.problem.batch and before.rows and found.rows:
            self._pair = (before.batch, before.rows), (found.batch, found.rows)
        self._count = 0 if found.rows is None else found.rows.count

    def rows(self, chosen: IntArray) -> IntArray:
        if self._pair is None:
            return chosen[chosen < self._count]
        moved = moved_rows(chosen, *self._pair)
        return moved[moved != LOST]

    def row(self, chosen: int | None) -> int | None:
        found = np.empty(0, np.int64) if chosen is None else self.rows(np.array([chosen]))
        return int(found[0]) if found.size else None


def _shown_elsewhere(state: AppState, loss: Loss, batch: Batch, row: int | None) -> AppState:
    """Explore and CTC on the same row; on the loss's sketch where it is of another kind."""
    same = state.problem.loss.family == loss.family
    explore = state.explore if same else sketch(loss.name).state
    explore = replace(explore, row=None) if row is None else load_row(explore, loss, batch, row)
    sequence = row if row is not None and loss.family == "sequence" else 0
    return replace(state, explore=explore, ctc=choose_sequence(sequence).update(state.ctc))
