"""A histogram whose threshold can be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt

from core.text import say
from gui.kit.histogram_figure import ALL, HistogramFigure
from gui.kit.histogram_plot import HistogramPlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

TITLE = say("kit", "loss")
EDGES, COUNTS = np.array([0.0, 1.0, 2.0, 3.0]), np.array([[3, 5, 1]])


@pytest.fixture
def plot(qtbot: QtBot) -> HistogramPlot:
    widget = HistogramPlot()
    widget.resize(456, 230)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_figure(HistogramFigure(TITLE, TITLE, None, TITLE, EDGES, COUNTS, (ALL,), (), False, 1.2, 2.5, 1.0))
    return widget


def grip(plot: HistogramPlot) -> QPointF:
    return QPointF(plot.threshold_x(), plot.places().area.center().y())


def test_that_an_arrow_moves_the_threshold_to_the_next_edge(plot: HistogramPlot, qtbot: QtBot) -> None:
    for key, edge in ((Qt.Key.Key_Right, 2.0), (Qt.Key.Key_Left, 0.0)):
        with qtbot.waitSignal(plot.threshold_moved) as moved:
            qtbot.keyClick(plot, key)
        assert moved.args == [edge]


def test_that_a_drag_tells_the_value_under_the_mouse(plot: HistogramPlot, mouse: Callable[..., None]) -> None:
    told: list[object] = []
    plot.began.connect(lambda: told.append("began"))
    plot.threshold_moved.connect(lambda value: told.append(round(value, 6)))
    plot.ended.connect(lambda: told.append("ended"))
    middle = QPointF(plot.places().area.center().x(), grip(plot).y())
    mouse(plot, "press", grip(plot))
    mouse(plot, "move", middle)
    mouse(plot, "release", middle)
    assert told == ["began", 1.5, "ended"]


def test_that_escape_gives_up_a_drag(plot: HistogramPlot, mouse: Callable[..., None], qtbot: QtBot) -> None:
    mouse(plot, "press", grip(plot))
    with qtbot.waitSignal(plot.cancelled):
        qtbot.keyClick(plot, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(plot.threshold_moved):
        mouse(plot, "move", grip(plot) + QPointF(40, 0))


def test_that_delete_takes_the_threshold_away(plot: HistogramPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.threshold_removed):
        qtbot.keyClick(plot, Qt.Key.Key_Delete)


def test_that_a_click_on_a_bar_tells_its_ends(plot: HistogramPlot, qtbot: QtBot) -> None:
    area = plot.places().area
    with qtbot.waitSignal(plot.bin_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(area.right() - 5), round(area.center().y())))
    assert chosen.args == [2.0, 3.0]


def test_that_the_bar_under_the_mouse_is_told_once_and_taken_back(
    plot: HistogramPlot, mouse: Callable[..., None]
) -> None:
    told: list[tuple[float, float]] = []
    plot.bin_hovered.connect(lambda low, high: told.append((low, high)))
    area = plot.places().area
    for x in (area.right() - 9, area.right() - 5):
        mouse(plot, "move", QPointF(x, area.center().y()), Qt.MouseButton.NoButton)
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert told[0] == (2.0, 3.0)
    assert len(told) == 2
    assert np.isnan(told[1]).all()


def test_that_a_bar_that_stands_apart_is_chosen_by_its_place(plot: HistogramPlot, qtbot: QtBot) -> None:
    specials = ((say("kit", "inf"), np.array([2])), (say("kit", "nan"), np.array([1])))
    plot.show_figure(HistogramFigure(TITLE, TITLE, None, TITLE, EDGES, COUNTS, (ALL,), specials, False, 1.2, 2.5, 1.0))
    with qtbot.waitSignal(plot.special_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.places().special(1).center().toPoint())
    assert chosen.args == [1]
