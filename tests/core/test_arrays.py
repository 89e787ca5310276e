from __future__ import annotations

import numpy as np
import pytest

from core.arrays import STRETCH, frozen, l2_norm


def test_that_a_frozen_array_is_a_read_only_copy():
    given = np.arange(3.0)
    kept = frozen(given)
    given[0] = 9
    assert kept[0] == 0
    assert not kept.flags.writeable
    assert given.flags.writeable


def test_that_a_frozen_array_is_shared_and_not_copied_again():
    kept = frozen([1, 2])
    assert frozen(kept) is kept


def test_that_a_read_only_view_of_a_writable_array_is_copied():
    owner = np.arange(4)
    view = owner[1:]
    view.flags.writeable = False
    kept = frozen(view)
    owner[1] = 9
    assert kept[0] == 1


def test_that_a_dtype_can_be_asked_for():
    assert frozen([1, 2], np.float32).dtype == np.float32


@pytest.mark.parametrize("size", [0, 3, STRETCH, 3 * STRETCH + 7])
def test_that_a_norm_in_stretches_is_that_of_the_whole(size) -> None:
    values = np.random.default_rng(size).normal(size=size).astype(np.float32)
    assert l2_norm(values) == pytest.approx(np.linalg.norm(values.astype(np.float64)), rel=1e-13)


def test_that_a_norm_of_what_is_not_finite_is_not_finite() -> None:
    assert l2_norm(np.array([1.0, np.inf])) == np.inf
    assert np.isnan(l2_norm(np.array([1.0, np.nan])))
    assert l2_norm(np.array([[3e30], [4e30]], np.float32)) == pytest.approx(5e30)
