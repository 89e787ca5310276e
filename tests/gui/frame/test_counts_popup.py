"""Typing counts, choosing a file of labels, and dragging weights in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.frame.counts_popup import CountsPopup
from gui.runtime.settings import Settings
from gui.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(styled: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    made = Window(Settings(tmp_path / "settings.ini"))
    made.show()
    made.choose_loss("CrossEntropyLoss")
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def weights_of(window: Window) -> np.ndarray:  # type: ignore[type-arg]
    return np.asarray(window.session.state.problem.loss.weight)  # type: ignore[attr-defined]


def test_that_typed_counts_become_balanced_weights(window: Window) -> None:
    window.inspector.weights.counts_requested.emit("type")
    popup = window.inspector.findChild(CountsPopup)
    assert popup is not None
    popup.field.setText("10, 20, 30, 20, 20")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    np.testing.assert_allclose(weights_of(window), 100 / (5 * np.array([10, 20, 30, 20, 20])))
    window.commands["undo"].trigger()
    assert window.session.state.problem.loss.weight is None  # type: ignore[attr-defined]


def test_that_wrong_counts_are_refused_in_the_popup_and_change_nothing(window: Window) -> None:
    popup = CountsPopup(5, "", window)
    popup.show()
    popup.field.setText("10, 20")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.isVisible()
    assert popup.reason.text()


def test_that_a_file_of_labels_is_counted(window: Window, tmp_path: Path) -> None:
    labels = tmp_path / "labels.txt"
    labels.write_text("cat\ndog\ndog\nfox\nowl\nbee\nbee\nbee\n", encoding="utf-8")
    window.editor.count_file(labels)
    assert window.session.state.problem.weighting.counts == (1, 2, 1, 1, 3)
    np.testing.assert_allclose(weights_of(window), 8 / (5 * np.array([1, 2, 1, 1, 3])))


def test_that_a_file_that_holds_no_labels_is_told(window: Window, tmp_path: Path) -> None:
    labels = tmp_path / "labels.txt"
    labels.write_text("what\never\n", encoding="utf-8")
    window.editor.count_file(labels)
    assert window.explorer.banner.isVisible()
    assert window.session.state.problem.loss.weight is None  # type: ignore[attr-defined]


def test_that_a_pressed_scheme_changes_the_weights_and_a_dragged_bar_makes_them_custom(window: Window) -> None:
    QTest.mouseClick(window.inspector.weights.presets["inverse"], Qt.MouseButton.LeftButton)
    assert window.session.state.problem.weighting.scheme == "inverse"
    rows = window.inspector.weights.rows
    rows.setFocus()
    steps = len(window.session.store.history.past)
    QTest.keyClick(rows, Qt.Key.Key_Right)
    assert window.session.state.problem.weighting.scheme == "custom"
    assert weights_of(window)[0] > 1
    assert len(window.session.store.history.past) == steps + 1
