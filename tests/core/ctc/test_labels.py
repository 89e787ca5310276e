import itertools
from math import comb

import numpy as np
import pytest

from core.ctc.labels import (
    adjacent_repeats,
    alignment_count,
    earliest_frames,
    extend,
    frames_needed,
    latest_frames,
    may_skip,
    reachable,
    reachable_from_start,
    reachable_to_end,
)
from core.ctc.paths import collapse

TARGETS = [[], [1], [1, 1], [1, 2], [1, 1, 2], [2, 1, 2], [1, 1, 1]]


def test_a_blank_stands_before_between_and_after_the_labels():
    assert extend([5, 5, 2], 7).tolist() == [7, 5, 7, 5, 7, 2, 7]
    assert extend([], 3).tolist() == [3]


def test_only_a_different_label_may_be_skipped_to():
    assert np.flatnonzero(may_skip(extend([1, 1, 2, 1], 0))).tolist() == [5, 7]


def test_a_blank_given_as_a_label_is_skipped_to_like_any_other():
    assert np.flatnonzero(may_skip(extend([1, 0, 2], 0))).tolist() == [3, 5]


def test_each_repeat_needs_a_frame_more():
    assert adjacent_repeats([4, 4, 4, 1, 4]) == 2
    assert frames_needed([4, 4, 4, 1, 4]) == 7
    assert frames_needed([]) == 0


@pytest.mark.parametrize("labels", TARGETS)
@pytest.mark.parametrize("T", [1, 3, 5])
def test_the_number_of_alignments_is_that_of_the_paths_that_collapse_to_the_target(labels, T):
    paths = itertools.product(range(3), repeat=T)
    found = sum(collapse(path, 0).tolist() == labels for path in paths)
    assert alignment_count(T, len(labels), adjacent_repeats(labels)) == found


def test_the_number_of_alignments_is_an_exact_integer():
    assert alignment_count(2000, 400, 7) == comb(2393, 800)


@pytest.mark.parametrize("labels", TARGETS)
@pytest.mark.parametrize("T", [2, 4, 6])
def test_reachable_cells_are_those_on_some_path(labels, T, every_path):
    paths = every_path(np.zeros((T, 3)), labels, 0)
    on_a_path = np.zeros((T, 2 * len(labels) + 1), dtype=bool)
    for path in paths.paths:
        on_a_path[np.arange(T), path] = True
    assert np.array_equal(reachable(labels, T), on_a_path)


def test_what_can_be_reached_begins_and_ends_in_two_corners():
    assert earliest_frames([1, 1, 2]).tolist() == [0, 0, 1, 2, 3, 3, 4]
    assert latest_frames([1, 1, 2], 6).tolist() == [1, 2, 3, 4, 4, 5, 5]
    assert reachable_from_start([1, 1, 2], 6)[0].tolist() == [True, True, False, False, False, False, False]
    assert reachable_to_end([1, 1, 2], 6)[-1].tolist() == [False, False, False, False, False, True, True]
