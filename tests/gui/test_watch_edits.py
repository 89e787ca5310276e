"""On to another dump: what stays, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from core.assess import Assessment, assess
from core.batch import Batch
from core.jobs import finish
from core.losses import CrossEntropyLoss, MSELoss
from core.problem import Problem
from gui.app_edits import open_batch
from gui.state import AppState
from gui.watch_edits import loss_for, step_to

IDS = np.array(["a", "b", "c", "d"])


def dumped(order: list[int], scale: float = 1.0, loss: Any = None, *, ids: bool = True) -> Assessment:
    """Samples a, b, c, d in this order."""
    x = np.array([[2.0, 0.0], [0.0, 1.0], [0.5, 0.5], [3.0, 0.0]])[order] * scale
    extras = {"ids": IDS[order]} if ids else {}
    batch = Batch("dump", loss or CrossEntropyLoss(), x, np.array([0, 0, 1, 1])[order], extras=extras)
    return finish(assess(batch.loss, batch))


def opened(found: Assessment, **fields: Any) -> AppState:
    state = open_batch(found).update(AppState(Problem(found.loss)))
    return replace(state, batch=replace(state.batch, **fields))


def test_that_rows_are_chosen_by_their_ids_and_the_list_stays_as_it_is() -> None:
    first, second = dumped([0, 1, 2, 3]), dumped([3, 2, 0])
    state = opened(
        first, primary=2, selection=np.array([1, 3]), pinned_row=0, sort="p", filter="loss > 1", threshold=0.5
    )
    after = step_to(first, second).update(state)
    assert after.batch.primary == 1
    assert after.batch.selection.tolist() == [0]
    assert after.batch.pinned_row == 2
    assert (after.batch.sort, after.batch.filter, after.batch.threshold) == ("p", "loss > 1", 0.5)
    assert after.problem.batch is second.batch
    assert after.explore.row == 1


def test_that_a_row_that_is_not_there_gives_way_to_the_first_by_loss() -> None:
    first, second = dumped([0, 1, 2, 3]), dumped([0, 3, 2])
    after = step_to(first, second).update(opened(first, primary=1))
    assert after.batch.primary == 1  # d, of the largest loss


def test_that_without_ids_rows_keep_their_numbers() -> None:
    first, second = dumped([0, 1, 2, 3], ids=False), dumped([0, 1, 2], ids=False)
    after = step_to(first, second).update(opened(first, primary=2, selection=np.array([0, 3])))
    assert (after.batch.primary, after.batch.selection.tolist()) == (2, [0])


def test_that_the_loss_of_the_dump_holds_where_nobody_changed_the_last() -> None:
    first, second = dumped([0, 1]), dumped([0, 1], loss=CrossEntropyLoss(label_smoothing=0.1))
    after = step_to(first, second).update(opened(first))
    assert after.problem.loss is second.batch.loss


def test_that_a_loss_that_was_changed_stays_with_its_weighting() -> None:
    first, second = dumped([0, 1]), dumped([1, 0])
    state = opened(first)
    changed = CrossEntropyLoss(weight=np.array([1.0, 3.0]))
    state = replace(state, problem=replace(state.problem, loss=changed))
    assert loss_for(state, second.batch) is changed
    after = step_to(first, second).update(state)
    assert after.problem.loss is changed
    assert after.problem.weighting is state.problem.weighting


def test_that_a_dump_of_another_kind_has_its_own_loss_and_sketch() -> None:
    first = dumped([0, 1])
    batch = Batch("other", MSELoss(), np.zeros(3), np.ones(3))
    other = finish(assess(batch.loss, batch))
    state = opened(first)
    state = replace(state, problem=replace(state.problem, loss=CrossEntropyLoss(label_smoothing=0.3)))
    after = step_to(first, other).update(state)
    assert after.problem.loss is batch.loss
    assert after.explore.scalar.y == 1.0


def test_that_a_trial_is_not_carried_over() -> None:
    first, second = dumped([0, 1, 2]), dumped([0, 1, 2])
    state = opened(first)
    tried = replace(state.problem.what_if, dropped=frozenset({0}))
    state = replace(state, problem=replace(state.problem, what_if=tried))
    assert step_to(None, second).update(state).problem.what_if.is_empty


def test_that_a_refused_dump_is_shown_without_rows() -> None:
    first = dumped([0, 1])
    batch = Batch("bad", CrossEntropyLoss(), np.zeros((2, 2)), np.array([0, 9]))
    bad = finish(assess(batch.loss, batch))
    after = step_to(first, bad).update(opened(first, primary=1, selection=np.array([1])))
    assert after.batch.primary == 0  # the only sound one
    assert after.batch.selection.tolist() == []


def test_that_a_run_of_steps_is_one_step_of_undo() -> None:
    first, second = dumped([0, 1]), dumped([1, 0])
    edits = [step_to(None, first), step_to(first, second)]
    assert edits[0].merge_key == edits[1].merge_key is not None
