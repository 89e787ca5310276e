import numpy as np
import pytest

from core.ctc.labels import extend, may_skip
from core.ctc.paths import best_path, collapse, greedy


def test_repeats_are_merged_before_blanks_are_dropped():
    assert collapse([1, 1, 0, 1, 2, 2, 0], 0).tolist() == [1, 1, 2]
    assert collapse([3, 3, 3], 3).tolist() == []
    assert collapse([], 0).tolist() == []


def test_the_greedy_path_takes_the_lowest_of_equal_classes():
    assert greedy(np.array([[0.1, 0.5, 0.5], [0.7, 0.0, 0.1]])).tolist() == [1, 0]


@pytest.mark.parametrize("labels", [[], [1], [1, 2], [1, 1], [2, 1, 2], [1, 1, 2]])
@pytest.mark.parametrize("T", [1, 3, 6])
def test_no_path_is_likelier_than_the_best(labels, T, rng, random_log_probs, every_path):
    log_probs = random_log_probs(rng, T, 3, scale=2.0)
    paths = every_path(log_probs, labels, 0)
    path, log_prob = best_path(log_probs[:, paths.states], may_skip(paths.states))
    if len(paths.paths) == 0:
        assert path.size == 0
        assert log_prob == -np.inf
    else:
        assert path.tolist() == paths.paths[np.argmax(paths.log_probs)].tolist()
        assert log_prob == pytest.approx(paths.log_probs.max(), rel=1e-13)


def test_of_equal_paths_the_one_that_is_further_along_is_taken():
    states = extend([1, 2], 0)
    path, log_prob = best_path(np.zeros((5, 5)), may_skip(states))
    assert path.tolist() == [1, 3, 4, 4, 4]
    assert log_prob == 0.0


def test_staying_goes_before_advancing_and_advancing_before_skipping():
    states, zero = extend([1, 2], 0), np.zeros((3, 5))
    only_last_label = zero.copy()
    only_last_label[2] = [-np.inf, -np.inf, -np.inf, 0.0, -np.inf]
    assert best_path(only_last_label, may_skip(states))[0].tolist() == [1, 3, 3]
    not_stay = only_last_label.copy()
    not_stay[1, 3] = -np.inf
    assert best_path(not_stay, may_skip(states))[0].tolist() == [1, 2, 3]


def test_without_frames_only_the_empty_target_has_a_path():
    assert best_path(np.zeros((0, 1)), np.zeros(1, dtype=bool))[1] == 0.0
    assert best_path(np.zeros((0, 3)), np.zeros(3, dtype=bool))[1] == -np.inf
