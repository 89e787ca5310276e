"""The rows of a batch as a table."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import core.losses as L
from core.assess import Assessment, assess
from core.batch import Batch
from core.files import read
from core.jobs import finish
from core.samples import SAMPLES_DIR, samples
from core.table.build import table_of
from core.table.order import sorted_rows
from core.table.table import Column, Table
from core.table.written import as_csv
from core.text import say

GOLDEN = Path(__file__).parents[2] / "golden"
RNG = np.random.default_rng(11)


def assessed(batch: Batch) -> Assessment:
    return finish(assess(batch.loss, batch))


def table_for(batch: Batch) -> Table:
    return finish(table_of(assessed(batch)))


def sample(name: str) -> Table:
    return table_for(read(SAMPLES_DIR / f"{name}.npz")[0])


@pytest.mark.parametrize("card", samples(), ids=lambda card: card.file)
def test_that_every_sample_has_a_table_whose_columns_are_as_long_as_it(card) -> None:
    batch = read(card.path)[0]
    found = assessed(batch)
    table = finish(table_of(found))
    assert table.count > 0
    assert table.columns
    for column in table.columns.values():
        assert len(column.values) == table.count
        assert column.text(table.count - 1) is not None
    if found.rows is not None:
        assert table.count == found.rows.count


def test_that_the_loss_is_without_weights_and_the_share_with_them() -> None:
    weight = np.array([1.0, 5.0, 0.5])
    x, y = RNG.normal(size=(40, 3)), RNG.integers(0, 3, 40)
    table = table_for(Batch("b", L.CrossEntropyLoss(weight=weight), x, y))
    plain = L.CrossEntropyLoss(reduction="none").evaluate(x, y).elements
    np.testing.assert_allclose(table.columns["loss"].values, plain)
    weighted = weight[y] * plain
    np.testing.assert_allclose(table.columns["share"].values, 100 * weighted / weighted.sum(), rtol=1e-5)
    np.testing.assert_allclose(table.columns["weight"].values, weight[y])


def test_that_the_gradient_of_a_row_is_its_norm_over_the_classes() -> None:
    x, y = RNG.normal(size=(4, 3, 5, 2)), RNG.integers(0, 3, (4, 5, 2))
    batch = Batch("b", L.CrossEntropyLoss(), x, y)
    grad = batch.loss.evaluate(x, y).grad  # type: ignore[call-arg]
    np.testing.assert_allclose(
        table_for(batch).columns["grad"].values, np.sqrt((grad**2).sum(axis=1)).ravel(), rtol=1e-6
    )


def test_that_blocks_give_what_the_whole_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = RNG.normal(size=(9, 4, 3)).astype(np.float32), RNG.integers(0, 4, (9, 3))
    batch = Batch("b", L.CrossEntropyLoss(), x, y)
    whole = table_for(batch)
    monkeypatch.setattr("core.table.by_class.BLOCK", 24)
    parts = table_for(batch)
    p = np.exp(x - np.log(np.exp(x).sum(1, keepdims=True)))
    np.testing.assert_allclose(whole.columns["p"].values, np.take_along_axis(p, y[:, None], 1)[:, 0].ravel(), rtol=1e-5)
    for key in ("p", "predicted", "p_predicted"):
        np.testing.assert_array_equal(parts.columns[key].values, whole.columns[key].values)


def test_that_a_sure_other_answer_is_doubted_and_an_unsure_one_not() -> None:
    x = np.array([[9.0, 0.0], [0.3, 0.0], [0.0, 9.0]])
    table = table_for(Batch("b", L.CrossEntropyLoss(), x, np.array([1, 1, 1])))
    assert [table.columns["flag"].text(row) for row in range(3)] == ["label?", "", ""]


def test_that_ids_name_the_rows_and_pixels_of_a_sample_share_its_id() -> None:
    ids = np.array(["a", "b"])
    x, y = RNG.normal(size=(2, 3, 2)), np.zeros((2, 2), np.int64)
    table = table_for(Batch("b", L.CrossEntropyLoss(), x, y, extras={"ids": ids}))
    assert [table.label(row) for row in range(4)] == ["a:0", "a:1", "b:0", "b:1"]


def test_that_without_ids_a_pixel_is_called_by_its_index() -> None:
    assert sample("ce_dense_flower").label(0).count(",") == 2


def test_that_weights_of_binary_elements_are_those_that_multiply_each_term() -> None:
    x, y = RNG.normal(size=(6, 2)), RNG.integers(0, 2, (6, 2)).astype(float)
    loss = L.BCEWithLogitsLoss(pos_weight=np.array([3.0, 7.0]), weight=np.array([1.0, 2.0]))
    table = table_for(Batch("b", loss, x, y))
    plain = L.BCEWithLogitsLoss(reduction="none").evaluate(x, y).elements.ravel()
    weighted = L.BCEWithLogitsLoss(pos_weight=loss.pos_weight, weight=loss.weight, reduction="none")
    np.testing.assert_allclose(
        table.columns["weight"].values * plain, weighted.evaluate(x, y).elements.ravel(), rtol=1e-5
    )


def test_that_sequences_have_their_slack_and_torchs_losses() -> None:
    table = sample("ctc_batch_padded")
    golden = json.loads((GOLDEN / "ctc_batch_padded.json").read_text())
    nll = [item["nll"] for item in golden["extra"]["ctc"]]
    np.testing.assert_allclose(table.columns["loss"].values, nll, rtol=1e-4)
    short = sample("bug_ctc_too_short")
    assert short.columns["slack"].text(0) == "−1"
    assert short.columns["loss"].text(0) == "inf"


def test_that_a_refused_batch_still_has_its_targets() -> None:
    table = sample("bug_target_one_based")
    assert {"target", "predicted"} <= set(table.columns)
    assert "loss" not in table.columns
    assert table.columns["target"].values.max() == 10


def test_that_rows_are_sorted_with_nan_first_and_ignored_last() -> None:
    x = np.array([[1.0, 0], [np.nan, 0], [3.0, 0], [0.0, 0]])
    table = table_for(Batch("b", L.CrossEntropyLoss(), x, np.array([0, 0, -100, 0])))
    assert sorted_rows(table, "loss", descending=True).tolist() == [1, 3, 0, 2]
    assert sorted_rows(table, "loss", descending=False).tolist() == [1, 0, 3, 2]
    assert sorted_rows(table, "no such", descending=True).tolist() == [0, 1, 2, 3]


def test_that_the_view_is_written_in_full_and_in_its_order() -> None:
    table = sample("ce_digits_mid")
    rows = sorted_rows(table, "loss", descending=True)[:2]
    header, first, second = as_csv(table, rows).splitlines()
    assert header.split(",")[:3] == ["row", "target", "predicted"]
    place = header.split(",").index("loss")
    assert first.split(",")[0] == "104"
    assert float(first.split(",")[place]) == table.columns["loss"].values[104]
    assert second.split(",")[0] == str(rows[1])
    assert as_csv(table, rows, "\t").splitlines()[0].split("\t")[0] == "row"


def test_that_under_weights_a_class_with_less_than_two_fifths_of_its_share_is_rare() -> None:
    y = np.repeat([0, 1, 2], [60, 37, 3])
    loss = L.CrossEntropyLoss(weight=np.ones(3))
    flags = table_for(Batch("b", loss, np.zeros((100, 3)), y)).columns["flag"]
    assert [flags.text(row) for row in (0, 60, 99)] == ["", "", "rare class"]
    unweighted = table_for(Batch("b", L.CrossEntropyLoss(), np.zeros((100, 3)), y)).columns["flag"]
    assert unweighted.text(99) == ""


def test_that_a_distribution_is_one_row_with_the_sum_over_its_classes() -> None:
    x, target = np.log(RNG.dirichlet(np.ones(4), 6)), RNG.dirichlet(np.ones(4), 6)
    table = table_for(Batch("b", L.KLDivLoss(), x, target))
    assert table.count == 6
    np.testing.assert_allclose(table.columns["loss"].values, (target * (np.log(target) - x)).sum(axis=1))


def test_that_a_share_that_is_no_number_is_no_per_cent() -> None:
    column = Column("share", say("table", "share"), "share", np.array([12.344, np.inf, np.nan]), digits=2)
    assert [column.text(row) for row in range(3)] == ["12.34%", "inf", "nan"]
