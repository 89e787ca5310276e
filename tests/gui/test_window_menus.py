"""The window's menus, cards and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from core.samples import SAMPLES_DIR
from gui.frame.key_map import KeyMap
from gui.kit.about_card import AboutCard
from gui.kit.theme import theme
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
    made.activateWindow()
    qtbot.waitActive(made)
    made.choose_loss("SmoothL1Loss")
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def press(window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, modifiers)
    QApplication.processEvents()


def test_that_keys_undo_and_redo(window: Window) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    window.choose_loss("MSELoss")
    press(window, Qt.Key.Key_Z, control)
    assert window.session.state.problem.loss.name == "SmoothL1Loss"
    press(window, Qt.Key.Key_Z, control | shift)
    assert window.session.state.problem.loss.name == "MSELoss"


def test_that_ctrl_k_finds_a_loss_by_its_parameter(window: Window) -> None:
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    popup = window.top.losses.popup
    assert popup.isVisible()
    popup.close()


def test_that_ctrl_d_switches_the_theme_and_remembers_it(window: Window) -> None:
    press(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert theme().name == "dark"
    assert window.settings.theme == "dark"


def test_that_f1_shows_the_card_of_the_loss_and_esc_puts_it_away(window: Window) -> None:
    press(window, Qt.Key.Key_F1)
    card = window.findChild(AboutCard)
    assert card is not None
    assert card.loss_name == "SmoothL1Loss"
    assert card.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_that_the_key_map_opens_and_names_every_shortcut_of_the_window(window: Window) -> None:
    window.commands["keys"].trigger()
    shown = window.findChild(KeyMap)
    assert shown is not None
    assert shown.isVisible()
    shown.close()


def test_that_p_pins_and_shift_p_takes_all_pins_away(window: Window) -> None:
    press(window, Qt.Key.Key_P)
    assert [loss.name for loss in window.session.state.explore.pins] == ["SmoothL1Loss"]
    press(window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.state.explore.pins == ()


def test_that_compare_offers_the_other_losses_of_the_family(window: Window) -> None:
    menu = window.top.compare.menu()
    menu.aboutToShow.emit()
    named = {action.text(): action for action in menu.actions()}
    named["Pin MSELoss"].trigger()
    assert [loss.name for loss in window.session.state.explore.pins] == ["MSELoss"]
    assert window.top.compare.isChecked()


def test_that_the_source_menu_lists_recent_files_and_sketches(window: Window, qtbot: QtBot) -> None:
    window.open_file(SAMPLES_DIR / "wine_nll.npz")
    qtbot.waitUntil(lambda: window.is_idle)
    menu = window.top.source.menu()
    menu.aboutToShow.emit()
    words = [action.text() for action in menu.actions()]
    assert "wine_nll.npz" in words
    assert any("NLL" in text and text != "wine_nll.npz" for text in words)


def test_that_the_picture_is_saved_at_twice_the_size(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "view"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    window.commands["save_picture"].trigger()
    image = QImage(str(target.with_suffix(".png")))
    assert image.width() == 2 * window.explorer.picture_area.width()


def test_that_a_picture_that_cannot_be_written_is_told(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "no" / "such" / "folder" / "view.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    window.commands["save_picture"].trigger()
    assert window.explorer.banner.isVisible()


def test_that_the_picture_goes_to_the_clipboard(window: Window) -> None:
    window.commands["copy_picture"].trigger()
    assert QGuiApplication.clipboard().image().width() == 2 * window.explorer.picture_area.width()


def test_that_descending_ends_by_itself_near_the_target_and_is_shown_step_by_step(window: Window, qtbot: QtBot) -> None:
    window.choose_loss("MSELoss")
    window.commands["descend"].trigger()
    scalar = window.session.state.explore.scalar
    qtbot.waitUntil(lambda: len(window.session.state.explore.scalar.trail) >= 1, timeout=5000)
    qtbot.waitUntil(lambda: abs(window.session.state.explore.scalar.x - scalar.y) < 1e-3, timeout=8000)
