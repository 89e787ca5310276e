"""Loss against gradient of a batch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.files import read
from core.jobs import finish
from core.pictures.scatter import scatter
from core.samples import SAMPLES_DIR
from core.table.table import Table
from gui.kit.scatter_figure import ScatterFigure
from gui.workspaces.batch import compute_sheet
from gui.workspaces.batch.present_scatter import scatter_figure

NO_ROWS = np.zeros(0, np.int64)


def table_of(batch: Batch, **params: object) -> Table:
    return finish(compute_sheet.compute(finish(assess(replace(batch.loss, **params), batch)))).table


def figure_of(table: Table, primary: int | None = None, selection=NO_ROWS) -> ScatterFigure:
    found = scatter(table.columns["loss"].values, table.columns["grad"].values, table.kept)
    return scatter_figure(table, found, primary, selection)


@pytest.fixture
def digits() -> Table:
    return table_of(read(SAMPLES_DIR / "ce_digits_mid.npz")[0])


def test_that_every_finite_row_has_a_place(digits: Table) -> None:
    figure = figure_of(digits)
    assert figure.rows.size == digits.count
    assert str(figure.caption) == f"{digits.count} rows"
    assert figure.empty is None


def test_that_selected_and_primary_rows_are_found_again() -> None:
    input, target = np.eye(4) * [[1], [2], [3], [4]], np.array([0, -100, 2, 3])
    figure = figure_of(table_of(Batch("w", L.CrossEntropyLoss(), input, target)), 3, np.array([1, 2]))
    assert figure.rows.tolist() == [0, 2, 3]
    assert figure.chosen.tolist() == [1]
    assert figure.primary == 2


def test_that_the_row_that_is_ignored_is_primary_nowhere() -> None:
    table = table_of(Batch("w", L.CrossEntropyLoss(), np.eye(2), np.array([0, -100])))
    assert figure_of(table, 1).primary is None


def test_that_zeros_and_what_is_not_finite_are_counted_in_words() -> None:
    input = np.array([0.0, 1.0, np.inf, 3.0])
    figure = figure_of(table_of(Batch("w", L.MSELoss(), input, np.array([0.0, 2.0, 0.0, 0.0]))))
    assert str(figure.caption) == "at the edge, for one of the two is 0: 1 · left out, not finite: 1"


def test_that_a_batch_without_finite_rows_has_a_sentence() -> None:
    table = table_of(Batch("w", L.MSELoss(), np.full(2, np.nan), np.zeros(2)))
    assert str(figure_of(table).empty).startswith("No row has")


def test_that_a_row_is_described_by_its_numbers(digits: Table) -> None:
    columns = digits.columns
    said = str(figure_of(digits).describe(7))
    assert said.startswith(f"row {digits.label(7)}: loss {columns['loss'].text(7)}, ")
    assert said.endswith(columns["grad"].text(7))
