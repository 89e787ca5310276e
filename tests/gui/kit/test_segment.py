import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.kit.segment import Segment

pytestmark = pytest.mark.usefixtures("styled")


@pytest.fixture
def segment(qtbot: QtBot) -> Segment:
    made = Segment([("none", "none"), ("mean", "mean"), ("sum", "sum")])
    qtbot.addWidget(made)
    made.set_title("reduction")
    made.show()
    return made


def test_arrows_move_the_choice_and_stop_at_the_ends(segment: Segment) -> None:
    heard: list[str] = []
    segment.chosen.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(segment, key)
    assert heard == ["mean", "sum", "mean"]


def test_choosing_from_the_state_emits_nothing(segment: Segment, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(segment.chosen):
        segment.choose("sum")
    assert segment.key() == "sum"
    assert segment.accessibleName() == "reduction: sum"


def test_an_unknown_key_is_refused(segment: Segment) -> None:
    with pytest.raises(KeyError):
        segment.choose("median")


def test_the_segments_fill_the_width(segment: Segment) -> None:
    segment.resize(300, 28)
    assert segment.segment_rect(2).right() == pytest.approx(298)
    assert segment.segment_rect(0).right() == pytest.approx(segment.segment_rect(1).left())
