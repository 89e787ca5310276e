"""The start page: cards that open, a filter, the keyboard, and files dropped on it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from core.files import read
from core.samples import samples
from gui.kit.card import PictureCard
from gui.kit.theme import set_theme
from gui.start_page import StartPage
from gui.start_sections import Section
from gui.start_side import SNIPPET
from gui.workspaces.explore.presets import presets

pytestmark = pytest.mark.usefixtures("styled")


@pytest.fixture
def page(qtbot) -> StartPage:
    made = StartPage()
    qtbot.addWidget(made)
    made.resize(1216, 676)
    made.show()
    qtbot.waitExposed(made)
    return made


def card(page: StartPage, title: str) -> PictureCard:
    (found,) = [each for each in page.cards() if each.text() == title]
    return found


def drop(page: StartPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, left, none))


def test_that_every_preset_and_sample_has_a_card(page) -> None:
    assert len(page.cards()) == len(presets()) + len(samples())


def test_that_sketches_lead_their_sections_and_the_broken_come_last(page) -> None:
    *_, broken = page.findChildren(Section)
    assert len(broken.grid.cards) == sum(sample.broken for sample in samples())
    assert page.cards()[0].text() == "L1, by hand"


def test_a_click_on_a_sketch_chooses_the_preset(page, qtbot) -> None:
    with qtbot.waitSignal(page.preset_chosen) as signal:
        QTest.mouseClick(card(page, "SmoothL1, by hand"), Qt.MouseButton.LeftButton)
    assert signal.args[0].loss.name == "SmoothL1Loss"


def test_enter_on_a_sample_chooses_its_file(page, qtbot) -> None:
    chosen = card(page, "Digits, half trained")
    chosen.setFocus()
    with qtbot.waitSignal(page.sample_chosen) as signal:
        QTest.keyClick(chosen, Qt.Key.Key_Return)
    assert signal.args[0].name == "ce_digits_mid.npz"
    assert signal.args[0].exists()


def test_that_arrows_move_between_cards_and_across_sections(page) -> None:
    first = page.cards()[0]
    page.activateWindow()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert page.focusWidget() is page.cards()[1]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Left)
    for _ in range(3):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Down)
    below = page.focusWidget()
    assert below.text() == "CrossEntropy, by hand"
    assert not below.visibleRegion().isEmpty()
    QTest.keyClick(below, Qt.Key.Key_Up)
    assert page.focusWidget().text() == "Digits, reconstructed"


def test_that_end_and_home_reach_the_last_and_the_first_card(page) -> None:
    page.cards()[3].setFocus()
    QTest.keyClick(page.cards()[3], Qt.Key.Key_End)
    assert page.focusWidget() is page.cards()[-1]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Home)
    assert page.focusWidget() is page.cards()[0]


def test_that_the_filter_keeps_cards_with_every_word_and_hides_empty_sections(page) -> None:
    field = page.findChild(QLineEdit)
    QTest.keyClicks(field, "ctc balloon")
    shown = page.cards()
    assert shown
    assert all("balloon" in each.words() and "ctc" in each.words() for each in shown)
    assert sum(not section.isHidden() for section in page.findChildren(Section)) == 2


def test_that_the_filter_says_when_nothing_is_left_and_escape_brings_all_back(page) -> None:
    field = page.findChild(QLineEdit)
    QTest.keyClicks(field, "zebra")
    assert page.cards() == ()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(page.cards()) == len(presets()) + len(samples())


def test_that_a_dropped_file_is_told_with_its_path(page, qtbot, tmp_path) -> None:
    with qtbot.waitSignal(page.file_dropped) as signal:
        drop(page, tmp_path / "batch.npz")
    assert signal.args[0] == tmp_path / "batch.npz"


def test_that_the_buttons_ask_for_a_file_and_for_the_keys(page, qtbot) -> None:
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    with qtbot.waitSignal(page.open_requested):
        QTest.mouseClick(buttons["Open a file"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.keys_requested):
        QTest.mouseClick(buttons["Keyboard map"], Qt.MouseButton.LeftButton)


def test_that_every_card_gets_its_picture_and_a_new_one_with_the_theme(page, qtbot) -> None:
    qtbot.waitUntil(lambda: not any(each.wants_picture for each in page.cards()), timeout=20_000)
    light = page.cards()[0].grab().toImage()
    set_theme("dark")
    assert page.cards()[0].wants_picture
    qtbot.waitUntil(lambda: not any(each.wants_picture for each in page.cards()), timeout=20_000)
    assert page.cards()[0].grab().toImage() != light


@pytest.mark.parametrize("width", [960, 1216, 1856])
def test_that_cards_neither_overlap_nor_leave_the_page(page, width) -> None:
    page.resize(width, 700)
    for section in page.findChildren(Section):
        places = [each.geometry() for each in section.grid.cards]
        assert all(section.grid.rect().contains(place) for place in places)
        assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[:i])
        assert places[0].left() == 0
        full = [place for place in places if place.top() == 0]
        assert len(full) == 1 or full[-1].right() >= section.grid.width() - 1 or len(places) == len(full)


def test_that_a_card_names_its_loss_and_tells_what_it_teaches(page) -> None:
    shown = card(page, "Softmax twice")
    assert shown.accessibleName() == "Softmax twice, CrossEntropyLoss"
    assert "0.5514" in shown.accessibleDescription()


class Tensor:
    """The little of a torch tensor that the snippet uses."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def detach(self) -> Tensor:
        return self

    def cpu(self) -> Tensor:
        return self

    def float(self) -> Tensor:
        return Tensor(self.array.astype(np.float32))

    def numpy(self) -> np.ndarray:
        return self.array

    def __float__(self) -> float:
        return 1.25


def test_that_the_lines_for_a_training_loop_save_a_batch_that_opens(tmp_path, monkeypatch, page) -> None:
    monkeypatch.chdir(tmp_path)
    copy = next(button for button in page.findChildren(QPushButton) if button.text() == "Copy")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text()
    assert lines == SNIPPET
    z = np.zeros((2, 3), np.float16)
    names = {"logits": Tensor(z), "y": Tensor(np.array([0, 2])), "loss": Tensor(z), "step": 7}
    exec(compile(io.StringIO(lines).read(), "snippet", "exec"), names)  # the lines as a user pastes them
    (batch,) = read(tmp_path / "step_000007.npz")
    assert batch.loss.name == "CrossEntropyLoss"
    assert batch.reported == 1.25
    assert batch.input.dtype == np.float32


def test_that_no_sentence_on_a_card_is_cut_at_1280(page) -> None:
    for each in page.cards():
        each.grab()
        drawn = each.mapTo(page, QPoint(0, 0))
        assert drawn.x() >= 0
        assert not each._lines(each.width())[-1].endswith("…")
