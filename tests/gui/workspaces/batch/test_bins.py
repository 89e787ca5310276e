"""The rows that a bar of the histogram counts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.jobs import finish
from gui.workspaces.batch import compute_sheet, compute_view
from gui.workspaces.batch.bins import rows_apart, rows_between
from gui.workspaces.batch.compute_view import View, ViewRequest


def view_of(losses: list[float], filter: str = "") -> View:
    batch = Batch("b", L.L1Loss(), np.array(losses), np.zeros(len(losses)))
    sheet = finish(compute_sheet.compute(finish(assess(batch.loss, batch))))
    return finish(compute_view.compute(ViewRequest(sheet, "loss", True, filter)))


def test_that_every_row_is_in_one_bar_and_the_bars_count_them() -> None:
    view = view_of([1.0, 2.0, 2.0, 4.0, 8.0, 16.0, 0.0, np.inf, np.nan])
    found = view.histogram
    assert found is not None
    edges = found.edges
    bars = [rows_between(view, low, high) for low, high in pairwise(edges)]
    bars += [rows_apart(view, place) for place in range(len(found.specials))]
    np.testing.assert_array_equal(np.sum(bars, axis=0), np.ones(9))
    counts = [*found.counts.sum(axis=0), *(int(count.sum()) for _, count in found.specials)]
    assert [int(bar.sum()) for bar in bars] == counts


def test_that_a_row_at_an_inner_edge_belongs_to_the_bar_above() -> None:
    view = view_of([1.0, 2.0, 4.0])
    assert np.flatnonzero(rows_between(view, 1.0, 2.0)).tolist() == [0]
    assert np.flatnonzero(rows_between(view, 2.0, 4.0)).tolist() == [1, 2]


def test_that_a_row_that_is_filtered_out_is_in_no_bar() -> None:
    view = view_of([1.0, 2.0, 4.0], "row != 1")
    assert np.flatnonzero(rows_between(view, 1.0, 4.0)).tolist() == [0, 2]
