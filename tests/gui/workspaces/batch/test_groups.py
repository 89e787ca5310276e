"""Rows in groups: who belongs where, what each group adds, which groups are selected."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.assess import assess
from core.files import read
from core.jobs import finish
from core.samples import SAMPLES_DIR
from gui.workspaces.batch import compute_groups, compute_sheet
from gui.workspaces.batch.compute_groups import Groups, GroupsRequest, groupings_of
from gui.workspaces.batch.compute_sheet import Sheet
from gui.workspaces.batch.present_groups import groups_figure, rows_of


def sheet_of(name: str, **params: object) -> Sheet:
    batch = read(SAMPLES_DIR / f"{name}.npz")[0]
    return finish(compute_sheet.compute(finish(assess(replace(batch.loss, **params), batch))))


def groups_of(sheet: Sheet, by, sort: str = "weighted") -> Groups:
    return finish(compute_groups.compute(GroupsRequest(sheet, by, sort, True)))


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("ce_digits_mid", ("class", "outcome", "size")),
        ("bce_breast_cancer", ("class", "outcome", "size")),
        ("reg_diabetes", ("size",)),
        ("ctc_batch_padded", ("size",)),
        ("bug_bce_logits_input", ()),
    ],
)
def test_that_rows_are_grouped_in_the_ways_that_their_loss_allows(name, ways) -> None:
    assert groupings_of(sheet_of(name)) == ways


def test_that_classes_add_up_to_the_whole_loss_and_the_largest_comes_first() -> None:
    sheet = sheet_of("ce_digits_mid")
    groups = groups_of(sheet, "class")
    share = groups.table.columns["weighted"].values
    assert share.sum() == pytest.approx(100)
    assert groups.order[0] == share.argmax()
    target, loss = (sheet.table.columns[key].values for key in ("target", "loss"))
    assert groups.table.columns["mean"].values[8] == pytest.approx(loss[target == 8].mean())
    assert "plain" not in groups.table.columns


def test_that_weights_are_told_from_the_loss_without_them() -> None:
    sheet = sheet_of("ce_digits_mid", weight=np.array([0.1] * 8 + [5.0, 1.0], np.float32))
    columns = groups_of(sheet, "class").table.columns
    assert columns["weighted"].values[8] > columns["plain"].values[8]


def test_that_outcomes_of_binary_rows_are_the_four_of_the_confusion() -> None:
    sheet = sheet_of("bce_breast_cancer")
    groups = groups_of(sheet, "outcome", "n")
    p, y = (sheet.table.columns[key].values for key in ("input", "target"))
    counts = dict(zip(groups.table.columns["id"].values, groups.table.columns["n"].values, strict=True))
    assert counts["false negative"] == np.count_nonzero((y == 1) & (p < 0.5))
    assert counts["true negative"] == np.count_nonzero((y == 0) & (p < 0.5))
    assert sum(counts.values()) == sheet.table.count


def test_that_groups_by_size_are_cut_by_rank() -> None:
    sheet = sheet_of("reg_diabetes")
    groups = groups_of(sheet, "size")
    assert groups.table.columns["n"].values.tolist() == [4, 40, 177, 221]
    loss = sheet.table.columns["loss"].values
    assert loss[rows_of(groups, 0)].min() >= loss[rows_of(groups, 1)].max()


def test_that_ignored_rows_are_in_no_group() -> None:
    sheet = sheet_of("ce_dense_flower")
    groups = groups_of(sheet, "outcome")
    chosen = np.concatenate([rows_of(groups, 0), rows_of(groups, 1)])
    assert chosen.size == np.count_nonzero(sheet.table.kept) == groups.table.columns["n"].values.sum()


def test_that_a_group_is_marked_only_while_all_of_its_rows_are_selected() -> None:
    sheet = sheet_of("ce_digits_mid")
    groups = groups_of(sheet, "class")
    rows = rows_of(groups, 8)
    assert groups_figure(groups, rows).selection.tolist() == [8]
    assert groups_figure(groups, rows[1:]).selection.tolist() == []
    assert groups_figure(groups, np.arange(sheet.table.count)).selection.tolist() == list(range(10))
