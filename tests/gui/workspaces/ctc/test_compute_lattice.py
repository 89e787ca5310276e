"""What the lattice's view computes, held against core's own losses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.batch import Batch
from core.files import read
from core.jobs import finish
from core.losses import CTCLoss, L1Loss
from core.problem import Problem, evaluate
from gui.workspaces.ctc.compute_lattice import MOST_COLUMNS, MOST_ROWS, compute, overviews_of, pooled, request
from gui.workspaces.ctc.state import CTCState

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"


def result_of(name: str, sequence: int = 0):
    batch = read(SAMPLES / f"{name}.npz")[0]
    problem = Problem(batch.loss, batch)
    return problem, finish(compute(request(problem, CTCState(sequence=sequence))))


@pytest.mark.parametrize("sequence", [0, 3])
def test_loss_lattice_and_gradients_are_those_of_the_whole_batch(sequence: int) -> None:
    problem, result = result_of("ctc_batch_padded", sequence)
    whole = evaluate(problem.loss, problem.batch)
    T = len(result.sequence.log_probs)
    assert result.loss == pytest.approx(float(whole.elements[sequence]), rel=1e-5)
    np.testing.assert_allclose(result.lattice.alpha, whole.lattice(sequence).alpha, rtol=1e-9)
    scale = whole.upstream[sequence]
    for truth, of_batch in (("logits", whole.grad_logits), ("log_probs", whole.grad_log_probs), ("torch", whole.grad)):
        np.testing.assert_allclose(result.gradients.of(truth) * scale, of_batch[:T, sequence], atol=1e-6)


def test_without_a_batch_of_sequences_the_toy_is_computed() -> None:
    result = finish(compute(request(Problem(L1Loss()), CTCState())))
    assert result.sequence.text == "cat"
    assert result.count == 1


def test_an_unchanged_request_is_equal() -> None:
    problem, state = Problem(CTCLoss()), CTCState()
    assert request(problem, state) == request(problem, CTCState(frame=5, mode="beta", pinned=((1, 1),)))


def test_a_refused_batch_says_why() -> None:
    batch = Batch("bad", CTCLoss(), np.zeros((4, 3), np.float32), np.array([7]), np.array(4), np.array(1))
    result = finish(compute(request(Problem(batch.loss, batch), CTCState())))
    assert result.lattice is None
    assert "label 7" in str(result.refusal.problem)


def test_a_sequence_that_does_not_exist_is_the_last_one() -> None:
    _, result = result_of("ctc_batch_padded", 99)
    assert result.sequence.index == 3


def test_zero_infinity_silences_an_infeasible_sequence() -> None:
    batch = read(SAMPLES / "bug_ctc_too_short.npz")[0]
    loud = finish(compute(request(Problem(CTCLoss(), batch), CTCState())))
    silent = finish(compute(request(Problem(CTCLoss(zero_infinity=True), batch), CTCState())))
    assert loud.loss == np.inf
    assert np.isnan(loud.gradients.norm)
    assert (silent.loss, silent.gradients.norm) == (0.0, 0.0)


def test_pooling_loses_no_spike() -> None:
    layer = np.full((2000, 801), -9.0)
    layer[1234, 567] = 0.0
    small = pooled(layer)
    assert small.shape == (MOST_ROWS, MOST_COLUMNS)
    assert np.count_nonzero(small == 0.0) == 1


def test_overviews_keep_what_is_unreachable_apart() -> None:
    _, result = result_of("ctc_balloon_reduced")
    layers = overviews_of(result.lattice)
    assert np.array_equal(np.isneginf(layers.alpha.T), np.isneginf(result.lattice.alpha))
    assert layers.alpha.max() == 0.0
    reached = np.isfinite(layers.occupancy.T)
    np.testing.assert_allclose(
        np.exp(layers.occupancy.T[reached]), result.lattice.occupancy[reached], rtol=1e-9, atol=1e-20
    )
