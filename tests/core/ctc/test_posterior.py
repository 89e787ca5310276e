import numpy as np
import pytest

from core.ctc.batch import read_batch
from core.ctc.lattice import lattice_of
from core.ctc.posterior import posterior_of


def assert_like_the_lattices(batch, atol=1e-11):
    """Every sample of a posterior as the plain recursion has it, on its own."""
    found = posterior_of(batch)
    C = batch.log_probs.shape[2]
    for n, frames in enumerate(batch.input_lengths):
        lattice = lattice_of(batch.log_probs[:frames, n], batch.labels_of(n), batch.blank)
        assert found.log_likelihood[n] == pytest.approx(lattice.log_likelihood, rel=1e-12, abs=1e-12)
        expected = np.zeros((frames, C))
        np.add.at(expected.T, lattice.states, lattice.occupancy.T)
        got = np.zeros((frames, C))
        own = found.owner == n
        got[:, found.columns[own] - n * C] = found.occupancy[:frames, own]
        np.testing.assert_allclose(got, expected, atol=atol)


@pytest.mark.parametrize("scale", [0.5, 5.0, 500.0])
def test_a_batch_of_unequal_samples_is_the_samples_one_by_one(scale, rng, random_log_probs):
    targets = [[1, 2, 2, 3], [], [4], [3, 1, 3, 1, 3], [2, 2, 2]]
    lengths = [30, 12, 1, 17, 4]  # the last does not fit
    batch = read_batch(
        random_log_probs(rng, 30, 5, 5, scale=scale), np.concatenate(targets), lengths, list(map(len, targets)), 0
    )
    assert_like_the_lattices(batch)


def test_a_sample_without_frames_is_certain_or_impossible(rng, random_log_probs):
    batch = read_batch(random_log_probs(rng, 3, 3, 4), [1, 1], [0, 0, 3], [0, 1, 1], 0)
    assert posterior_of(batch).log_likelihood[:2].tolist() == [0.0, -np.inf]
    assert_like_the_lattices(batch)
    assert_like_the_lattices(read_batch(random_log_probs(rng, 3, 1, 4), [], [0], [0], 0))


@pytest.mark.parametrize("targets", [[[0]], [[0, 0]], [[1, 0], [2, 2]], [[0, 1, 0], [0, 0]]])
def test_a_blank_as_a_label_is_added_to_the_blanks(targets, rng, random_log_probs):
    N = len(targets)
    log_probs = random_log_probs(rng, 9, N, 3)
    batch = read_batch(log_probs, np.concatenate(targets), [9, 7][:N], list(map(len, targets)), 0)
    assert_like_the_lattices(batch)


def test_a_blank_as_a_label_can_make_a_sum_above_one():
    certain_blank = np.log(np.array([[1.0, 1e-300]] * 4))
    batch = read_batch(certain_blank, [0], 4, 1, 0)
    assert posterior_of(batch).log_likelihood == pytest.approx(np.log(10.0))


@pytest.mark.parametrize("deep", [-1e4, -np.inf])
def test_zero_and_nearly_zero_emissions_are_exact(deep, rng, random_log_probs):
    log_probs = random_log_probs(rng, 60, 2, 6)
    log_probs[rng.random(log_probs.shape) < 0.2] = deep
    assert_like_the_lattices(read_batch(log_probs, [[1, 2, 3], [5, 5, 1]], [60, 45], [3, 3], 0))


def test_one_hot_emissions_have_one_path():
    path = [0, 1, 1, 0, 2, 3, 3, 0]
    with np.errstate(divide="ignore"):
        log_probs = np.log(np.eye(4)[path])
    found = posterior_of(read_batch(log_probs, [1, 2, 3], 8, 3, 0))
    assert found.log_likelihood.tolist() == [0.0]
    np.testing.assert_array_equal(found.occupancy, np.eye(4)[path])


@pytest.mark.parametrize("scale", [1.0, 3000.0])
def test_as_many_frames_as_needed_leave_one_alignment(scale, rng, random_log_probs):
    labels = [1, 1, 2, 3, 3]
    log_probs = random_log_probs(rng, 7, 4, scale=scale)
    path = [1, 0, 1, 2, 3, 0, 3]
    found = posterior_of(read_batch(log_probs, labels, 7, 5, 0))
    assert found.log_likelihood[0] == pytest.approx(log_probs[np.arange(7), path].sum(), rel=1e-13)
    np.testing.assert_array_equal(found.occupancy, np.eye(4)[path])


def test_a_nan_beyond_the_last_frame_is_nobodys_business(rng, random_log_probs):
    log_probs = random_log_probs(rng, 20, 2, 4)
    log_probs[12:, 1] = np.nan
    assert_like_the_lattices(read_batch(log_probs, [[1, 2], [3, 1]], [20, 12], [2, 2], 0))


def test_a_nan_spoils_its_own_sample_only(rng, random_log_probs):
    log_probs = random_log_probs(rng, 20, 2, 4)
    log_probs[7, 1, 0] = np.nan
    found = posterior_of(read_batch(log_probs, [[1, 2], [3, 1]], [20, 20], [2, 2], 0))
    assert np.isnan(found.log_likelihood).tolist() == [False, True]
    assert np.isnan(found.occupancy).any(axis=0).tolist() == (found.owner == 1).tolist()
