"""Banner, chip, section, read-out, switch and style sheet."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.text import say
from gui.kit.banner import Banner
from gui.kit.chip import Chip
from gui.kit.panel import Section
from gui.kit.readout import Readout
from gui.kit.switch import Switch
from gui.kit.theme import set_theme
from gui.kit.tokens import THEMES

pytestmark = pytest.mark.usefixtures("styled")


def test_a_banner_shows_itself_and_escape_closes_it(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.tell("err", say("test", "Three targets are 10."), say("test", "Leave them out"))
    assert banner.isVisible()
    with qtbot.waitSignal(banner.acted):
        QTest.mouseClick(banner.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(banner.closed):
        QTest.keyClick(banner, Qt.Key.Key_Escape)
    assert banner.isHidden()


def test_a_banner_without_an_action_has_no_button(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.tell("warn", say("test", "Look."))
    assert not banner.button.isVisible()


def test_a_chip_is_closed_by_its_cross_and_by_delete_only(qtbot: QtBot) -> None:
    chip = Chip("L1", "p1", (2, 3.5))
    qtbot.addWidget(chip)
    chip.show()
    chip.resize(chip.sizeHint())
    with qtbot.assertNotEmitted(chip.closed):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.rect().center() - chip.rect().center() / 2)
    with qtbot.waitSignal(chip.closed):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.cross_rect().center().toPoint())
    with qtbot.waitSignal(chip.closed):
        QTest.keyClick(chip, Qt.Key.Key_Delete)


def test_a_section_folds_by_mouse_and_key(qtbot: QtBot) -> None:
    section = Section(say("test", "Parameters"))
    inside = QLabel("inside")
    section.add(inside)
    qtbot.addWidget(section)
    section.resize(300, 200)
    section.show()
    header = section.childAt(20, 18).parentWidget()
    assert header is not None
    QTest.mouseClick(header, Qt.MouseButton.LeftButton)
    assert not inside.isVisible()
    QTest.keyClick(header, Qt.Key.Key_Space)
    assert inside.isVisible()


def test_a_readout_says_its_name_and_value(qtbot: QtBot) -> None:
    readout = Readout(say("test", "loss"), "accent")
    qtbot.addWidget(readout)
    assert readout.accessibleName() == "loss –"
    readout.show_value("0.2450")
    assert readout.accessibleName() == "loss 0.2450"


def test_the_space_key_turns_a_switch(qtbot: QtBot) -> None:
    switch = Switch()
    qtbot.addWidget(switch)
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_understood_by_qt(qtbot: QtBot, name: str) -> None:
    # Qt warns of a sheet that it cannot parse, and a warning fails the test.
    set_theme(name)
    label = QLabel("x")
    label.setProperty("role", "err")
    qtbot.addWidget(label)
    label.show()
    assert label.palette().color(label.foregroundRole()).name() == THEMES[name].err.lower()
