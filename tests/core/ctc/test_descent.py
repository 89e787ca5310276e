import numpy as np
import pytest

from core.batch import Batch
from core.ctc.descent import class_occupancy, descend
from core.ctc.lattice import lattice_of
from core.ctc.toy_presets import toy_preset
from core.jobs import finish
from core.losses import CTCLoss
from core.problem import evaluate

ALPHABET = ("ε", "c", "a", "t", "o")


def small_noise(rng, T=12):
    return 0.01 * rng.normal(size=(T, len(ALPHABET)))


def test_the_direction_is_the_gradient_of_the_loss(rng):
    logits = small_noise(rng)
    walk = finish(descend(logits, [1, 2, 3], 0, steps=1, rate=0.5))
    log_probs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    batch = Batch(
        "toy",
        CTCLoss(reduction="sum"),
        log_probs,
        np.array([1, 2, 3]),
        input_lengths=np.array(12),
        target_lengths=np.array(3),
    )
    evaluation = evaluate(batch.loss, batch)
    np.testing.assert_allclose(walk.logits[1], logits - 0.5 * evaluation.grad_logits, atol=1e-12)
    assert walk.losses[0] == pytest.approx(float(evaluation.value))


def test_blank_floods_before_spikes_appear(rng):
    walk = finish(descend(small_noise(rng, 40), [1, 2, 3], 0, steps=300))
    flood = int(np.argmax(walk.blank > 0.85))
    assert 0 < flood < 60
    assert walk.spikes[flood : flood + 3].max() < 3
    assert walk.spikes[-1] >= 3
    assert np.all(np.diff(walk.losses) < 1e-9)


def test_the_shares_of_a_frame_add_up_to_one(rng):
    walk = finish(descend(small_noise(rng), [1, 2, 1], 0, steps=3))
    np.testing.assert_allclose(walk.occupancy.sum(axis=2), 1.0)
    np.testing.assert_allclose(walk.probs.sum(axis=2), 1.0)


def test_without_an_alignment_there_is_no_step():
    logits = toy_preset("infeasible", "cat", 2, ALPHABET)
    walk = finish(descend(logits, [1, 2, 3], 0))
    assert walk.losses.tolist() == [np.inf]


def test_rows_of_one_class_are_added():
    lattice = lattice_of(np.full((5, 3), -np.log(3)), [1, 2, 1], 0)
    shares = class_occupancy(lattice, 4)
    np.testing.assert_allclose(shares[:, 0], lattice.occupancy[:, ::2].sum(axis=1))
    np.testing.assert_allclose(shares[:, 1], lattice.occupancy[:, [1, 5]].sum(axis=1))
    assert not shares[:, 3].any()
