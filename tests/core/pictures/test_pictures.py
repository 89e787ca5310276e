"""What the pictures of a batch count."""

from __future__ import annotations

import numpy as np
import pytest

from core.pictures.by_class import class_shares
from core.pictures.confusion import MOST, confusion
from core.pictures.contribution import contribution, sentence
from core.pictures.histogram import FEWEST, histogram
from core.pictures.scatter import MOST_POINTS, scatter

RNG = np.random.default_rng(2)


def all_of(n: int) -> np.ndarray:
    return np.ones(n, dtype=bool)


def test_that_every_value_is_in_exactly_one_bar() -> None:
    values = np.concatenate([RNG.lognormal(size=500), [0.0, 0.0, np.inf, -np.inf, np.nan, 3.0]])
    kept = all_of(values.size)
    kept[-1] = False
    for log in (False, True):
        found = histogram(values, kept, log=log)
        apart = {name: int(counts.sum()) for name, counts in found.specials}
        assert int(found.counts.sum()) + sum(apart.values()) == values.size
        assert (apart["inf"], apart["-inf"], apart["nan"], apart["ignored"]) == (1, 1, 1, 1)
        assert apart.get("zero", 0) == (2 if log else 0)


def test_that_the_largest_and_the_smallest_value_have_a_bin() -> None:
    values = RNG.lognormal(size=301)
    found = histogram(values, all_of(301), log=True)
    assert found.edges[0] == values.min()
    assert found.edges[-1] == values.max()
    assert found.counts[0, 0] >= 1
    assert found.counts[0, -1] >= 1


def test_that_a_variance_that_is_small_against_the_mean_still_has_bins() -> None:
    found = histogram(1e6 + RNG.normal(size=400), all_of(400))
    assert np.count_nonzero(found.counts) >= FEWEST // 2
    assert found.edges[-1] - found.edges[0] < 10


@pytest.mark.parametrize("log", [False, True])
def test_that_equal_values_have_one_bin_around_them(log: bool) -> None:
    found = histogram(np.full(7, 2.5), all_of(7), log=log)
    assert found.counts.tolist() == [[7]]
    assert found.edges[0] < 2.5 < found.edges[1]


def test_that_integers_have_a_bin_each() -> None:
    found = histogram(np.array([1, 1, 3]), all_of(3))
    assert found.counts.tolist() == [[2, 0, 1]]
    assert "integer" in str(found.rule)


def test_that_groups_stack_to_the_whole() -> None:
    values, groups = RNG.random(200), RNG.integers(0, 4, 200)
    found = histogram(values, all_of(200), groups, 4)
    np.testing.assert_array_equal(found.counts.sum(axis=0), histogram(values, all_of(200)).counts[0])
    np.testing.assert_array_equal(found.counts.sum(axis=1), np.bincount(groups))


def test_that_nothing_finite_is_no_error() -> None:
    found = histogram(np.array([np.nan, np.nan]), all_of(2))
    assert found.counts.sum() == 0
    assert np.isnan(found.median)
    assert found.tallest == 2


def test_that_the_rows_that_make_half_are_counted_by_hand() -> None:
    found = contribution(np.array([1.0, 4.0, np.nan, 3.0, 2.0, 9.0]), np.array([1, 1, 1, 1, 1, 0], bool))
    assert found.order.tolist() == [1, 3, 4, 0]
    assert (found.half, found.ninety, found.infinite) == (2, 3, 1)
    assert "2 of 4 rows make half the loss" in str(sentence(found, "loss"))


def test_that_terms_of_both_signs_are_counted_by_size() -> None:
    found = contribution(np.array([-3.0, 1.0]), all_of(2))
    assert found.negative
    assert found.shares.tolist() == [0.75, 0.25]


def test_that_zero_terms_make_no_half() -> None:
    found = contribution(np.zeros(4), all_of(4))
    assert (found.half, found.ninety) == (0, 0)
    assert "no row" in str(sentence(found, "grad"))


def test_that_shares_by_class_are_before_and_after_weights() -> None:
    groups = np.array([0, 0, 1, 2, -1])
    plain = np.array([1.0, 1.0, 2.0, np.inf, 50.0])
    right = np.array([1, 0, 0, 1, 1], bool)
    found = class_shares(groups, 3, all_of(5), plain, plain * np.array([1, 1, 9, 1, 1]), right=right)
    assert found.counts.tolist() == [2, 1, 1]
    np.testing.assert_allclose(found.plain, [0.5, 0.5, 0])
    np.testing.assert_allclose(found.weighted, [0.1, 0.9, 0])
    np.testing.assert_allclose(found.accuracy, [0.5, 0, 1])
    assert found.never_predicted.tolist() == [1]
    assert np.isnan(found.gradient).all()


def test_that_a_confusion_is_counted_by_hand() -> None:
    found = confusion(np.array([0, 0, 1, 5]), np.array([0, 1, 1, 0]), all_of(4), 2)
    assert found.counts.tolist() == [[1, 1], [0, 1]]
    assert found.shares.tolist() == [[0.5, 0.5], [0.0, 1.0]]
    assert found.accuracy == pytest.approx(2 / 3)


def test_that_of_many_classes_the_frequent_ones_are_told_apart() -> None:
    target = np.concatenate([np.arange(50), np.full(30, 49)])
    found = confusion(target, target, all_of(80), 50)
    assert found.classes.size == MOST
    assert 49 in found.classes
    assert found.others == 30
    assert int(found.counts.sum()) == 80


def test_that_few_rows_are_points_and_many_a_density() -> None:
    few = scatter(np.array([1.0, 0.0, np.nan]), np.array([0.1, 0.2, 0.3]), all_of(3))
    assert few.density is None
    assert (few.zeros, few.lost) == (1, 1)
    assert few.x[1] < few.x[0]
    n = MOST_POINTS + 1
    many = scatter(RNG.lognormal(size=n), RNG.lognormal(size=n), all_of(n))
    assert many.density is not None
    assert int(many.density.sum()) == n
