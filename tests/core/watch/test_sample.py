"""Rows of one batch in another."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.assess import assess
from core.batch import Batch
from core.jobs import finish
from core.losses import CrossEntropyLoss, MSELoss
from core.rows import Rows
from core.watch import LOST, Sample, moved_rows, row_in, sample_of


def opened(count: int, ids: Any = None, inner: int = 0, split: str | None = "val") -> tuple[Batch, Rows]:
    """A batch of so many samples, of `inner` rows each."""
    extras = {} if ids is None else {"ids": np.array(ids)}
    if inner:
        batch = Batch("b", MSELoss(), np.zeros((count, inner)), np.ones((count, inner)), extras=extras, split=split)
    else:
        batch = Batch("b", CrossEntropyLoss(), np.zeros((count, 3)), np.zeros(count, int), extras=extras, split=split)
    rows = finish(assess(batch.loss, batch)).rows
    assert rows is not None
    return batch, rows


def test_that_a_sample_says_by_what_it_is_found() -> None:
    assert str(sample_of(*opened(3, ["a", "b", "c"]), 1).name) == "id b"
    assert str(sample_of(*opened(3, [7, 8, 9], inner=2), 3).name) == "id 8:1"
    assert str(sample_of(*opened(2, [b"u", b"v"]), 1).name) == "id v"
    assert str(sample_of(*opened(3), 1).name) == "row 1 of each dump (they carry no ids)"


def test_that_a_sample_is_found_again() -> None:
    assert row_in(Sample("8", True, "val", 1), *opened(2, [9, 8], inner=2)) == 3
    assert row_in(Sample("8", True, "val", 5), *opened(2, [9, 8], inner=2)) is None
    assert row_in(Sample("7", True, "val"), *opened(2, [9, 8])) is None
    assert row_in(Sample("7", True, "val"), *opened(2)) is None
    assert row_in(Sample("1", False, "val"), *opened(2)) == 1
    assert row_in(Sample("2", False, "val"), *opened(2)) is None


def test_that_the_first_of_equal_ids_is_taken() -> None:
    assert row_in(Sample("5", True, "val"), *opened(3, [4, 5, 5])) == 1
    assert moved_rows(np.array([0]), opened(1, [5]), opened(3, [4, 5, 5])).tolist() == [1]


def test_that_rows_move_with_their_ids() -> None:
    before, after = opened(4, ["a", "b", "c", "d"]), opened(3, ["c", "x", "a"])
    assert moved_rows(np.array([0, 1, 2, 3]), before, after).tolist() == [2, LOST, 0, LOST]


def test_that_rows_within_a_sample_move_with_it() -> None:
    before, after = opened(2, [1, 2], inner=3), opened(2, [2, 1], inner=3)
    assert moved_rows(np.array([1, 5]), before, after).tolist() == [4, 2]


def test_that_numbers_of_another_kind_are_the_same_ids() -> None:
    before, after = opened(2, np.array([1, 2], np.int64)), opened(2, np.array([2, 1], np.int16))
    assert moved_rows(np.array([0]), before, after).tolist() == [1]


def test_that_without_ids_rows_keep_their_numbers() -> None:
    assert moved_rows(np.array([0, 3]), opened(4), opened(2)).tolist() == [0, LOST]
    assert moved_rows(np.array([1]), opened(2, ["a", "b"]), opened(2)).tolist() == [1]


def test_that_nothing_moves_into_an_empty_batch() -> None:
    assert moved_rows(np.array([0]), opened(1, ["a"]), opened(0, [])).tolist() == [LOST]
