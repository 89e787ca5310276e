"""Everything that is said of a batch under a loss."""

from __future__ import annotations

import math

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.files import read
from core.jobs import finish
from core.rows import sound_row
from core.samples import SAMPLES_DIR


def batch_of(file: str):
    return read(SAMPLES_DIR / file)[0]


def test_that_an_accepted_batch_has_value_rows_and_the_norm_of_its_gradient() -> None:
    batch = batch_of("ce_digits_mid.npz")
    found = finish(assess(batch.loss, batch))
    assert found.refusal is None
    assert found.evaluation is not None
    assert found.rows is not None
    assert found.rows.count == 286
    assert found.gradient_norm == pytest.approx(float(np.linalg.norm(found.evaluation.grad)), rel=1e-6)
    assert [finding.rule for finding in found.findings] == ["C25", "C24"]


def test_that_a_refused_batch_has_the_reason_and_the_finding_instead() -> None:
    batch = batch_of("bug_target_one_based.npz")
    found = finish(assess(batch.loss, batch))
    assert found.evaluation is None
    assert found.rows is None
    assert found.refusal is not None
    assert math.isnan(found.gradient_norm)
    assert found.findings[0].rule == "C4"


def test_that_the_job_can_be_stopped_between_its_parts() -> None:
    batch = batch_of("wine_nll.npz")
    fractions = [progress.fraction for progress in assess(batch.loss, batch)]
    assert fractions == sorted(fractions)
    assert len(fractions) >= 2


def test_that_a_row_with_a_label_that_exists_is_found_in_a_refused_batch() -> None:
    batch = batch_of("bug_target_one_based.npz")
    row = sound_row(batch.loss, batch)
    assert row is not None
    assert batch.target is not None
    assert 0 <= batch.target[row] < 10


def test_that_no_row_is_sound_where_shapes_or_kinds_do_not_fit() -> None:
    batch = batch_of("reg_diabetes.npz")
    assert sound_row(L.CrossEntropyLoss(), batch) is None
    assert sound_row(L.MSELoss(), batch_of("ce_digits_mid.npz")) is None
