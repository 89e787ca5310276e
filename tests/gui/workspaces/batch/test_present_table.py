"""What the table of samples is told to show."""

from __future__ import annotations

import numpy as np

from core.assess import assess
from core.files import read
from core.jobs import finish
from core.samples import SAMPLES_DIR
from core.table.build import table_of
from core.table.filter import mask_of
from core.table.order import sorted_rows
from core.table.part import describe
from gui.workspaces.batch.present_table import listed, pictures_of, sample_table_figure

BATCH = read(SAMPLES_DIR / "ce_digits_mid.npz")[0]
TABLE = finish(table_of(finish(assess(BATCH.loss, BATCH))))
ORDER = sorted_rows(TABLE, "loss", descending=True)
NONE = np.empty(0, np.int64)


def figure(order, primary=None, selection=NONE, pin=None, sort="loss", descending=True):
    return sample_table_figure(TABLE, order, primary, selection, pin, sort, descending)


def test_a_filter_keeps_the_order_and_says_what_it_holds() -> None:
    rows = listed(ORDER, mask_of(TABLE, "loss > 3"))
    assert np.all(np.diff(TABLE.columns["loss"].values[rows]) <= 0)
    held = float(TABLE.columns["share"].values[rows].sum())
    assert str(describe(TABLE, rows)) == f"{rows.size} of {TABLE.count} rows, {held:.0f}% of the loss"
    assert str(figure(rows).caption) == f"{describe(TABLE, rows)} · sorted by loss, largest first"


def test_all_rows_are_only_counted() -> None:
    assert str(figure(ORDER, descending=False).caption) == f"{TABLE.count} rows · sorted by loss, smallest first"


def test_rows_that_are_gone_are_not_shown() -> None:
    shown = figure(ORDER, primary=TABLE.count, selection=np.array([-1, 1, 3, TABLE.count]), pin=-1)
    assert (shown.primary, shown.selection.tolist(), shown.pinned) == (None, [1, 3], None)


def test_a_list_without_rows_says_how_to_see_them() -> None:
    assert str(TABLE.count) in str(figure(NONE).empty)
    assert figure(ORDER).empty is None


def test_pictures_stand_only_where_a_row_is_a_sample() -> None:
    pictures = pictures_of(BATCH, TABLE)
    assert pictures is not None
    assert len(pictures) == TABLE.count
    dense = read(SAMPLES_DIR / "ce_dense_flower.npz")[0]
    assert pictures_of(dense, finish(table_of(finish(assess(dense.loss, dense))))) is None
