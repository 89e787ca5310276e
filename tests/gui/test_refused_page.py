"""The page for a file that could not be opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from core.errors import InputError
from core.text import say
from gui.refused_page import RefusedPage

pytestmark = pytest.mark.usefixtures("styled")

FAULT = InputError("target", say("test", "Three targets are 10."), say("test", "Count labels from 0."))


@pytest.fixture
def page(qtbot) -> RefusedPage:
    made = RefusedPage()
    qtbot.addWidget(made)
    made.resize(1216, 676)
    made.show()
    made.show_error(Path("/data/step.npz"), FAULT, "older.npz")
    return made


def words(page: RefusedPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def button(page: RefusedPage, text: str) -> QPushButton:
    (found,) = [each for each in page.findChildren(QPushButton) if each.text() == text]
    return found


def test_that_it_says_which_file_what_where_and_what_to_do(page) -> None:
    said = words(page)
    assert "step.npz was not opened" in said
    assert "Three targets are 10." in said
    assert "target" in said
    assert "Count labels from 0." in said
    assert "older.npz is still open, as before." in said


def test_that_a_fault_of_the_file_itself_names_no_place_in_it(page) -> None:
    fault = InputError("step.npz", say("test", "This is no archive."), say("test", "Save it again."))
    page.show_error(Path("/data/step.npz"), fault)
    assert "Where" not in words(page)
    assert "Nothing was changed." in words(page)


def test_that_another_file_can_be_chosen_by_button_and_by_enter(page, qtbot) -> None:
    with qtbot.waitSignal(page.open_requested):
        QTest.mouseClick(button(page, "Choose another file"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.open_requested):
        QTest.keyClick(page, Qt.Key.Key_Return)


def test_that_escape_and_the_second_button_keep_the_old_data(page, qtbot) -> None:
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.closed):
        QTest.mouseClick(button(page, "Keep older.npz"), Qt.MouseButton.LeftButton)


def test_that_the_report_holds_the_fault_but_not_the_folder(page) -> None:
    QTest.mouseClick(button(page, "Copy report"), Qt.MouseButton.LeftButton)
    report = QGuiApplication.clipboard().text()
    assert "file: step.npz" in report
    assert "problem: Three targets are 10." in report
    assert "/data" not in report
