"""The table of samples: sorting, the primary row, the selection and the pin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.table.table import Column, Table
from core.text import say
from gui.kit.sample_table import SampleTable
from gui.kit.sample_table_figure import SampleTableFigure

ORDER = np.array([4, 2, 0, 1, 3])
NONE = np.empty(0, np.int64)


def table_of(count: int) -> Table:
    numbers = np.arange(count, dtype=np.float32)
    columns = (
        Column("target", say("table", "target"), "class", (numbers % 3).astype(np.int32), ("cat", "dog", "owl")),
        Column("loss", say("table", "loss"), "number", numbers, digits=3, bar=True, role="loss"),
        Column("share", say("table", "share"), "share", numbers, digits=2, bar=True, role="loss", rank=2),
        Column("flag", say("table", "remark"), "flag", np.full(count, 0, np.int8), ("label?",), rank=7),
    )
    return Table(count, (count,), np.ones(count, bool), {column.key: column for column in columns})


def figure(order: np.ndarray = ORDER, primary: int | None = 2, selection: np.ndarray = NONE) -> SampleTableFigure:
    return SampleTableFigure(table_of(max(int(order.size), 5)), order, primary, selection, None, "loss",
                             descending=True, caption=say("batch", "No row passes"))  # fmt: skip


@pytest.fixture
def table(styled, qtbot) -> SampleTable:
    made = SampleTable()
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show_figure(figure())
    made.show()
    return made


def click(table: SampleTable, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, table.row_rect(row).center())


def heard(signal) -> list:
    got: list = []
    signal.connect(got.append)
    return got


def test_a_click_chooses_the_row_that_is_drawn_there(table) -> None:
    primary, selection = heard(table.primary_chosen), heard(table.selection_chosen)
    click(table, 4)
    click(table, 3)
    assert primary == [4, 3]
    assert selection == []


def test_a_click_with_ctrl_adds_a_row_and_takes_it_out_again(table) -> None:
    selection = heard(table.selection_chosen)
    click(table, 1, Qt.KeyboardModifier.ControlModifier)
    table.show_figure(figure(selection=np.array([1, 3])))
    click(table, 1, Qt.KeyboardModifier.ControlModifier)
    click(table, 0, Qt.KeyboardModifier.ControlModifier)
    assert [rows.tolist() for rows in selection] == [[1], [3], [0, 1, 3]]


def test_a_click_with_shift_selects_from_the_primary_row_as_listed(table) -> None:
    selection = heard(table.selection_chosen)
    click(table, 1, Qt.KeyboardModifier.ShiftModifier)
    assert [rows.tolist() for rows in selection] == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("key", "row"),
    [(Qt.Key.Key_Up, 4), (Qt.Key.Key_Down, 0), (Qt.Key.Key_Home, 4), (Qt.Key.Key_End, 3), (Qt.Key.Key_PageDown, 3)],
)
def test_keys_move_the_primary_row_through_the_list(table, key, row) -> None:
    primary = heard(table.primary_chosen)
    QTest.keyClick(table, key)
    assert primary == [row]


def test_space_toggles_and_enter_opens_the_primary_row(table) -> None:
    selection, opened, pinned = heard(table.selection_chosen), heard(table.row_opened), heard(table.pin_chosen)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_P)
    assert [rows.tolist() for rows in selection] == [[2]]
    assert (opened, pinned) == ([2], [2])


def test_ctrl_c_asks_for_a_copy(table) -> None:
    asked: list[bool] = []
    table.copy_requested.connect(lambda: asked.append(True))
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]


def test_a_click_on_a_heading_asks_for_its_order(table) -> None:
    keys = heard(table.sort_chosen)
    header = table.horizontalHeader()
    for section in (2, 0):
        at = QPoint(header.sectionViewportPosition(section) + 8, 8)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert keys == ["loss", "id"]


def test_the_heading_of_the_order_has_an_arrow(table) -> None:
    def heading() -> str:
        return table.model().headerData(2, Qt.Orientation.Horizontal)

    assert heading() == "loss ↓"
    table.show_figure(replace(figure(), descending=False))
    assert heading() == "loss ↑"


def test_a_narrow_table_drops_what_matters_least_and_never_scrolls_sideways(table) -> None:
    assert table.shown_keys()[1:] == ("target", "loss", "share", "flag")
    table.resize(200, 200)
    assert table.shown_keys()[1:] == ("target", "loss")
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() == 0


def test_a_million_rows_are_reached_by_one_key(table) -> None:
    table.show_figure(figure(np.arange(1_000_000)[::-1], primary=999_999))
    primary = heard(table.primary_chosen)
    QTest.keyClick(table, Qt.Key.Key_End)
    assert primary == [0]
    assert table.model().rowCount() == 1_000_000


def test_the_marked_row_and_its_bars_are_drawn(table) -> None:
    before = table.grab().toImage()
    table.show_figure(figure(primary=0))
    assert table.grab().toImage() != before
