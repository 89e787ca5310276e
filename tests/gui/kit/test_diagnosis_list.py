from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.text import say
from gui.kit.badge import Badge
from gui.kit.diagnosis_list import DiagnosisList
from gui.kit.notice import Notice

pytestmark = pytest.mark.usefixtures("styled")


@pytest.fixture
def diagnosis(qtbot: QtBot) -> DiagnosisList:
    made = DiagnosisList()
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    return made


def _notice(severity, title: str, rows: tuple[int, ...] = ()) -> Notice:
    return Notice(severity, say("test", "{title}", title=title), say("test", "Evidence."), None, rows)


def _badges(diagnosis: DiagnosisList) -> list[str]:
    return [badge.accessibleName() for badge in diagnosis.findChildren(Badge) if badge.isVisible()]


def test_the_most_severe_stands_first(diagnosis: DiagnosisList) -> None:
    diagnosis.show_notices((_notice("ok", "fine"), _notice("hint", "look"), _notice("error", "bad")))
    assert [item.title.text() for item in diagnosis.items()] == ["bad", "look", "fine"]


def test_five_are_shown_and_the_rest_on_demand(diagnosis: DiagnosisList) -> None:
    diagnosis.show_notices(tuple(_notice("hint", str(n)) for n in range(8)))
    assert len(diagnosis.items()) == 5
    assert diagnosis.more.text() == "3 more"
    QTest.mouseClick(diagnosis.more, Qt.MouseButton.LeftButton)
    assert len(diagnosis.items()) == 8
    assert not diagnosis.more.isVisible()


def test_the_header_counts_errors_and_warnings(diagnosis: DiagnosisList) -> None:
    diagnosis.show_notices(
        (_notice("error", "a"), _notice("warning", "b"), _notice("warning", "c"), _notice("hint", "d"))
    )
    assert _badges(diagnosis) == ["1", "2"]
    diagnosis.show_notices((_notice("hint", "d"),))
    assert _badges(diagnosis) == ["1"]
    diagnosis.show_notices((_notice("ok", "e"),))
    assert _badges(diagnosis) == []
    diagnosis.show_notices(())
    assert _badges(diagnosis) == []


def test_that_a_link_shows_the_name_of_its_row(diagnosis: DiagnosisList, qtbot: QtBot) -> None:
    notice = replace(_notice("error", "a", (104, 69)), names=("(0, 1)", "(0, 2)"))
    diagnosis.show_notices((notice,))
    assert ">(0, 2)</a>" in diagnosis.items()[0].links.text()
    with qtbot.waitSignal(diagnosis.row_chosen) as heard:
        diagnosis.items()[0].links.linkActivated.emit("69")
    assert heard.args == [69]


def test_a_link_names_the_row(diagnosis: DiagnosisList, qtbot: QtBot) -> None:
    diagnosis.show_notices((_notice("error", "a", (104, 69)),))
    with qtbot.waitSignal(diagnosis.row_chosen) as heard:
        diagnosis.items()[0].links.linkActivated.emit("69")
    assert heard.args == [69]


def test_shown_items_keep_their_widgets(diagnosis: DiagnosisList) -> None:
    diagnosis.show_notices((_notice("hint", "a"),))
    before = diagnosis.items()
    diagnosis.show_notices((_notice("error", "b"),))
    assert diagnosis.items() == before
    assert before[0].title.text() == "b"
