import numpy as np
import pytest
from scipy.optimize import minimize

from core.ctc.floor_model import floor_of
from core.ctc.lattice import lattice_of
from core.ctc.reference_lines import lines_of
from core.ctc.vitals import uniform_loss
from core.jobs import finish


def losses_by_lattice(emission, targets, frames, blank):
    with np.errstate(divide="ignore"):
        row = np.log(emission)
    return np.array(
        [
            -lattice_of(np.tile(row, (T, 1)), labels, blank).log_likelihood
            for labels, T in zip(targets, frames, strict=True)
        ]
    )


def some_targets(rng, N, U, C, blank=0):
    classes = np.delete(np.arange(C), blank)
    return [rng.choice(classes, U) for _ in range(N)]


def test_the_losses_are_those_of_the_lattice_with_one_emission_in_every_frame(rng):
    targets = [np.array(labels, dtype=np.int64) for labels in ([1, 2], [3, 3, 1], [], [2, 2], [1, 0, 1], [3] * 4)]
    frames = np.array([6, 9, 4, 3, 7, 40])
    floor = finish(floor_of(targets, frames, 0, 5))
    np.testing.assert_allclose(floor.losses, losses_by_lattice(floor.emission, targets, frames, 0), rtol=1e-12)
    assert floor.emission.sum() == pytest.approx(1.0)
    assert floor.emission[4] == 0.0


@pytest.mark.parametrize("seed", range(3))
def test_no_other_emission_is_better(seed):
    rng = np.random.default_rng(seed)
    targets, frames = some_targets(rng, 3, 4, 4, blank=2), np.array([9, 12, 7])
    weights = np.array([0.5, 0.2, 0.3])

    def loss(z):
        p = np.exp(z - np.logaddexp.reduce(z))
        return losses_by_lattice(p, targets, frames, 2) @ weights

    tried = [minimize(loss, rng.normal(size=4), method="Nelder-Mead", options={"maxiter": 600}) for _ in range(4)]
    floor = finish(floor_of(targets, frames, 2, 4, weights))
    assert floor.losses @ weights <= min(found.fun for found in tried) + 1e-4


def test_twenty_random_targets_have_the_known_lines():
    rng = np.random.default_rng(1)
    targets, frames = some_targets(rng, 20, 10, 28), np.full(20, 50)
    lines = finish(lines_of(targets, frames, np.full(20, 34.52), 0, 28))
    assert lines.uniform == pytest.approx(13.09, abs=0.03)
    assert lines.floor == pytest.approx(3.449, abs=0.05)
    assert lines.emission[0] == pytest.approx(0.8, abs=0.01)
    assert lines.verdict == "blind"


def test_long_targets_neither_overflow_nor_vanish(rng):
    targets = some_targets(rng, 2, 400, 30)
    frames = np.array([2000, 1200])
    floor = finish(floor_of(targets, frames, 0, 30))
    np.testing.assert_allclose(floor.losses, losses_by_lattice(floor.emission, targets, frames, 0), rtol=1e-10)


def test_targets_that_do_not_fit_are_left_out():
    targets = [np.array([1, 1]), np.array([1, 2])]
    floor = finish(floor_of(targets, np.array([2, 4]), 0, 3))
    assert floor.losses[0] == np.inf
    assert np.isfinite(floor.losses[1])
    nothing = finish(floor_of(targets, np.array([2, 1]), 0, 3))
    assert nothing.losses.tolist() == [np.inf, np.inf]


def test_frames_that_are_all_decided_give_the_labels_their_shares():
    floor = finish(floor_of([np.array([1, 2, 1, 1])], np.array([5]), 0, 3))
    np.testing.assert_allclose(floor.emission, [1 / 5, 3 / 5, 1 / 5])


def test_no_frames_and_no_labels_cost_nothing():
    floor = finish(floor_of([np.zeros(0, dtype=np.int64)], np.array([0]), 0, 3))
    assert floor.losses.tolist() == [0.0]


@pytest.mark.parametrize(("T", "labels"), [(5, [1, 2]), (4, [1, 1]), (3, [])])
def test_the_uniform_loss_is_that_of_equal_emissions(T, labels):
    found = -lattice_of(np.full((T, 4), -np.log(4)), labels, 0).log_likelihood
    R = int(labels == [1, 1])
    assert uniform_loss(T, len(labels), R, 4) == pytest.approx(found, abs=1e-12)
    assert uniform_loss(1, 2, 0, 4) == np.inf
