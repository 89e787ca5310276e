import re

import numpy as np
import pytest

from core.ctc.lattice import lattice_of
from core.explain.ctc import Symbol, strip

POWER = r"e\^(−?[\d.]+)"


def random_lattice(T, labels, scale=1.0, seed=0):
    logits = scale * np.random.default_rng(seed).normal(size=(T, 4))
    return lattice_of(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True), labels, 0)


def read(text):
    return float(text.replace("−", "-"))


def printed(plain):
    """The loss as printed, and what its printed terms give."""
    middle, result = re.search(r"= − log \(([^()]*)\) = (−?[\d.]+)", plain).groups()
    powers = [read(text) for text in re.findall(POWER, middle)]
    if powers:
        return read(result), -np.logaddexp.reduce(powers)
    return read(result), -np.log(sum(read(text) for text in middle.split(" + ")))


@pytest.mark.parametrize("T", [3, 12, 60, 400, 1500])
@pytest.mark.parametrize("seed", range(4))
def test_the_printed_terms_give_the_last_digit_of_the_loss(T, seed):
    lattice = random_lattice(T, [1, 2, 3], 2.0, seed)
    result, value = printed(strip(lattice).plain)
    assert result == pytest.approx(-lattice.log_likelihood, abs=5.001e-5)
    assert f"{value:.4f}" == f"{result:.4f}"


def test_raw_logits_are_written_with_powers_too():
    lattice = lattice_of(np.full((40, 3), 9.0), [1, 2], 0)
    result, value = printed(strip(lattice).plain)
    assert result < 0
    assert f"{value:.4f}" == f"{result:.4f}"


def test_the_terms_are_the_cells_in_which_paths_end():
    plain = strip(random_lattice(12, [1, 2, 3])).plain
    assert plain.startswith("ℓ = − log (α (11, 6) + α (11, 5)) = − log (")
    assert "α (3, 0)) = − log 0." in strip(random_lattice(4, [])).plain


def test_an_infeasible_target_has_no_gradient_and_says_why():
    found = strip(random_lattice(2, [1, 1]), Symbol("a", 0, 0.5, 0.0))
    assert found.plain == "ℓ = − log (α (1, 4) + α (1, 3)) = − log 0 = inf"
    assert found.gradient is None
    assert str(found.branch) == "no complete path: 2 frames, 3 needed"


def test_no_frames_leave_the_value_alone():
    assert strip(random_lattice(0, [])).plain == "ℓ = 0.0000"
    assert strip(random_lattice(0, [1])).plain == "ℓ = inf"


@pytest.mark.parametrize(
    ("truth", "words"),
    [
        ("logits", "∂ℓ/∂z_a, 5 = p − γ = 0.41 − 0.9102 = −0.5002"),
        ("log_probs", "∂ℓ/∂log p_a, 5 = − γ = −0.9102"),
        ("torch", "log_probs.grad_a, 5 = p − γ = 0.41 − 0.9102 = −0.5002"),
    ],
)
def test_each_of_the_three_gradients_is_written_as_what_it_is(truth, words):
    plain = strip(random_lattice(6, [1]), Symbol("a", 5, 0.41, 0.9102), truth).plain
    assert plain.endswith(f"; {words}")
