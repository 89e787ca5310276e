"""Bars of classes that select their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt

from core.text import say
from gui.kit.class_bars_figure import ClassBarsFigure
from gui.kit.class_bars_plot import ClassBarsPlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

TITLE = say("kit", "share")


def figure(plain: bool = True) -> ClassBarsFigure:
    return ClassBarsFigure(
        title=TITLE,
        caption=TITLE,
        classes=np.array([0, 2, 5]),
        names=("", "cat", ""),
        counts=np.array([10, 4, 1]),
        plain=np.array([0.5, 0.25, 0.25]) if plain else None,
        weighted=np.array([0.1, 0.6, 0.3]),
        gradient=np.array([0.2, 0.2, np.nan]),
        chosen=frozenset({1}),
    )


@pytest.fixture
def plot(styled, qtbot: QtBot) -> ClassBarsPlot:
    widget = ClassBarsPlot()
    widget.resize(456, 216)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_figure(figure())
    return widget


def middle(plot: ClassBarsPlot, place: int) -> QPointF:
    return plot.places().column(place).center()


def test_that_a_click_on_a_class_tells_its_index(plot: ClassBarsPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.class_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=middle(plot, 2).toPoint())
    assert chosen.args == [5]
    with qtbot.assertNotEmitted(plot.class_chosen):
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(plot.width() - 2, 100))


def test_that_arrows_go_from_class_to_class_and_enter_chooses(plot: ClassBarsPlot, qtbot: QtBot) -> None:
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert "cat" in plot.accessibleDescription()
    assert "60.0%" in plot.accessibleDescription()
    with qtbot.waitSignal(plot.class_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args == [2]
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert "class 5" in plot.accessibleDescription()


def test_that_the_class_under_the_mouse_is_told_and_taken_back(plot: ClassBarsPlot, mouse: Callable[..., None]) -> None:
    told: list[int] = []
    plot.class_hovered.connect(told.append)
    mouse(plot, "move", middle(plot, 1), Qt.MouseButton.NoButton)
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert told == [2, -1]


def test_that_bars_stand_side_by_side_as_high_as_their_shares(plot: ClassBarsPlot) -> None:
    places = plot.places()
    first, second = places.bar(1, 0.25, 0, 2), places.bar(1, 0.6, 1, 2)
    assert first.right() == pytest.approx(second.left())
    assert second.height() / first.height() == pytest.approx(0.6 / 0.25)
    assert second.top() > places.area.top() + 10  # room for the number above
    assert first.bottom() == second.bottom() == places.area.bottom()


def test_that_without_weights_there_is_one_bar_a_class(plot: ClassBarsPlot) -> None:
    with_weights = plot.grab().toImage()
    plot.show_figure(figure(plain=False))
    assert plot.grab().toImage() != with_weights
