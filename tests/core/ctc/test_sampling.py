from collections import Counter

import numpy as np
import pytest

from core.ctc.lattice import lattice_of
from core.ctc.sampling import log_probs_of, sample_paths


@pytest.mark.parametrize("labels", [[], [1], [1, 1], [1, 2]])
def test_paths_are_drawn_as_often_as_they_are_likely(labels, rng, random_log_probs, every_path):
    log_probs = random_log_probs(rng, 4, 3)
    lattice, paths = lattice_of(log_probs, labels, 0), every_path(log_probs, labels, 0)
    count = 20_000
    drawn = Counter(map(tuple, sample_paths(lattice, rng, count).tolist()))
    assert set(drawn) <= set(map(tuple, paths.paths.tolist()))
    for path, log_prob in zip(paths.paths.tolist(), paths.log_probs, strict=True):
        share = np.exp(log_prob - paths.log_likelihood)
        assert drawn[tuple(path)] / count == pytest.approx(share, abs=4 * np.sqrt(share / count) + 1e-9)


def test_the_log_probability_of_a_drawn_path_is_the_sum_of_its_emissions(rng, random_log_probs, every_path):
    log_probs = random_log_probs(rng, 5, 3)
    lattice, paths = lattice_of(log_probs, [1, 2], 0), every_path(log_probs, [1, 2], 0)
    np.testing.assert_allclose(log_probs_of(lattice, paths.paths), paths.log_probs)


def test_the_same_seed_draws_the_same_paths(rng, random_log_probs):
    lattice = lattice_of(random_log_probs(rng, 50, 5), [1, 2, 2, 3], 0)
    first, second = (sample_paths(lattice, np.random.default_rng(7), 5).tolist() for _ in range(2))
    assert first == second


def test_where_there_is_no_alignment_none_is_drawn(rng):
    assert sample_paths(lattice_of(np.zeros((2, 2)), [1, 1], 0), rng, 3).shape == (0, 2)


def test_zero_emissions_are_never_walked(rng):
    log_probs = np.array([[-0.7, -0.7], [0.0, -np.inf], [-0.7, -0.7]])
    paths = sample_paths(lattice_of(log_probs, [1], 0), rng, 500)
    assert not np.any(paths[:, 1] == 1)
