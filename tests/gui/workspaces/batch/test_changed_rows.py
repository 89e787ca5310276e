"""Which rows have numbers that are not what came, whatever was left out before them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import core.losses as L
from core.batch import Batch
from core.problem import Problem
from core.what_if import WhatIf
from gui.workspaces.batch.changed_rows import changed_numbers, changed_rows
from gui.workspaces.batch.what_if_edits import drop_rows, set_input, set_target

RNG = np.random.default_rng(3)
DENSE = Batch("d", L.CrossEntropyLoss(), RNG.normal(size=(2, 3, 4, 5)), RNG.integers(0, 3, (2, 4, 5)))
FLAT = Batch("f", L.CrossEntropyLoss(), RNG.normal(size=(6, 3)), RNG.integers(0, 3, 6))
NUMBERS = Batch("n", L.MSELoss(), RNG.normal(size=(6, 2)), RNG.normal(size=(6, 2)))


def problem_of(batch: Batch) -> Problem:
    return Problem(batch.loss, batch)


def test_that_nothing_is_changed_in_a_batch_as_it_came() -> None:
    assert changed_rows(problem_of(FLAT)) == frozenset()
    assert changed_numbers(problem_of(FLAT), 2) == (frozenset(), False)


def test_that_a_number_of_a_dense_batch_belongs_to_the_row_of_its_place() -> None:
    problem = set_input(27, 1, 9.0).update(problem_of(DENSE))
    assert changed_rows(problem) == {27}
    assert changed_numbers(problem, 27) == ({1}, False)
    assert changed_numbers(problem, 26) == (frozenset(), False)


def test_that_a_changed_target_is_told_from_a_changed_input() -> None:
    problem = set_target(4, 0.0).update(problem_of(FLAT))
    assert changed_rows(problem) == {4}
    assert changed_numbers(problem, 4) == (frozenset(), True)


def test_that_a_row_keeps_its_mark_under_its_new_number() -> None:
    problem = set_input(4, 0, 9.0).update(problem_of(FLAT))
    problem = drop_rows(np.array([1, 2])).update(problem)
    assert changed_rows(problem) == {2}
    assert changed_numbers(problem, 2)[0] == {0}


def test_that_a_changed_row_that_was_left_out_is_not_named() -> None:
    problem = drop_rows(np.array([4])).update(set_input(4, 0, 9.0).update(problem_of(FLAT)))
    assert changed_rows(problem) == frozenset()


def test_that_an_element_of_a_wide_batch_keeps_its_column_when_a_sample_goes() -> None:
    problem = set_input(7, 0, 9.0).update(problem_of(NUMBERS))
    problem = replace(problem, what_if=WhatIf(problem.what_if.inputs, dropped=frozenset({0})))
    assert changed_rows(problem) == {5}


def test_that_under_broadcasting_no_row_is_named() -> None:
    batch = Batch("b", L.MSELoss(), RNG.normal(size=(6, 1)), RNG.normal(size=6))
    assert changed_rows(set_input(8, 0, 1.0).update(problem_of(batch))) == frozenset()
