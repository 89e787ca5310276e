"""A path is followed exactly as far as alignments go, by brute force over small lattices."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from core.ctc.given_path import follow, log_prob_of
from core.ctc.labels import extend, may_skip
from core.ctc.paths import collapse


@pytest.mark.parametrize("labels", [[], [1], [1, 1], [1, 2], [1, 2, 1], [1, 1, 2]])
def test_a_path_is_followed_to_its_end_exactly_if_it_spells_the_target(labels) -> None:
    for path in itertools.product(range(3), repeat=5):
        followed = follow(path, labels, 0, "-ab")
        assert (followed.stop is None) == (collapse(path, 0).tolist() == labels)
        assert (followed.reason is None) == (followed.stop is None)


def test_every_row_carries_the_class_of_its_frame_and_every_move_is_legal() -> None:
    labels = [1, 1, 2]
    states, skip = extend(labels, 0), may_skip(extend(labels, 0))
    for path in itertools.product(range(3), repeat=5):
        rows = follow(path, labels, 0, "-ab").rows
        assert [int(states[row]) for row in rows] == list(path[: len(rows)])
        assert all(row in (0, 1) for row in rows[:1])
        for before, after in itertools.pairwise(rows):
            assert after - before in (0, 1) or (after - before == 2 and skip[after])


@pytest.mark.parametrize(
    ("path", "labels", "stop", "reason"),
    [
        ([1, 3], [1, 2], 1, "“c” is not in the target; “b” comes next."),
        ([1, 2], [1, 1, 2], 1, "“b” comes too early: “a” comes twice in a row, with a blank between."),
        ([2, 1], [1, 2], 0, "“a” comes before “b” and cannot be left out."),
        ([1, 2, 1], [1, 2, 3], 2, "“a” is spoken already; “c” comes next."),
        ([1, 0, 2, 0, 2], [1, 2], 4, "“b” comes after the end of the target."),
        ([1, 0], [1, 2], 2, "The path ends before “b”."),
        ([1, 1], [1, 1], 2, "The path ends before “a”: equal neighbours need a blank between."),
    ],
)
def test_the_first_illegal_move_has_its_reason(path, labels, stop, reason) -> None:
    followed = follow(path, labels, 0, "-abc")
    assert followed.stop == stop
    assert str(followed.reason) == reason


def test_a_path_is_as_likely_as_the_product_of_its_frames() -> None:
    log_probs = np.log([[0.5, 0.5], [0.25, 0.75]])
    assert log_prob_of([0, 1], log_probs) == pytest.approx(np.log(0.375))
    assert log_prob_of([1, 1], np.array([[0.0, -np.inf], [0.0, 0.0]])) == -np.inf
