"""The table of segments."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.kit.segment_row import SegmentRow
from gui.kit.segments_table import SegmentsTable

ROWS = (SegmentRow("c", 1, 3, 0.56, "warn"), SegmentRow("a", 4, 5, 0.21, "err"), SegmentRow("t", 8, 9, 0.67, "ok"))


@pytest.fixture
def table(styled, qtbot) -> SegmentsTable:
    made = SegmentsTable()
    qtbot.addWidget(made)
    made.resize(268, 100)
    made.show_rows(ROWS)
    made.show()
    return made


def place(table: SegmentsTable, row: int):
    return table.visualRect(table.model().index(row, 0)).center()


def test_a_click_on_confidence_puts_the_weakest_first(table) -> None:
    header = table.horizontalHeader()
    x = header.sectionViewportPosition(3) + 20
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.viewport().rect().topLeft() + type(
        place(table, 0))(x, 5))  # fmt: skip
    assert table.numbers() == (1, 0, 2)
    header.sectionClicked.emit(0)
    assert table.numbers() == (0, 1, 2)


def test_a_click_or_enter_chooses_a_segment_whatever_the_order(table) -> None:
    chosen: list[int] = []
    table.chosen.connect(chosen.append)
    table.horizontalHeader().sectionClicked.emit(3)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place(table, 0))
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen == [1, 0]


def test_a_row_is_spoken_with_its_numbers(table) -> None:
    spoken = table.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a: frames 4 to 5, confidence 0.210"


def test_the_bar_has_the_colour_of_its_role(table) -> None:
    from gui.kit.theme import color

    image = table.viewport().grab().toImage()
    for row, segment in enumerate(ROWS):
        rect = table.visualRect(table.model().index(row, 3))
        colors = {image.pixelColor(x, rect.center().y()).name() for x in range(rect.left(), rect.right())}
        assert color(segment.role).name() in colors
