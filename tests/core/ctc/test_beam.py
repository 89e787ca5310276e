import itertools
from collections import defaultdict

import numpy as np
import pytest

from core.ctc.beam import prefix_beam
from core.ctc.lattice import lattice_of
from core.ctc.paths import collapse
from core.files import read
from core.jobs import finish
from core.samples import SAMPLES_DIR


def every_reading(log_probs, blank):
    """The log-probability of all that the frames can spell, by all paths."""
    T, C = log_probs.shape
    mass = defaultdict(lambda: -np.inf)
    for path in itertools.product(range(C), repeat=T):
        labels = tuple(collapse(path, blank).tolist())
        mass[labels] = np.logaddexp(mass[labels], log_probs[np.arange(T), list(path)].sum())
    return mass


@pytest.mark.parametrize("blank", [0, 2])
@pytest.mark.parametrize("T", [1, 3, 5])
def test_a_beam_that_drops_nothing_finds_every_reading_with_its_probability(blank, T, rng, random_log_probs):
    log_probs = random_log_probs(rng, T, 3, scale=2.0)
    found = finish(prefix_beam(log_probs, blank, width=10_000))
    expected = every_reading(log_probs, blank)
    assert {one.labels for one in found} == set(expected)
    assert [one.log_prob for one in found] == sorted((one.log_prob for one in found), reverse=True)
    for one in found:
        assert one.log_prob == pytest.approx(expected[one.labels], abs=1e-10)


def test_many_paths_can_beat_the_best_one():
    log_probs = np.log([[0.6, 0.4], [0.6, 0.4]])
    assert [one.labels for one in finish(prefix_beam(log_probs, 0))] == [(1,), ()]


def test_a_narrow_beam_never_claims_more_than_there_is(rng, random_log_probs):
    log_probs = random_log_probs(rng, 30, 8, scale=2.0)
    for one in finish(prefix_beam(log_probs, 0, width=4, classes=3)):
        exact = lattice_of(log_probs, list(one.labels), 0).log_likelihood
        assert one.log_prob <= exact + 1e-9


@pytest.mark.parametrize("name", ["ctc_speech_arctic", "ctc_long_line_reduced"])
def test_the_best_hypothesis_is_at_least_as_likely_as_the_target(name):
    (batch,) = read(SAMPLES_DIR / f"{name}.npz")
    blank = batch.loss.blank
    best = finish(prefix_beam(batch.input.astype(np.float64), blank))[0]
    found = lattice_of(batch.input, list(best.labels), blank).log_likelihood
    assert found - 0.5 < best.log_prob <= found + 1e-9
    assert found >= lattice_of(batch.input, batch.target, blank).log_likelihood


def test_frames_without_a_distribution_end_the_search():
    assert finish(prefix_beam(np.full((2, 3), -np.inf), 0)) == ()
    assert finish(prefix_beam(np.full((2, 3), np.nan), 0)) == ()


def test_no_frames_spell_nothing():
    (only,) = finish(prefix_beam(np.zeros((0, 3)), 0))
    assert (only.labels, only.log_prob) == ((), 0.0)


def test_thousands_of_unlikely_frames_do_not_vanish():
    found = finish(prefix_beam(np.full((3000, 3), -10.0), 0, width=4))
    assert -30_000 <= found[0].log_prob <= -30_000 + 3000 * np.log(3)
