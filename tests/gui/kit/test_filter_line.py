"""The line in which a filter is typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget

from core.errors import InputError
from core.text import say
from gui.kit.filter_line import FilterLine

REFUSAL = InputError("filter", say("table", "There is no column."), say("table", "For example: loss > 2."))


@pytest.fixture
def page(styled, qtbot) -> QWidget:
    made = QWidget()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(made).addWidget(FilterLine())
    qtbot.addWidget(made)
    made.resize(500, 80)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def line(page) -> FilterLine:
    return page.findChild(FilterLine)


def chosen(line: FilterLine) -> list[str]:
    got: list[str] = []
    line.filter_chosen.connect(got.append)
    return got


def test_a_slash_comes_to_the_line_and_is_not_typed_into_it(page, line) -> None:
    QTest.keyClick(page, Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is line.edit
    assert line.edit.text() == ""


def test_a_slash_typed_into_the_line_divides(line) -> None:
    line.focus_line()
    QTest.keyClicks(line.edit, "loss / 2 > 1")
    assert line.edit.text() == "loss / 2 > 1"


def test_what_is_typed_counts_on_enter(line) -> None:
    got = chosen(line)
    QTest.keyClicks(line.edit, " loss > 2 ")
    assert got == []
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    assert got == ["loss > 2"]


def test_escape_brings_back_what_is_in_force(line) -> None:
    line.show_filter("loss > 3")
    left: list[bool] = []
    line.left.connect(lambda: left.append(True))
    QTest.keyClicks(line.edit, " and")
    QTest.keyClick(line.edit, Qt.Key.Key_Escape)
    assert (line.edit.text(), left) == ("loss > 3", [True])


def test_the_cross_takes_the_filter_away_and_is_there_only_while_one_is_in_force(line) -> None:
    got = chosen(line)
    assert not line.cross.isVisible()
    line.show_filter("loss > 3")
    QApplication.processEvents()
    button = next(made for made in line.edit.findChildren(QToolButton) if made.defaultAction() is line.cross)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert got == [""]
    line.show_filter("")
    assert not line.cross.isVisible()


def test_a_refusal_stands_at_the_line_until_it_is_mended(line) -> None:
    QTest.keyClicks(line.edit, "los > 2")
    line.show_refusal(REFUSAL)
    assert line.refusal.text() == "There is no column. For example: loss > 2."
    assert line.refusal.isVisible()
    assert line.edit.text() == "los > 2"
    QTest.keyClick(line.edit, Qt.Key.Key_Backspace)
    assert not line.refusal.isVisible()


def test_the_last_word_is_completed_and_the_rest_stays(line) -> None:
    line.show_names(("loss", "target"))
    line.edit.setText("loss > 2 and ta")
    completer = line.edit.completer()
    completer.setCompletionPrefix(line.edit.text())
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "loss > 2 and target"
    completer.setCompletionPrefix("loss > 2 and ")
    assert completer.completionCount() == 0
