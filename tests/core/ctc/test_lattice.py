from math import comb, log

import numpy as np
import pytest

from core.ctc.lattice import lattice_of

TARGETS = [[], [1], [2, 2], [1, 2], [1, 1, 2], [2, 1, 2], [1, 1, 1]]


@pytest.mark.parametrize("labels", TARGETS)
@pytest.mark.parametrize("T", range(1, 7))
def test_a_lattice_holds_the_sums_over_all_its_paths(labels, T, rng, random_log_probs, every_path):
    log_probs = random_log_probs(rng, T, 3)
    paths = every_path(log_probs, labels, 0)
    lattice = lattice_of(log_probs, labels, 0)
    assert lattice.log_likelihood == pytest.approx(paths.log_likelihood, rel=1e-13)
    if len(paths.paths):
        np.testing.assert_allclose(lattice.occupancy, paths.occupancy(), atol=1e-14)
        assert lattice.best_path.tolist() == paths.paths[np.argmax(paths.log_probs)].tolist()
    else:
        assert not lattice.occupancy.any()
        assert lattice.best_path.size == 0


def test_alpha_sums_the_ways_into_a_cell_and_beta_those_out_of_it(rng, random_log_probs, every_path):
    log_probs, labels = random_log_probs(rng, 5, 3), [1, 2]
    lattice = lattice_of(log_probs, labels, 0)
    for t, s in [(0, 1), (2, 1), (2, 2), (3, 3)]:
        through = every_path(log_probs, labels, 0)
        through = through.paths[through.paths[:, t] == s]
        heads = {tuple(path[: t + 1]) for path in through}
        tails = {tuple(path[t + 1 :]) for path in through}

        def mass(parts, first):
            return sum(np.exp(sum(lattice.emission[first + i, r] for i, r in enumerate(part))) for part in parts)

        assert np.exp(lattice.alpha[t, s]) == pytest.approx(mass(heads, 0))
        assert np.exp(lattice.beta[t, s]) == pytest.approx(mass(tails, t + 1))


def test_log_occupancy_is_alpha_plus_beta_less_the_log_likelihood(rng, random_log_probs):
    lattice = lattice_of(random_log_probs(rng, 40, 6), [1, 2, 2, 5], 3)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(
            np.log(lattice.occupancy), lattice.alpha + lattice.beta - lattice.log_likelihood, atol=1e-12
        )
    np.testing.assert_allclose(lattice.occupancy.sum(axis=1), 1.0, atol=1e-12)


def test_what_no_path_reaches_is_minus_infinity(rng, random_log_probs):
    lattice = lattice_of(random_log_probs(rng, 4, 3), [1, 1, 2], 0)
    assert np.count_nonzero(np.isfinite(lattice.alpha + lattice.beta)) == 4  # T = U + R: one alignment
    assert lattice.alpha[0, 2] == -np.inf
    assert lattice.beta[3, 4] == -np.inf


@pytest.mark.parametrize(("T", "U", "R", "C"), [(50, 10, 0, 28), (30, 6, 3, 7), (12, 5, 4, 2)])
def test_uniform_emissions_count_the_alignments(T, U, R, C):
    labels = [1] * (R + 1) + list(range(2, U - R + 1))
    lattice = lattice_of(np.full((T, C), -log(C)), labels, 0)
    assert -lattice.log_likelihood == pytest.approx(T * log(C) - log(comb(T + U - R, 2 * U)), rel=1e-13)


def test_a_row_knows_its_class_and_a_cell_its_emission(rng, random_log_probs):
    log_probs = random_log_probs(rng, 4, 5)
    lattice = lattice_of(log_probs.astype(np.float32), [4, 1], 2)
    assert lattice.states.tolist() == [2, 4, 2, 1, 2]
    assert lattice.labels.tolist() == [4, 1]
    assert lattice.blank == 2
    assert lattice.emission.dtype == np.float64
    np.testing.assert_array_equal(lattice.emission, log_probs.astype(np.float32)[:, [2, 4, 2, 1, 2]])


def test_without_frames_a_lattice_is_empty():
    assert lattice_of(np.zeros((0, 3)), [], 0).log_likelihood == 0.0
    nothing = lattice_of(np.zeros((0, 3)), [1], 0)
    assert nothing.log_likelihood == -np.inf
    assert nothing.alpha.shape == nothing.occupancy.shape == (0, 3)
    assert nothing.best_path.size == 0


def test_no_array_of_a_lattice_can_be_written(rng, random_log_probs):
    lattice = lattice_of(random_log_probs(rng, 4, 3), [1], 0)
    arrays = [lattice.alpha, lattice.beta, lattice.occupancy, lattice.states, lattice.emission, lattice.best_path]
    assert not any(array.flags.writeable for array in arrays)


def test_a_nan_or_inf_among_the_emissions_is_seen_in_the_likelihood(rng, random_log_probs):
    for value in (np.nan, np.inf):
        log_probs = random_log_probs(rng, 6, 3)
        log_probs[3, 1] = value
        assert np.isnan(lattice_of(log_probs, [1], 0).log_likelihood)
        assert np.isfinite(lattice_of(log_probs, [2], 0).log_likelihood)
