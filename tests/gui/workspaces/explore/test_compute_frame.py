from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.batch import Batch
from core.files import read
from core.jobs import finish
from core.losses import CrossEntropyLoss, CTCLoss
from core.problem import Problem, evaluate
from gui.workspaces.explore.compute_frame import MOST_COLUMNS, MOST_ROWS, FrameResult, compute, request
from gui.workspaces.explore.present_frame import present
from gui.workspaces.explore.state import ExploreState, FrameProbe

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"


def sample(name: str) -> Batch:
    return read(SAMPLES / f"{name}.npz")[0]


def result(batch: Batch | None, sequence: int = 0, loss: CTCLoss | None = None) -> FrameResult:
    chosen = loss or (batch.loss if batch is not None else CTCLoss())
    return finish(compute(request(Problem(chosen, batch), state(sequence))))


def state(sequence: int = 0, frame: int = 0) -> ExploreState:
    return ExploreState(tab="frame", frame=FrameProbe(sequence, frame))


def model(batch: Batch | None, sequence: int = 0, frame: int = 0, loss: CTCLoss | None = None):
    found = result(batch, sequence, loss)
    return present(Problem(loss or CTCLoss(), batch), state(sequence, frame), found)


@pytest.mark.parametrize("name", ["ctc_captcha_hello88", "ctc_speech_arctic", "ctc_batch_padded", "ctc_batch_concat"])
def test_occupancy_is_the_lattices_added_up_by_class(name) -> None:
    batch = sample(name)
    for n in range(batch.size):
        found = result(batch, n)
        assert found.evaluation is not None
        assert found.chosen is not None
        lattice = found.evaluation.lattice(n)
        assert found.chosen.log_likelihood == pytest.approx(lattice.log_likelihood, rel=1e-9)
        for c, occupancy in zip(found.chosen.used, found.chosen.occupancy.T, strict=True):
            by_rows = lattice.occupancy[:, lattice.states == c].sum(axis=1)
            np.testing.assert_allclose(occupancy, by_rows, atol=1e-9)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_the_gradient_is_p_minus_occupancy_whatever_the_reduction(reduction) -> None:
    found = result(sample("ctc_batch_padded"), 1, CTCLoss(reduction=reduction)).chosen
    assert found is not None
    expected = np.exp(found.log_probs.astype(np.float64))
    expected[:, found.used] -= found.occupancy
    np.testing.assert_allclose(found.gradient, expected, atol=1e-5)


def test_without_a_batch_of_sequences_there_is_a_word() -> None:
    problem = Problem(CTCLoss(), Batch("digits", CrossEntropyLoss(), np.zeros((2, 3)), np.zeros(2, np.int64)))
    found = finish(compute(request(problem, state())))
    assert found.request.is_toy
    shown = present(problem, state(frame=5), found)
    assert shown.emission is not None
    assert shown.bars is not None
    assert [symbol.name for symbol in shown.bars.symbols][:4] == ["ε", "c", "a", "t"]
    assert shown.value == pytest.approx(3.956299, abs=1e-5)


def test_sequences_are_sorted_by_loss_the_largest_first() -> None:
    batch = sample("ctc_batch_padded")
    shown = model(batch, sequence=3)
    elements = evaluate(batch.loss, batch).elements
    assert [choice.sequence for choice in shown.choices] == np.argsort(-elements).tolist()
    assert shown.choices[shown.chosen].sequence == 3


def test_a_sequence_has_its_own_frames_only() -> None:
    found = result(sample("ctc_batch_padded"), 0).chosen
    assert found is not None
    assert found.frames == 24
    assert found.picture is not None
    assert found.picture.shape == (32, 24 * 4)


def test_the_facts_name_the_divisor() -> None:
    facts = " ".join(str(fact.text) for fact in model(sample("ctc_batch_padded"), sequence=1).facts)
    assert "T = 56 frames" in facts
    assert "U = 16 labels and 5 repeats need 21" in facts
    assert "divisor 4: batch size, after each loss ÷ its target length" in facts


def test_an_infeasible_sequence_is_told_in_numbers() -> None:
    shown = model(sample("bug_ctc_too_short"))
    assert shown.bars is not None
    assert np.isnan(shown.bars.gradient).all()
    assert shown.value == np.inf
    assert [note.severity for note in shown.notes] == ["error"]
    assert "7 labels and 2 repeats need 9 frames; 8 are given" in str(shown.notes[0].message)
    calm = model(sample("bug_ctc_too_short"), loss=CTCLoss(zero_infinity=True))
    assert calm.value == 0
    assert calm.bars is not None
    assert set(calm.bars.gradient) == {0.0}


def test_a_batch_that_the_loss_refuses_is_told() -> None:
    batch = replace(sample("ctc_captcha_hello88"), target=np.array([99, 1, 2]), target_lengths=np.array(3))
    shown = model(batch)
    assert shown.emission is None
    assert shown.empty is not None
    assert "99" in str(shown.empty.sentence)


def test_a_sequence_without_frames_is_told() -> None:
    batch = Batch("none", CTCLoss(), np.zeros((3, 2), np.float32), np.array([1]), np.array(0), np.array(1))
    shown = model(batch)
    assert shown.emission is None
    assert shown.empty is not None
    assert shown.value == np.inf


def test_a_long_sequence_keeps_its_peaks_in_fewer_columns() -> None:
    rng = np.random.default_rng(7)
    log_probs = np.log(rng.dirichlet(np.ones(40), 4000)).astype(np.float32)
    labels = rng.integers(1, 40, 60)
    found = result(Batch("long", CTCLoss(), log_probs, labels, np.array(4000), np.array(60))).chosen
    assert found is not None
    assert found.probs.shape == (MOST_ROWS, MOST_COLUMNS)
    np.testing.assert_allclose(found.probs.max(axis=1), np.exp(log_probs[:, found.symbols].max(axis=0)), rtol=1e-6)


def test_raw_scores_are_noticed() -> None:
    shown = model(sample("bug_ctc_raw_logits"))
    assert [note.severity for note in shown.notes] == ["warning"]
    assert "log_softmax" in str(shown.notes[0].message)
