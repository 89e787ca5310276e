"""Bars of probabilities, dragged."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.kit.share_bar import ShareBar
from gui.kit.share_bars import ShareBars

BARS = (ShareBar("ε", 0.5, 0.2, "blank"), ShareBar("a", 0.3, 0.8, "target"), ShareBar("b", 0.2, 0.0, "other"))


@pytest.fixture
def bars(styled, qtbot) -> ShareBars:
    made = ShareBars()
    qtbot.addWidget(made)
    made.resize(260, made.height())
    made.show_bars(BARS)
    made.show()
    return made


def mouse(bars: ShareBars, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind, at, bars.mapToGlobal(at), button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(bars, event)


def test_a_drag_gives_the_bar_the_height_of_the_mouse(bars) -> None:
    moved: list[tuple[int, float]] = []
    bars.moved.connect(lambda cls, share: moved.append((cls, share)))
    cap = bars.cap(1)
    mouse(bars, QEvent.Type.MouseButtonPress, cap)
    mouse(bars, QEvent.Type.MouseMove, cap - QPointF(0, 1000))
    mouse(bars, QEvent.Type.MouseMove, cap + QPointF(0, 1000))
    assert [cls for cls, _ in moved] == [1, 1, 1]
    assert [share for _, share in moved] == pytest.approx([0.3, 1.0, 0.0])


def test_keys_choose_a_bar_and_move_it(bars) -> None:
    moved: list[tuple[int, float]] = []
    ended: list[bool] = []
    bars.moved.connect(lambda cls, share: moved.append((cls, round(share, 4))))
    bars.ended.connect(lambda: ended.append(True))
    QTest.keyClick(bars, Qt.Key.Key_Right)
    QTest.keyClick(bars, Qt.Key.Key_Up)
    QTest.keyClick(bars, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert moved == [(1, 0.31), (1, 0.2)]
    assert ended == [True, True]
    assert bars.accessibleName() == "a 0.300"
