import numpy as np
import pytest

from core.ctc.lattice import lattice_of
from core.ctc.recurrence import edge_shares, explain

LABELS = [[], [1], [1, 2], [1, 1], [1, 2, 1]]


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("direction", ["alpha", "beta"])
def test_the_terms_of_every_cell_add_up_to_it(labels, direction, rng, random_log_probs):
    lattice = lattice_of(random_log_probs(rng, 5, 3), labels, 0)
    for t, s in np.ndindex(lattice.alpha.shape):
        cell = explain(lattice, t, s, direction)
        emission = cell.log_emission if direction == "alpha" else 0.0
        assert cell.log_sum + emission == pytest.approx(cell.result, abs=1e-12)
        assert cell.result == getattr(lattice, direction)[t, s]
        assert cell.reachable == (cell.result > -np.inf)
        assert sum(term.share for term in cell.terms) == pytest.approx(float(cell.reachable))
        assert all((term.reason is None) == (term.value > -np.inf) for term in cell.terms)


@pytest.mark.parametrize("labels", LABELS[1:])
def test_the_shares_of_the_edges_are_those_of_all_paths(labels, rng, random_log_probs, every_path):
    log_probs = random_log_probs(rng, 5, 3)
    lattice, paths = lattice_of(log_probs, labels, 0), every_path(log_probs, labels, 0)
    share = np.exp(paths.log_probs - paths.log_likelihood)
    expected = np.zeros((*lattice.alpha.shape, 3))
    for path, weight in zip(paths.paths, share, strict=True):
        for t in range(1, len(path)):
            expected[t, path[t], path[t] - path[t - 1]] += weight
    np.testing.assert_allclose(edge_shares(lattice), expected, atol=1e-12)


def test_the_occupancy_of_a_cell_is_said_with_the_sum_of_its_frame(rng, random_log_probs):
    lattice = lattice_of(random_log_probs(rng, 6, 3), [1, 2], 0)
    cell = explain(lattice, 2, 3, "occupancy")
    assert cell.result == cell.occupancy == pytest.approx(np.exp(cell.log_sum - cell.log_likelihood))
    assert cell.frame_occupancy_sum == pytest.approx(1.0)
    assert explain(lattice, 0, 3, "occupancy").reachable is False


def test_a_refused_move_tells_which_rule_refuses_it():
    lattice = lattice_of(np.zeros((6, 3)), [1, 1], 0)
    reasons = {
        (3, 3): "same symbol",
        (3, 2): "leave out the label",
        (3, 1): "before the first",
    }
    for (t, s), words in reasons.items():
        skip = explain(lattice, t, s).terms[2]
        assert (skip.move, skip.allowed, skip.value, skip.share) == ("skip", False, -np.inf, 0.0)
        assert words in str(skip.reason)
    assert explain(lattice, 3, 0).terms[1].allowed is False
    assert "after the last" in str(explain(lattice, 3, 4, "beta").terms[1].reason)


def test_a_legal_move_without_mass_is_told_apart_from_a_refused_one():
    stay = explain(lattice_of(np.zeros((6, 3)), [1, 2], 0), 1, 3).terms[0]
    assert (stay.allowed, stay.value) == (True, -np.inf)
    assert "row 3 by frame 0" in str(stay.reason)


def test_paths_begin_and_end_in_the_outer_two_rows():
    lattice = lattice_of(np.zeros((6, 3)), [1, 2], 0)
    assert [explain(lattice, 0, s).terms[0].allowed for s in range(5)] == [True, True, False, False, False]
    assert [explain(lattice, 5, s, "beta").terms[0].allowed for s in range(5)] == [False, False, False, True, True]


def test_an_infeasible_lattice_has_no_shares_and_no_occupancy():
    lattice = lattice_of(np.zeros((2, 3)), [1, 1], 0)
    assert not edge_shares(lattice).any()
    assert explain(lattice, 1, 2, "occupancy").frame_occupancy_sum == 0.0
