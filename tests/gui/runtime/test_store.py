"""The store: edits, refusals, undo and redo."""

from __future__ import annotations

from dataclasses import replace

import pytest

import core.losses as L
from core.errors import InputError
from core.params import with_param
from core.problem import Problem
from core.text import say
from gui.edit import Edit
from gui.runtime.store import Store
from gui.state import AppState


@pytest.fixture
def store(qapp: object) -> Store:
    return Store(AppState(Problem(L.SmoothL1Loss())))


def set_beta(beta: float, merge_key: str | None = None) -> Edit[AppState]:
    def update(state: AppState) -> AppState:
        return replace(state, problem=replace(state.problem, loss=with_param(state.problem.loss, "beta", beta)))

    return Edit(say("test", "Change beta"), update, merge_key)


def beta(store: Store) -> float:
    loss = store.state.problem.loss
    assert isinstance(loss, L.SmoothL1Loss)
    return loss.beta


def test_that_an_edit_is_told_undone_and_redone(store: Store) -> None:
    told: list[AppState] = []
    store.changed.connect(told.append)
    store.apply(set_beta(0.5))
    assert beta(store) == 0.5
    store.undo()
    assert beta(store) == 1.0
    store.redo()
    assert beta(store) == 0.5
    assert [state.problem.loss.beta for state in told] == [0.5, 1.0, 0.5]  # type: ignore[attr-defined]


def test_that_edits_of_one_drag_are_one_undo_step(store: Store) -> None:
    for value in (0.9, 0.8, 0.7):
        store.apply(set_beta(value, "drag-1"))
    store.undo()
    assert beta(store) == 1.0


def test_that_a_released_drag_is_not_continued_by_the_next(store: Store) -> None:
    store.apply(set_beta(0.9, "drag"))
    store.seal()
    store.apply(set_beta(0.8, "drag"))
    store.undo()
    assert beta(store) == 0.9


def test_that_a_refused_edit_changes_nothing_and_says_why(store: Store) -> None:
    refusals: list[InputError] = []
    store.refused.connect(refusals.append)
    store.apply(set_beta(-1))
    assert beta(store) == 1.0
    assert not store.history.past
    assert [refusal.field for refusal in refusals] == ["beta"]


def test_that_writing_while_being_shown_is_a_bug(store: Store) -> None:
    errors: list[RuntimeError] = []

    def write(_: object) -> None:
        try:
            store.apply(set_beta(2.0))
        except RuntimeError as error:
            errors.append(error)

    store.changed.connect(write)
    store.apply(set_beta(0.5))
    assert len(errors) == 1
    assert beta(store) == 0.5


def test_that_a_new_edit_forgets_what_was_undone(store: Store) -> None:
    store.apply(set_beta(0.5))
    store.undo()
    store.apply(set_beta(3.0))
    store.redo()
    assert beta(store) == 3.0
