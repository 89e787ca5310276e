"""From a batch to what Explore holds."""

from __future__ import annotations

import numpy as np

import core.losses as L
from core.files import read
from core.samples import SAMPLES_DIR
from gui.workspaces.explore.loading import load_row
from gui.workspaces.explore.presets import sketch
from gui.workspaces.explore.switching import switched


def loaded(file: str, row: int):
    batch = read(SAMPLES_DIR / file)[0]
    return batch, load_row(sketch(batch.loss.name).state, batch.loss, batch, row)


def test_that_a_row_of_classes_brings_its_scores_names_and_target() -> None:
    batch, state = loaded("ce_digits_mid.npz", 104)
    np.testing.assert_array_equal(state.classes.z, batch.input[104])
    assert state.classes.names == batch.classes
    assert state.classes.target == 8
    assert state.classes.pair == (0, 8)
    assert (state.row, state.dtype, state.tab) == (104, "float32", "bars")


def test_that_normalised_rows_of_nll_pass_log_softmax_and_others_do_not() -> None:
    _, sound = loaded("wine_nll.npz", 0)
    _, broken = loaded("bug_probs_to_nll.npz", 0)
    assert sound.classes.link == "log_softmax"
    assert broken.classes.link == "none"


def test_that_a_distribution_becomes_a_soft_target() -> None:
    batch, state = loaded("wine_kldiv_logtarget.npz", 3)
    assert batch.target is not None
    assert state.classes.soft is not None
    np.testing.assert_allclose(state.classes.soft, np.exp(batch.target[3].astype(np.float64)))


def test_that_an_element_brings_prediction_and_target() -> None:
    batch, state = loaded("reg_diabetes.npz", 7)
    assert batch.target is not None
    assert (state.scalar.x, state.scalar.y) == (float(batch.input.flat[7]), float(batch.target.flat[7]))


def test_that_a_sequence_of_ctc_is_named_by_its_number() -> None:
    _, state = loaded("ctc_batch_padded.npz", 2)
    assert state.frame.sequence == 2
    assert state.tab == "frame"


def test_that_the_same_point_stays_between_bce_and_bce_with_logits() -> None:
    state = sketch("BCEWithLogitsLoss").state
    there = switched(state, L.BCEWithLogitsLoss(), L.BCELoss())
    assert there.scalar.axis == "logit"
    assert there.scalar.x == state.scalar.x


def test_that_a_regression_target_moves_into_the_unit_interval_for_a_binary_loss() -> None:
    state = sketch("MSELoss").state
    there = switched(state, L.MSELoss(), L.BCELoss())
    assert 0 <= there.scalar.y <= 1
    assert 0 < there.scalar.x < 1


def test_that_scores_stay_and_the_link_becomes_the_right_one() -> None:
    state = sketch("CrossEntropyLoss").state
    there = switched(state, L.CrossEntropyLoss(), L.NLLLoss())
    assert there.classes.z is state.classes.z
    assert there.classes.link == "log_softmax"
    assert switched(there, L.NLLLoss(), L.CrossEntropyLoss()).classes.link == "none"
