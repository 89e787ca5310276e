import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.losses import LOSSES
from gui.kit.loss_search import LossEntry, entries_of, search
from gui.kit.loss_selector import LossSelector

pytestmark = pytest.mark.usefixtures("styled")

ENTRIES = (
    LossEntry("L1Loss", "regression", ("reduction",)),
    LossEntry("SmoothL1Loss", "regression", ("reduction", "beta")),
    LossEntry("CrossEntropyLoss", "multi-class", ("weight", "ignore_index", "reduction", "label_smoothing")),
    LossEntry("CTCLoss", "sequence", ("blank", "reduction", "zero_infinity")),
)


@pytest.fixture
def drawn() -> list[str]:
    return []


@pytest.fixture
def selector(qtbot: QtBot, drawn: list[str]) -> LossSelector:
    def thumbnail(name: str) -> QPixmap:
        drawn.append(name)
        return QPixmap(40, 24)

    made = LossSelector(thumbnail)
    qtbot.addWidget(made)
    made.show_losses(ENTRIES)
    made.show_name("CTCLoss")
    made.show()
    return made


def test_a_parameter_finds_its_loss() -> None:
    (match,) = search(ENTRIES, "beta", {})
    assert (match.entry.name, match.parameters) == ("SmoothL1Loss", ("beta",))


def test_names_that_begin_with_the_query_come_first() -> None:
    assert [match.entry.name for match in search(ENTRIES, "l1", {})] == ["L1Loss", "SmoothL1Loss"]


def test_every_word_has_to_be_found() -> None:
    assert [match.entry.name for match in search(ENTRIES, "regression beta", {})] == ["SmoothL1Loss"]
    assert search(ENTRIES, "beta blank", {}) == ()


def test_the_registry_gives_the_entries() -> None:
    by_name = {entry.name: entry for entry in entries_of(LOSSES)}
    assert "beta" in by_name["SmoothL1Loss"].parameters


def test_opening_lists_all_with_their_pictures_at_the_present_one(selector: LossSelector, drawn: list[str]) -> None:
    QTest.keyClick(selector, Qt.Key.Key_Return)
    assert selector.popup.isVisible()
    assert selector.popup.names() == tuple(entry.name for entry in ENTRIES)
    assert selector.popup.current() == "CTCLoss"
    assert set(drawn) == {entry.name for entry in ENTRIES}


def test_typing_and_enter_choose(selector: LossSelector, qtbot: QtBot) -> None:
    selector.open()
    QTest.keyClicks(selector.popup.field, "smoothing")
    assert selector.popup.names() == ("CrossEntropyLoss",)
    with qtbot.waitSignal(selector.chosen) as heard:
        QTest.keyClick(selector.popup.field, Qt.Key.Key_Return)
    assert heard.args == ["CrossEntropyLoss"]
    assert not selector.popup.isVisible()


def test_arrows_pass_over_the_titles_of_the_families(selector: LossSelector) -> None:
    selector.open()
    selector.popup.select("SmoothL1Loss")
    QTest.keyClick(selector.popup.field, Qt.Key.Key_Down)
    assert selector.popup.current() == "CrossEntropyLoss"
    for _ in range(5):
        QTest.keyClick(selector.popup.field, Qt.Key.Key_Up)
    assert selector.popup.current() == "L1Loss"


def test_escape_closes_and_chooses_nothing(selector: LossSelector, qtbot: QtBot) -> None:
    selector.open()
    with qtbot.assertNotEmitted(selector.chosen):
        QTest.keyClick(selector.popup.field, Qt.Key.Key_Escape)
    assert not selector.popup.isVisible()


def test_a_query_without_a_match_lists_nothing(selector: LossSelector, qtbot: QtBot) -> None:
    selector.open()
    QTest.keyClicks(selector.popup.field, "huber")
    assert selector.popup.names() == ()
    with qtbot.assertNotEmitted(selector.chosen):
        QTest.keyClick(selector.popup.field, Qt.Key.Key_Return)


def test_a_click_in_the_list_chooses(selector: LossSelector, qtbot: QtBot) -> None:
    selector.open()
    place = selector.popup.list.visualRect(selector.popup.list.currentIndex()).center()
    with qtbot.waitSignal(selector.chosen) as heard:
        QTest.mouseClick(selector.popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == ["CTCLoss"]
