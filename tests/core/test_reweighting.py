"""Edits of the weights in a problem."""

from __future__ import annotations

import numpy as np
import pytest

import core.losses as L
from core.files import read
from core.params import with_param
from core.problem import Problem, Weighting, evaluate
from core.reweighting import (
    CLASSES,
    COLUMNS,
    ELEMENTS,
    POSITIVES,
    entries,
    places,
    shares,
    sources,
    values,
    with_counts,
    with_scheme,
    with_value,
)
from core.samples import SAMPLES_DIR


def opened(file: str) -> Problem:
    batch = read(SAMPLES_DIR / file)[0]
    return Problem(batch.loss, batch, Weighting(source="train_counts"))


def test_that_balanced_weights_are_the_ones_that_the_file_was_trained_with() -> None:
    problem = opened("ce_digits_mid.npz")
    balanced = with_scheme(problem, CLASSES, 10, scheme="balanced")
    assert problem.batch is not None
    np.testing.assert_allclose(balanced.loss.weight, problem.batch.weight, rtol=1e-6)  # type: ignore[attr-defined]
    assert balanced.loss.weight.dtype == np.float32  # type: ignore[attr-defined]


def test_that_balanced_weights_divide_the_mean_by_their_sum() -> None:
    problem = opened("ce_digits_mid.npz")
    balanced = with_scheme(problem, CLASSES, 10, scheme="balanced")
    assert balanced.batch is not None
    result = evaluate(balanced.loss, balanced.batch)
    assert float(result.value) == pytest.approx(2.2090, abs=5e-5)
    assert result.divisor.value == pytest.approx(305.93, abs=5e-3)


def test_that_a_weight_set_by_hand_makes_the_scheme_custom_and_leaves_the_others() -> None:
    problem = with_scheme(opened("ce_digits_mid.npz"), CLASSES, 10, scheme="balanced")
    before = values(problem, CLASSES, 10)
    edited = with_value(problem, CLASSES, 10, 8, 2.5)
    after = values(edited, CLASSES, 10)
    assert edited.weighting.scheme == "custom"
    assert after[8] == 2.5
    np.testing.assert_array_equal(np.delete(after, 8), np.delete(before, 8))


def test_that_uniform_takes_the_weights_out_of_the_loss() -> None:
    problem = with_scheme(opened("ce_digits_mid.npz"), CLASSES, 10, scheme="inverse")
    assert with_scheme(problem, CLASSES, 10, scheme="uniform").loss.weight is None  # type: ignore[attr-defined]


def test_that_typed_counts_give_the_weights_of_those_counts() -> None:
    problem = Problem(L.CrossEntropyLoss(), weighting=Weighting(scheme="inverse"))
    typed = with_counts(problem, CLASSES, 3, "typed", np.array([10.0, 5.0, 1.0]))
    np.testing.assert_allclose(values(typed, CLASSES, 3), [0.1, 0.2, 1.0])
    held = shares(typed, CLASSES, 3)
    assert held is not None
    np.testing.assert_allclose(held, [1 / 3, 1 / 3, 1 / 3])


def test_that_pos_weight_is_negatives_over_positives_by_column() -> None:
    problem = opened("bcewl_digit_attributes.npz")
    size = entries(problem, POSITIVES, 0)
    balanced = with_scheme(problem, POSITIVES, size, scheme="balanced")
    assert problem.batch is not None
    target = problem.batch.target
    assert target is not None
    np.testing.assert_allclose(
        values(balanced, POSITIVES, size), (1 - target).sum(axis=0) / target.sum(axis=0), rtol=1e-6
    )
    held = shares(balanced, POSITIVES, size)
    assert held is not None
    np.testing.assert_allclose(held, 0.5, rtol=1e-6)


def test_that_one_element_of_a_binary_batch_can_be_weighted() -> None:
    problem = opened("bce_breast_cancer.npz")
    size = entries(problem, ELEMENTS, 0)
    edited = with_value(problem, ELEMENTS, size, 3, 7.0)
    assert edited.batch is not None
    plain = evaluate(L.BCELoss(reduction="none"), edited.batch).elements.ravel()
    weighted = evaluate(edited.loss, edited.batch).elements.ravel()
    np.testing.assert_allclose(weighted[3], 7 * plain[3], rtol=1e-6)
    np.testing.assert_array_equal(np.delete(weighted, 3), np.delete(plain, 3))


def test_that_the_places_are_those_that_torch_has() -> None:
    assert places(L.CrossEntropyLoss()) == (CLASSES,)
    assert places(L.BCELoss()) == (COLUMNS, ELEMENTS)
    assert places(L.BCEWithLogitsLoss()) == (POSITIVES, COLUMNS, ELEMENTS)
    assert places(L.MSELoss()) == ()


def test_that_counts_are_offered_only_where_they_can_be_had() -> None:
    assert "train_counts" in sources(opened("ce_digits_mid.npz"), CLASSES)
    assert "train_counts" not in sources(opened("wine_nll.npz"), CLASSES)
    assert sources(Problem(L.CrossEntropyLoss()), CLASSES) == ("typed", "file")


def test_that_weights_for_another_number_of_classes_are_shown_as_ones() -> None:
    problem = Problem(L.CrossEntropyLoss(weight=np.array([1.0, 5.0])))
    np.testing.assert_array_equal(values(problem, CLASSES, 3), 1.0)


def test_that_column_weights_stand_for_all_rows_of_a_column() -> None:
    problem = opened("bcewl_digit_attributes.npz")
    edited = with_value(problem, COLUMNS, 4, 2, 3.0)
    assert edited.batch is not None
    plain = evaluate(L.BCEWithLogitsLoss(reduction="none"), edited.batch).elements
    weighted = evaluate(with_param(edited.loss, "reduction", "none"), edited.batch).elements
    np.testing.assert_allclose(weighted, plain * [1, 1, 3, 1], rtol=1e-6)
    held = shares(edited, COLUMNS, 4)
    assert held is not None
    np.testing.assert_allclose(held, np.array([1, 1, 3, 1]) / 6)


def test_that_element_weights_are_read_back_one_by_one() -> None:
    problem = opened("bce_breast_cancer.npz")
    size = entries(problem, ELEMENTS, 0)
    edited = with_value(problem, ELEMENTS, size, 5, 4.0)
    assert values(edited, ELEMENTS, size)[5] == 4.0
    assert shares(edited, ELEMENTS, size) is None


def test_that_without_a_batch_nothing_is_counted() -> None:
    assert shares(Problem(L.CrossEntropyLoss()), CLASSES, 5) is None


def test_that_custom_leaves_the_weights_as_they_are() -> None:
    problem = with_scheme(opened("ce_digits_mid.npz"), CLASSES, 10, scheme="balanced")
    assert with_scheme(problem, CLASSES, 10, scheme="custom").loss is problem.loss


def test_that_counts_of_the_batch_replace_those_of_the_training_set() -> None:
    problem = opened("ce_digits_mid.npz")
    from_batch = with_counts(with_scheme(problem, CLASSES, 10, scheme="inverse"), CLASSES, 10, "batch")
    assert problem.batch is not None
    expected = 1 / np.bincount(problem.batch.target, minlength=10)  # type: ignore[arg-type]
    np.testing.assert_allclose(values(from_batch, CLASSES, 10), expected, rtol=1e-6)
