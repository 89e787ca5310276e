"""The player, driven by a mouse and by its clock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.text import say
from gui.kit.frame_axis import FrameAxis, whole_axis
from gui.kit.player import Player
from gui.kit.player_figure import PlayerFigure


def figure(frame: int, frames: int = 12) -> PlayerFigure:
    return PlayerFigure(frames, frame, frame == 0, frame == frames - 1, say("kit", "Frame {frame}", frame=frame))


def mouse(player: Player, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, player.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(player, event)


@pytest.fixture
def player(styled, qtbot) -> Player:
    made = Player()
    qtbot.addWidget(made)
    made.resize(916, made.height())
    made.show_figure(figure(0))
    made.show()
    return made


def test_a_drag_goes_over_the_frames_under_it(player) -> None:
    moved: list[int] = []
    ends: list[bool] = []
    player.moved.connect(moved.append)
    player.ended.connect(lambda: ends.append(True))
    mouse(player, QEvent.Type.MouseButtonPress, player.place_of(3))
    mouse(player, QEvent.Type.MouseMove, player.place_of(7))
    mouse(player, QEvent.Type.MouseMove, QPointF(5000, 10))
    mouse(player, QEvent.Type.MouseButtonRelease, QPointF(5000, 10))
    assert moved == [3, 7, 11]
    assert ends == [True]


def test_escape_cancels_a_drag(player, qtbot) -> None:
    mouse(player, QEvent.Type.MouseButtonPress, player.place_of(3))
    with qtbot.waitSignal(player.cancelled):
        QTest.keyClick(player, Qt.Key.Key_Escape)


def test_a_drag_over_a_part_of_the_frames_stays_in_it(player) -> None:
    player.show_figure(figure(100, 200))
    player.show_axis(FrameAxis(90, 120, 112, 900))
    moved: list[int] = []
    player.moved.connect(moved.append)
    mouse(player, QEvent.Type.MouseButtonPress, QPointF(112 + 4, 10))
    mouse(player, QEvent.Type.MouseMove, QPointF(-50, 10))
    mouse(player, QEvent.Type.MouseMove, QPointF(5000, 10))
    assert moved == [90, 90, 119]


def test_buttons_ask_for_their_move(player) -> None:
    player.show_figure(figure(5))
    asked: list[str] = []
    player.asked.connect(asked.append)
    for name in ("first", "prev", "next", "last"):
        QTest.mouseClick(player.buttons[name], Qt.MouseButton.LeftButton)
    assert asked == ["first", "previous", "next", "last"]


def test_nothing_lies_before_the_first_frame_or_after_the_last(player) -> None:
    assert not player.buttons["prev"].isEnabled()
    player.show_figure(figure(11))
    assert player.buttons["prev"].isEnabled()
    assert not player.buttons["next"].isEnabled()


def test_the_clock_asks_for_the_next_until_the_end(player, qtbot) -> None:
    player.set_speed(100)
    frame = 0

    def go(move: str) -> None:
        nonlocal frame
        frame = frame + 1 if move == "next" else 0
        player.show_figure(figure(frame))

    player.asked.connect(go)
    QTest.mouseClick(player.buttons["play"], Qt.MouseButton.LeftButton)
    assert player.is_playing
    qtbot.waitUntil(lambda: not player.is_playing, timeout=3000)
    assert frame == 11


def test_the_frames_of_an_axis_are_where_it_says() -> None:
    axis = whole_axis(12, 916)
    assert axis.column == pytest.approx(788 / 12)
    assert [axis.frame_at(axis.x(frame) + 1) for frame in axis.shown] == list(range(12))
    part = FrameAxis(10.5, 14.5, 100, 500)
    assert list(part.shown) == [10, 11, 12, 13, 14]
    assert part.frame_at(100) == 10
