"""The roles of a table's columns, chosen with real events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from core.files.csv_columns import guess_columns
from core.files.csv_table import table_of
from gui.columns_dialog import ColumnsDialog

TEXT = "id,logit_0,logit_1,label\na,1,2,0\nb,2,1,1\n"


@pytest.fixture
def dialog(styled, qtbot, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TEXT)
    table = table_of(path)
    made = ColumnsDialog(table, guess_columns(table.names, table.rows))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_the_guess_is_shown_with_the_first_cells(dialog) -> None:
    assert [chooser.currentText() for chooser in dialog.roles] == ["id", "input", "input", "target"]
    assert dialog.sentence.text() == "Read as input: logit_0, logit_1; target: label; ids: id."
    assert dialog.table.item(2, 3).text() == "1"


def test_that_a_role_chosen_by_keys_changes_the_sentence_and_what_is_opened(dialog, qtbot) -> None:
    QTest.keyClick(dialog.roles[1], Qt.Key.Key_End)
    assert dialog.sentence.text() == "Read as input: logit_1; target: label; ids: id; left out: logit_0."
    with qtbot.waitSignal(dialog.chosen) as told:
        QTest.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Open), Qt.MouseButton.LeftButton)
    assert told.args[0].roles == ("id", "none", "input", "target")


def test_that_a_table_without_an_input_cannot_be_opened(dialog) -> None:
    for chooser in dialog.roles[1:3]:
        QTest.keyClick(chooser, Qt.Key.Key_End)
    assert dialog.sentence.text() == "Choose at least one column as the input."
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Open).isEnabled()
