"""What is shown of a long sequence before its lattice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from core.ctc.sequence import Sequence, sequence_of
from core.files import read
from core.losses.ctc import CTCLoss
from gui.workspaces.ctc.compute_lattice import MOST_COLUMNS
from gui.workspaces.ctc.present_preview import waiting

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"


def sequence(**fields: object) -> Sequence:
    batch = replace(read(SAMPLES / "ctc_captcha_hello88.npz")[0], **fields)
    assert isinstance(batch.loss, CTCLoss)
    return sequence_of(batch.loss, batch, 0)


def test_that_the_classes_of_the_target_have_rows_with_the_likeliest_of_each_column() -> None:
    given = sequence()
    figure = waiting(given)
    assert figure is not None
    assert figure.frames == figure.values.shape[1] == 21
    assert set("helo8") < set(figure.names)
    row = figure.names.index("h")
    np.testing.assert_allclose(figure.values[row], np.exp(given.log_probs[:, given.names.index("h")]))


def test_that_no_spike_is_lost_among_more_frames_than_columns() -> None:
    log_probs = np.log(np.tile([0.98, 0.01, 0.01], (2000, 1, 1)).reshape(2000, 1, 3))
    log_probs[777, 0] = np.log([0.01, 0.98, 0.01])
    given = sequence(input=log_probs, classes=("-", "a", "b"), target=np.array([[1, 2]]),
                    input_lengths=np.array([2000]), target_lengths=np.array([2]), extras={})  # fmt: skip
    figure = waiting(given)
    assert figure is not None
    assert figure.values.shape[1] == MOST_COLUMNS
    assert figure.values[figure.names.index("a")].max() > 0.97


def test_that_there_is_none_of_no_frames() -> None:
    assert waiting(sequence(input_lengths=np.array([0]))) is None
