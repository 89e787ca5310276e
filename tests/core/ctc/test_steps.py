import re

import numpy as np
import pytest

from core.ctc.lattice import lattice_of
from core.ctc.steps import steps

PHASES = ["initialise", "forward", "terminate", "backward", "occupancy", "gradient", "collapse"]


@pytest.fixture
def lattice(rng, random_log_probs):
    return lattice_of(random_log_probs(rng, 7, 3), [1, 1, 2], 0)


def walk(plan):
    return [plan.at(k) for k in range(plan.count)]


@pytest.mark.parametrize("by_cell", [False, True])
def test_the_phases_follow_one_another(lattice, by_cell):
    plan = steps(lattice, by_cell)
    found = [step.phase for step in walk(plan)]
    assert list(dict.fromkeys(found)) == PHASES
    assert found == sorted(found, key=PHASES.index)


def test_by_column_each_frame_is_a_step_of_each_pass(lattice):
    plan = steps(lattice, by_cell=False)
    assert plan.count == 4 * 7 + 2
    assert [step.frame for step in walk(plan) if step.phase == "backward"] == [6, 5, 4, 3, 2, 1, 0]


def test_by_cell_every_cell_that_mass_can_reach_comes_once_with_its_value(lattice):
    plan = steps(lattice, by_cell=True)
    layers = {"initialise": "alpha", "forward": "alpha", "backward": "beta", "occupancy": "occupancy"}
    seen = {"alpha": [], "beta": [], "occupancy": []}
    for step in walk(plan):
        if step.phase in layers:
            layer = layers[step.phase]
            assert step.result == getattr(lattice, layer)[step.frame, step.row]
            seen[layer].append((step.frame, step.row))
    for layer, cells in seen.items():
        assert len(set(cells)) == len(cells)
        values = getattr(lattice, layer)
        expected = np.argwhere(values > (0 if layer == "occupancy" else -np.inf))
        assert sorted(cells) == [tuple(cell) for cell in expected.tolist()]


@pytest.mark.parametrize("by_cell", [False, True])
def test_what_is_revealed_grows_by_what_each_step_computes(lattice, by_cell):
    plan = steps(lattice, by_cell)
    for k, step in enumerate(walk(plan)):
        now = plan.revealed(k)
        if k:
            before = plan.revealed(k - 1)
            for layer in ("alpha", "beta", "occupancy"):
                added = getattr(now, layer) & ~getattr(before, layer)
                assert not (getattr(before, layer) & ~getattr(now, layer)).any()
                assert not added.any() or np.argwhere(added).tolist() == [[step.frame, row] for row in step.rows]
    assert now.path
    assert now.log_likelihood
    assert now.gradient.all()
    assert now.alpha.sum() == (lattice.alpha > -np.inf).sum()


def test_termination_gives_the_log_likelihood_with_its_two_terms(lattice):
    plan = steps(lattice, by_cell=True)
    step = plan.at(plan.first("terminate", None))
    assert step.result == lattice.log_likelihood
    assert "log P = log(e^" in str(step.sentence)


def test_the_first_step_of_a_phase_and_frame_is_found_in_both_plans(lattice):
    for by_cell in (False, True):
        plan = steps(lattice, by_cell)
        for phase, frame in (("forward", 3), ("backward", 5), ("occupancy", 0), ("gradient", 6), ("collapse", None)):
            step = plan.at(plan.first(phase, frame))
            assert (step.phase, step.frame) == (phase, frame)


def number(text):
    return float(text.replace("−", "-").replace(" ", ""))


def test_the_printed_terms_of_a_cell_give_its_printed_value(lattice):
    plan = steps(lattice, by_cell=True)
    checked = 0
    for sentence in (str(step.sentence) for step in walk(plan)):
        found = re.search(r"log\((e\^.*)\)( [−+] [\d.]+)? = (−?[\d.]+)$", sentence)
        if found:
            terms, emission, result = found.groups()
            value = np.logaddexp.reduce([number(term) for term in re.findall(r"e\^(−?[\d.]+)", terms)])
            assert f"{value + number(emission or '0'):.3f}".replace("-", "−") == result
            checked += 1
    assert checked > 40


def test_without_an_alignment_the_plan_ends_with_the_backward_pass():
    plan = steps(lattice_of(np.zeros((2, 2)), [1, 1], 0), by_cell=False)
    assert plan.at(plan.count - 1).phase == "backward"
    assert plan.first("collapse", None) == plan.first("backward", 0)


def test_a_lattice_without_frames_only_terminates():
    plan = steps(lattice_of(np.zeros((0, 2)), [1], 0), by_cell=True)
    assert [step.phase for step in walk(plan)] == ["terminate"]
    assert str(plan.at(0).sentence).endswith("log P = −inf")


def test_a_step_outside_the_plan_is_an_error(lattice):
    plan = steps(lattice, by_cell=False)
    for k in (-1, plan.count):
        with pytest.raises(IndexError):
            plan.at(k)
