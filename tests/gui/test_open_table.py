"""A table that is dropped on the window: what its columns are is asked for before it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from gui.columns_dialog import ColumnsDialog
from gui.runtime.settings import Settings
from gui.window import Window

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(styled: QApplication, qtbot: QtBot, tmp_path: Path) -> Window:
    made = Window(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made, before_close_func=Window.close)
    made.show()
    return made


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.is_idle, timeout=20000)


def test_that_the_columns_of_a_dropped_table_are_asked_for(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("id,logit_0,logit_1,logit_2,label\na,1,2,0,0\nb,2,1,0,1\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(QPointF(600, 400), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    )
    dialog = window.findChild(ColumnsDialog)
    assert dialog is not None
    assert window.session.state.problem.batch is None
    QTest.keyClick(dialog.roles[3], Qt.Key.Key_End)
    QTest.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Open), LEFT)
    settle(window, qtbot)
    batch = window.session.state.problem.batch
    assert batch is not None
    assert batch.input.tolist() == [[1, 2], [2, 1]]
    assert batch.target.tolist() == [0, 1]
    assert str(batch.notes[0]).startswith("Read as input: logit_0, logit_1; target: label; ids: id; left out: logit_2.")


def test_that_a_table_given_up_changes_nothing(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("logit_0,logit_1,label\n1,2,0\n")
    window.open_chosen(path)
    dialog = window.findChild(ColumnsDialog)
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(window, qtbot)
    assert window.session.state.problem.batch is None


def test_that_a_table_which_cannot_be_read_is_refused_without_a_question(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n1,2\n3\n")
    window.open_chosen(path)
    assert window.findChild(ColumnsDialog) is None
    settle(window, qtbot)
    assert "Row 3 has 1 cells" in window.refused.report()
