"""What is computed of a batch: the sheet, and the view of it."""

from __future__ import annotations

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.files import read
from core.jobs import finish
from core.samples import SAMPLES_DIR
from gui.workspaces.batch import compute_sheet, compute_view
from gui.workspaces.batch.compute_sheet import Sheet
from gui.workspaces.batch.compute_view import View, ViewRequest


def sheet_of(batch: Batch) -> Sheet:
    return finish(compute_sheet.compute(finish(assess(batch.loss, batch))))


def sample(name: str) -> Sheet:
    return sheet_of(read(SAMPLES_DIR / f"{name}.npz")[0])


def view_of(sheet: Sheet, sort: str = "loss", descending: bool = True, filter: str = "") -> View:
    return finish(compute_view.compute(ViewRequest(sheet, sort, descending, filter)))


def test_that_accuracy_counts_the_kept_rows_alone() -> None:
    sheet = sample("ce_dense_flower")
    target, predicted = (sheet.table.columns[key].values for key in ("target", "predicted"))
    kept = sheet.table.kept
    assert sheet.accuracy == pytest.approx((target == predicted)[kept].mean())
    assert sheet.accuracy != pytest.approx((target == predicted).mean())


def test_that_rows_are_grouped_by_class_and_binary_rows_by_target() -> None:
    assert sample("ce_digits_mid").group_count == 10
    assert sample("bce_breast_cancer").group_count == 2
    assert sample("reg_diabetes").groups is None


def test_that_a_binary_target_that_is_no_label_makes_no_groups() -> None:
    batch = Batch("s", L.BCELoss(), np.array([0.2, 0.7]), np.array([0.0, 0.5]))
    assert sheet_of(batch).groups is None


def test_that_a_refused_batch_has_a_table_and_no_ledger() -> None:
    sheet = sample("bug_bce_logits_input")
    assert sheet.ledger is None
    assert sheet.table.count == 48
    assert view_of(sheet).histogram is None


def test_that_the_histogram_is_of_the_rows_that_pass_the_filter() -> None:
    sheet = sample("ce_digits_mid")
    view = view_of(sheet, filter="target == 8")
    assert view.histogram is not None
    assert view.histogram.counts.sum() == view.mask.sum() < sheet.table.count
    assert view.histogram.counts.sum(axis=1).argmax() == 8


def test_that_a_filter_that_cannot_be_read_lets_all_rows_pass_and_says_why() -> None:
    view = view_of(sample("ce_digits_mid"), filter="lost > 2")
    assert view.mask.all()
    assert view.refusal is not None
    assert "lost" in str(view.refusal.problem)


def test_that_a_negative_loss_is_counted_on_a_plain_axis() -> None:
    log = view_of(sample("wine_nll")).histogram
    plain = view_of(sample("bug_probs_to_nll")).histogram
    assert log is not None
    assert plain is not None
    assert log.log
    assert not plain.log
    assert plain.edges[0] < 0


def test_that_many_classes_are_not_stacked() -> None:
    rng = np.random.default_rng(0)
    batch = Batch("w", L.CrossEntropyLoss(), rng.normal(size=(50, 40)), rng.integers(0, 40, 50))
    view = view_of(sheet_of(batch))
    assert view.hues == ()
    assert view.histogram is not None
    assert view.histogram.counts.shape[0] == 1


def test_that_two_requests_are_equal_only_on_the_same_sheet() -> None:
    a, b = sample("ce_digits_mid"), sample("ce_digits_mid")
    assert ViewRequest(a, "loss", True, "") == ViewRequest(a, "loss", True, "")
    assert ViewRequest(a, "loss", True, "") != ViewRequest(b, "loss", True, "")
