"""Which class is taken for which: what is drawn, and the rows of a cell."""

from __future__ import annotations

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.files import read
from core.jobs import finish
from core.pictures.confusion import MOST, Confusion
from core.samples import SAMPLES_DIR
from gui.workspaces.batch import compute_sheet
from gui.workspaces.batch.compute_plots import PlotRequest, count_confusion, tabs_of
from gui.workspaces.batch.compute_sheet import Sheet
from gui.workspaces.batch.present_confusion_matrix import OTHERS, confusion_matrix_figure, rows_of_cell

NO_ROWS = np.zeros(0, np.int64)


def sheet_of(batch: Batch) -> Sheet:
    return finish(compute_sheet.compute(finish(assess(batch.loss, batch))))


def sample(name: str) -> Sheet:
    return sheet_of(read(SAMPLES_DIR / f"{name}.npz")[0])


def found_of(sheet: Sheet) -> Confusion:
    return finish(count_confusion(PlotRequest(sheet, "confusion"))).found


@pytest.mark.parametrize("name", ["ce_digits_mid", "ce_dense_flower", "wine_nll"])
def test_that_each_cell_counts_its_rows(name) -> None:
    sheet = sample(name)
    found = found_of(sheet)
    counted = [
        [rows_of_cell(sheet, found, i, j).size for j in range(len(found.counts))] for i in range(len(found.counts))
    ]
    np.testing.assert_array_equal(counted, found.counts)


def test_that_the_classes_left_over_have_a_row_and_a_column_of_their_own() -> None:
    rng = np.random.default_rng(0)
    sheet = sheet_of(Batch("w", L.CrossEntropyLoss(), rng.normal(size=(200, 40)), rng.integers(0, 40, 200)))
    found = found_of(sheet)
    figure = confusion_matrix_figure(sheet, found, None, NO_ROWS)
    assert figure.names[-1] == OTHERS
    assert figure.classes[-1] == -1
    assert len(figure.names) == MOST + 1
    assert rows_of_cell(sheet, found, MOST, MOST).size == found.counts[-1, -1]
    assert "20 most frequent of 40" in str(figure.caption)


def test_that_the_cell_of_the_primary_row_and_that_of_the_selection_are_marked() -> None:
    sheet = sample("ce_digits_mid")
    found = found_of(sheet)
    rows = rows_of_cell(sheet, found, 8, 3)
    figure = confusion_matrix_figure(sheet, found, 104, rows)
    assert figure.primary == (8, 0)
    assert figure.chosen == (8, 3)
    assert confusion_matrix_figure(sheet, found, None, rows[1:]).chosen is None


def test_that_only_predicted_classes_can_be_confused() -> None:
    assert "confusion" in tabs_of(sample("ce_digits_mid"))
    assert "confusion" not in tabs_of(sample("bce_breast_cancer"))
    assert tabs_of(sample("bug_bce_logits_input")) == ("samples",)
