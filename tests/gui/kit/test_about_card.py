"""The card about a loss, over its window."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.about import ABOUT
from gui.kit.about_card import PADDING, WIDTH, AboutCard, plain_text
from gui.kit.formula_lines import FormulaLines

pytestmark = pytest.mark.usefixtures("styled")


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made).addWidget(QLineEdit())
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def card(window) -> AboutCard:
    return AboutCard(window)


@pytest.mark.parametrize("name", ABOUT)
def test_that_every_sentence_of_a_card_is_on_it(card, name) -> None:
    card.show_loss(name)
    shown = {label.text() for label in card.findChildren(QLabel)}
    about = ABOUT[name]
    sentences = (about.summary, about.symbols, about.assumes, about.divisor, *about.when, *about.traps, *about.shapes)
    assert {str(text) for text in sentences} <= shown


def test_that_the_lines_that_dump_a_batch_of_its_family_are_on_it_and_are_copied(card) -> None:
    card.show_loss("CTCLoss")
    lines = next(label for label in card.findChildren(QLabel) if "np.savez" in label.text())
    assert "target_lengths=target_lengths" in lines.text()
    assert lines.fontMetrics().boundingRect(QRect(), 0, lines.text()).width() <= WIDTH - 2 * PADDING - 12
    assert "    blank=0,\n" in plain_text(ABOUT["CTCLoss"])


@pytest.mark.parametrize("name", ABOUT)
def test_that_formulas_fit_the_card(card, name) -> None:
    card.show_loss(name)
    for lines in card.findChildren(FormulaLines):
        assert max(line.box.width for line in lines._placed) <= lines._wide


def test_that_escape_puts_it_away_and_gives_the_focus_back(window, card, qtbot) -> None:
    field = window.findChild(QLineEdit)
    field.setFocus()
    card.show_loss("MSELoss")
    assert not field.hasFocus()
    with qtbot.waitSignal(card.closed):
        QTest.keyClick(card, Qt.Key.Key_Escape)
    assert card.isHidden()
    assert window.focusWidget() is field


def test_that_the_copy_holds_formulas_and_sources(card) -> None:
    card.show_loss("SmoothL1Loss")
    (copy,) = [button for button in card.findChildren(QPushButton) if button.text() == "Copy"]
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text == plain_text(ABOUT["SmoothL1Loss"])
    assert "ℓ = ½ d^2 / β    where |d| < β" in text
    assert "doi:10.1109/ICCV.2015.169" in text


def test_that_its_text_can_be_selected(card) -> None:
    card.show_loss("MSELoss")
    trap = next(label for label in card.findChildren(QLabel) if "RMSE" in label.text())
    assert trap.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


@pytest.mark.parametrize("size", [(1280, 800), (1024, 680), (500, 400)])
def test_that_it_stays_inside_its_window(window, card, size) -> None:
    card.show_loss("CrossEntropyLoss")
    window.resize(*size)
    assert window.rect().contains(card.geometry())


def test_that_the_card_goes_away_though_what_had_the_focus_is_gone(card, window) -> None:
    line = window.findChild(QLineEdit)
    line.setFocus()
    card.show_loss("MSELoss")
    shiboken6.delete(line)
    card.put_away()
    assert card.isHidden()
