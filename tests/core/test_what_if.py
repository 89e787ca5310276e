"""Trials on a batch that stays as it came."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import core.losses as L
from core.batch import Batch
from core.problem import Problem, evaluate
from core.row_places import row_places, samples_of
from core.what_if import AS_IT_CAME, WhatIf, applied, kept_samples

RNG = np.random.default_rng(5)


def classes(n: int = 6, c: int = 3) -> Batch:
    return Batch("b", L.CrossEntropyLoss(), RNG.normal(size=(n, c)), np.arange(n) % c)


def test_that_an_empty_layer_gives_the_batch_itself() -> None:
    batch = classes()
    assert applied(batch, AS_IT_CAME, -100) is batch


def test_that_the_same_layer_gives_the_same_object_and_leaves_the_batch_alone() -> None:
    batch, layer = classes(), WhatIf(inputs={4: 9.0}, targets={2: 0.0})
    before = batch.input.copy()
    changed = applied(batch, layer, -100)
    assert changed is applied(batch, layer, -100)
    assert changed.input[1, 1] == 9.0
    assert changed.target is not None
    assert changed.target[2] == 0
    np.testing.assert_array_equal(batch.input, before)


def test_that_what_is_left_after_a_drop_has_the_loss_of_its_rows_alone() -> None:
    batch = classes()
    problem = Problem(batch.loss, batch, what_if=WhatIf(dropped=frozenset({1, 4})))
    left = problem.batch
    assert left is not None
    kept = [0, 2, 3, 5]
    alone = L.CrossEntropyLoss().evaluate(batch.input[kept], batch.target[kept])  # type: ignore[index]
    assert evaluate(problem.loss, left).value == alone.value
    assert left.extras["ids"].tolist() == kept


def test_that_ignored_targets_follow_the_ignore_index_of_the_loss() -> None:
    batch = classes()
    layer = WhatIf(ignored=frozenset({0}))
    for index in (-100, 255):
        problem = Problem(L.CrossEntropyLoss(ignore_index=index), batch, what_if=layer)
        assert problem.batch is not None
        assert problem.batch.target[0] == index  # type: ignore[index]


@pytest.mark.parametrize("padded", [True, False])
def test_that_a_dropped_sequence_takes_its_emissions_labels_and_lengths_with_it(padded: bool) -> None:
    x = RNG.normal(size=(5, 3, 4))
    log_probs = x - np.log(np.exp(x).sum(-1, keepdims=True))
    targets = np.array([[1, 2], [3, 0], [2, 2]]) if padded else np.array([1, 2, 3, 2, 2])
    lengths = np.array([2, 1, 2])
    batch = Batch("s", L.CTCLoss(reduction="none"), log_probs, targets, np.array([5, 4, 5]), lengths)
    every = evaluate(batch.loss, batch).elements
    problem = Problem(batch.loss, batch, what_if=WhatIf(dropped=frozenset({1})))
    assert problem.batch is not None
    np.testing.assert_allclose(evaluate(batch.loss, problem.batch).elements, every[[0, 2]])


def test_that_a_row_after_a_drop_still_finds_its_own_numbers() -> None:
    batch = classes()
    problem = Problem(batch.loss, batch, what_if=WhatIf(dropped=frozenset({0, 2})))
    places = row_places(problem, 1)
    assert places is not None
    assert places.sample == 3
    assert places.input.tolist() == [9, 10, 11]
    assert places.target.tolist() == [3]
    samples, inner = samples_of(problem, np.array([0, 3]))
    assert samples.tolist() == [1, 5]
    assert inner.tolist() == [0, 0]


def test_that_the_row_of_a_dense_batch_is_a_pixel_over_all_classes() -> None:
    batch = Batch("d", L.CrossEntropyLoss(), RNG.normal(size=(2, 3, 4, 5)), np.zeros((2, 4, 5), np.int64))
    places = row_places(Problem(batch.loss, batch), 20 + 7)
    assert places is not None
    np.testing.assert_array_equal(batch.input.flat[places.input], batch.input[1, :, 1, 2])
    assert places.target.tolist() == [27]


def test_that_a_row_of_a_broadcast_pair_points_to_both_numbers() -> None:
    batch = Batch("m", L.MSELoss(), RNG.normal(size=(4, 1)), RNG.normal(size=4))
    places = row_places(Problem(batch.loss, batch), 4 * 2 + 3)
    assert places is not None
    assert (places.input.tolist(), places.target.tolist()) == ([2], [3])


def test_that_sequences_have_no_numbers_to_change() -> None:
    batch = Batch("s", L.CTCLoss(), np.zeros((5, 1, 4)), np.ones((1, 1), np.int64), np.array([5]), np.array([1]))
    assert row_places(Problem(batch.loss, batch), 0) is None


def test_that_kept_samples_are_counted_as_they_came() -> None:
    assert kept_samples(classes(), WhatIf(dropped=frozenset({0, 5}))).tolist() == [1, 2, 3, 4]
    assert replace(AS_IT_CAME, dropped=frozenset({1})).is_empty is False
