"""The list of a batch's rows: what it says, and how a row is chosen."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from core.text import say
from gui.row_list import RowList
from gui.row_model import RowListModel

pytestmark = pytest.mark.usefixtures("styled")


def model_of(losses: np.ndarray, **changes: object) -> RowListModel:
    given = {
        "title": "batch",
        "size": say("test", "rows"),
        "value": "0.5000",
        "reduction": "mean",
        "divisor": "305.93",
        "divisor_name": say("test", "sum of w[y] over the kept rows"),
        "sort_key": say("test", "By loss"),
        "order": np.argsort(-losses),
        "losses": losses,
        "shape": losses.shape,
    }
    return RowListModel(**{**given, **changes})


LOSSES = np.array([0.1, 3.0, 0.7, 2.0])


@pytest.fixture
def rows(qtbot) -> RowList:
    made = RowList()
    qtbot.addWidget(made)
    made.resize(236, 600)
    made.show()
    made.show_model(model_of(LOSSES))
    return made


def words(rows: RowList) -> list[str]:
    return [label.text() for label in rows.findChildren(QLabel) if label.isVisible()]


def test_that_the_head_says_what_the_batch_comes_to_and_by_what_it_was_divided(rows) -> None:
    assert "0.5000" in words(rows)
    assert "÷ 305.93 · sum of w[y] over the kept rows" in words(rows)


def test_that_a_reported_loss_is_told_if_there_is_one(rows) -> None:
    rows.show_model(model_of(LOSSES, reported=say("test", "reported 0.4999")))
    assert "reported 0.4999" in words(rows)


def test_a_click_chooses_the_row_under_the_mouse(rows, qtbot) -> None:
    at = rows.table.visualRect(rows.table.model().index(1, 0)).center()
    with qtbot.waitSignal(rows.row_chosen) as signal:
        QTest.mouseClick(rows.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert signal.args == [3]


def test_that_arrows_only_move_and_enter_chooses(rows) -> None:
    chosen: list[int] = []
    rows.row_chosen.connect(chosen.append)
    QTest.keyClick(rows.table, Qt.Key.Key_Home)
    QTest.keyClick(rows.table, Qt.Key.Key_Down)
    QTest.keyClick(rows.table, Qt.Key.Key_Down)
    assert chosen == []
    QTest.keyClick(rows.table, Qt.Key.Key_Return)
    assert chosen == [2]


def test_that_end_and_home_reach_the_smallest_and_the_largest_loss(rows) -> None:
    QTest.keyClick(rows.table, Qt.Key.Key_End)
    assert rows.table.current_row() == 0
    QTest.keyClick(rows.table, Qt.Key.Key_Home)
    assert rows.table.current_row() == 1


def test_that_the_loaded_row_is_marked_and_the_keyboard_goes_there(rows) -> None:
    before = rows.table.grab().toImage()
    rows.show_row(2)
    assert rows.table.current_row() == 2
    assert rows.table.grab().toImage() != before


def test_that_other_losses_of_the_same_batch_leave_the_keyboard_on_its_row(rows) -> None:
    QTest.keyClick(rows.table, Qt.Key.Key_Home)
    QTest.keyClick(rows.table, Qt.Key.Key_Down)
    row = rows.table.current_row()
    rows.show_model(model_of(LOSSES[::-1].copy()))
    assert rows.table.current_row() == row


def test_that_a_row_is_read_out_with_its_classes(rows) -> None:
    rows.show_model(
        model_of(LOSSES, classes=("cat", "dog"), target=np.array([0, 0, 1, 1]), predicted=np.array([1, 0, 1, 1]))
    )
    spoken = rows.table.model().index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Row 0: target cat, predicted dog, loss 0.1000"


def test_that_a_row_of_a_dense_batch_is_named_by_its_index() -> None:
    model = model_of(LOSSES, shape=(2, 2))
    assert [model.label(row) for row in range(4)] == ["0, 0", "0, 1", "1, 0", "1, 1"]


def test_that_bars_are_scaled_by_the_largest_finite_loss() -> None:
    assert model_of(np.array([1.0, np.inf, np.nan, 4.0])).largest == 4.0
    assert model_of(np.array([np.nan])).largest == 0.0


def test_that_nan_and_inf_are_painted_in_the_colour_of_errors(rows) -> None:
    rows.show_model(model_of(np.array([1.0, np.inf, np.nan]), order=np.array([2, 1, 0]), value="nan"))
    assert "nan" in words(rows)
    image = rows.table.grab().toImage()
    hues = {image.pixelColor(x, y).name() for y in range(56) for x in range(150, 220)}
    assert "#c4281c" in hues


def test_that_an_empty_batch_says_so_instead_of_a_list(rows) -> None:
    rows.show_model(model_of(np.zeros(0), empty=say("test", "Nothing to list.")))
    assert "Nothing to list." in words(rows)
    assert rows.table.isHidden()


def test_that_a_million_rows_are_listed(rows) -> None:
    losses = np.linspace(0, 1, 1_000_000)
    rows.show_model(model_of(losses, order=np.arange(losses.size)[::-1]))
    QTest.keyClick(rows.table, Qt.Key.Key_End)
    assert rows.table.current_row() == 0
    assert rows.table.model().rowCount() == 1_000_000
