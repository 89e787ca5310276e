"""Rows in a plane, of which a rectangle selects some."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt

from core.text import Text, say
from gui.kit.scatter_figure import ScatterFigure
from gui.kit.scatter_plot import ScatterPlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

TITLE = say("kit", "scatter")
NONE = np.zeros(0, np.int64)


def described(row: int) -> Text:
    return say("kit", "row {row}", row=row)


FIGURE = ScatterFigure(
    title=TITLE,
    caption=TITLE,
    x_axis=TITLE,
    y_axis=TITLE,
    rows=np.array([3, 5, 8, 9]),
    x=np.array([-1.0, 0.0, 1.0, 1.0], np.float32),
    y=np.array([-1.0, 0.0, 1.0, -1.0], np.float32),
    low=np.array([-2.0, -2.0]),
    high=np.array([2.0, 2.0]),
    density=None,
    chosen=NONE,
    primary=None,
    describe=described,
)


@pytest.fixture
def plot(styled, qtbot: QtBot) -> ScatterPlot:
    widget = ScatterPlot()
    widget.resize(480, 272)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_figure(FIGURE)
    return widget


def at(plot: ScatterPlot, x: float, y: float) -> QPointF:
    return plot.places().point(x, y)


def drag(plot: ScatterPlot, mouse: Callable[..., None], start: QPointF, end: QPointF) -> None:
    mouse(plot, "press", start)
    mouse(plot, "move", end)
    mouse(plot, "release", end)


def test_that_a_rectangle_selects_the_rows_in_it(plot: ScatterPlot, mouse: Callable[..., None], qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        drag(plot, mouse, at(plot, 1.5, 1.5), at(plot, -0.5, -0.5))
    assert chosen.args is not None
    assert chosen.args[0].tolist() == [5, 8]


def test_that_a_click_selects_the_row_under_it(plot: ScatterPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=at(plot, 1, -1).toPoint())
    assert chosen.args is not None
    assert chosen.args[0].tolist() == [9]
    with qtbot.assertNotEmitted(plot.rows_chosen):
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=at(plot, -1, 1).toPoint())


def test_that_escape_gives_up_a_rectangle(plot: ScatterPlot, mouse: Callable[..., None], qtbot: QtBot) -> None:
    spot = at(plot, -0.3, 0.7).toPoint()
    before = plot.grab().toImage().pixelColor(spot)
    with qtbot.assertNotEmitted(plot.rows_chosen):
        mouse(plot, "press", at(plot, -1.5, -1.5))
        mouse(plot, "move", at(plot, 1.5, 1.5))
        qtbot.keyClick(plot, Qt.Key.Key_Escape)
        mouse(plot, "release", at(plot, 1.5, 1.5))
    assert plot.grab().toImage().pixelColor(spot) == before


def test_that_keys_draw_a_rectangle_too(plot: ScatterPlot, qtbot: QtBot) -> None:
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    for _ in range(20):
        qtbot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    for _ in range(12):
        qtbot.keyClick(plot, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args is not None
    assert chosen.args[0].tolist() == [5, 8]


def test_that_an_arrow_without_shift_lets_the_rectangle_go(plot: ScatterPlot, qtbot: QtBot) -> None:
    qtbot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args is not None
    assert chosen.args[0].tolist() == [5]


def test_that_the_row_under_the_mouse_is_told_and_taken_back(plot: ScatterPlot, mouse: Callable[..., None]) -> None:
    told: list[str] = []
    plot.hinted.connect(told.append)
    mouse(plot, "move", at(plot, 1, 1), Qt.MouseButton.NoButton)
    mouse(plot, "move", at(plot, 1.5, 0), Qt.MouseButton.NoButton)
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert told == ["row 8 · click selects it", "Drag a rectangle to select the rows in it", ""]


def test_that_selected_rows_and_the_primary_one_stand_out(plot: ScatterPlot) -> None:
    plain = plot.grab().toImage()
    plot.show_figure(replace(FIGURE, chosen=np.array([1])))
    chosen = plot.grab().toImage()
    spot = at(plot, 0, 0).toPoint()
    assert chosen.pixelColor(spot) != plain.pixelColor(spot)
    plot.show_figure(replace(FIGURE, primary=2))
    ring = (at(plot, 1, 1) + QPointF(6, 0)).toPoint()
    assert plot.grab().toImage().pixelColor(ring) != plain.pixelColor(ring)


def test_that_a_density_is_darkest_where_most_rows_are_and_the_lowest_is_below(plot: ScatterPlot) -> None:
    counts = np.zeros((4, 4), np.int64)
    counts[0, 0], counts[3, 3] = 1, 500
    plot.show_figure(replace(FIGURE, density=counts))
    image = plot.grab().toImage()
    few, many, none = (image.pixelColor(at(plot, *place).toPoint()).lightness() for place in
                       ((-1.6, -1.6), (1.6, 1.6), (-1.6, 1.6)))  # fmt: skip
    assert many < few < none


def test_that_without_rows_there_is_a_sentence(plot: ScatterPlot, qtbot: QtBot) -> None:
    plot.show_figure(replace(FIGURE, rows=NONE, x=NONE, y=NONE, empty=say("kit", "Nothing here.")))
    assert plot.accessibleDescription() == "Nothing here."
    with qtbot.assertNotEmitted(plot.rows_chosen):
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.rect().center())
        qtbot.keyClick(plot, Qt.Key.Key_Return)
