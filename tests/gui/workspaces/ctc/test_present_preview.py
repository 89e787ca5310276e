"""What is shown of a long sequence before its lattice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from core.batch import Batch
from core.files import read
from core.losses.ctc import CTCLoss
from gui.workspaces.ctc.compute_lattice import MOST_COLUMNS
from gui.workspaces.ctc.present_preview import preview

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"


def asked(name: str, **fields: object) -> tuple[CTCLoss, Batch, int]:
    (batch,) = read(SAMPLES / f"{name}.npz")
    batch = replace(batch, **fields)
    assert isinstance(batch.loss, CTCLoss)
    return batch.loss, batch, 0


def test_that_the_classes_of_the_target_have_rows_with_the_likeliest_of_each_column() -> None:
    _, batch, _ = request = asked("ctc_captcha_hello88")
    figure = preview(*request)
    assert figure is not None
    assert figure.frames == figure.values.shape[1] == 21
    assert set("helo8") < set(figure.names)
    row = figure.names.index("h")
    probs = np.exp(batch.input[:, 0] if batch.input.ndim == 3 else batch.input)
    np.testing.assert_allclose(figure.values[row], probs[:, batch.classes.index("h")], rtol=1e-6)


def test_that_no_spike_is_lost_among_more_frames_than_columns() -> None:
    log_probs = np.log(np.tile([0.98, 0.01, 0.01], (2000, 1, 1)).reshape(2000, 1, 3))
    log_probs[777, 0] = np.log([0.01, 0.98, 0.01])
    request = asked("ctc_captcha_hello88", input=log_probs, classes=("-", "a", "b"), target=np.array([[1, 2]]),
                    input_lengths=np.array([2000]), target_lengths=np.array([2]), extras={})  # fmt: skip
    figure = preview(*request)
    assert figure is not None
    assert figure.values.shape[1] == MOST_COLUMNS
    assert figure.values[figure.names.index("a")].max() > 0.97


def test_that_there_is_none_of_what_the_loss_refuses_or_of_no_frames() -> None:
    assert preview(*asked("ctc_captcha_hello88", target=np.array([[1, 999]]), target_lengths=np.array([2]))) is None
    assert preview(*asked("ctc_captcha_hello88", input_lengths=np.array([0]))) is None
