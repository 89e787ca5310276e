"""A matrix of classes whose cells select their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from core.text import say
from gui.kit.confusion_matrix_figure import ConfusionMatrixFigure
from gui.kit.confusion_matrix_plot import ConfusionMatrixPlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

TITLE = say("kit", "confusion")
COUNTS = np.array([[8, 2, 0], [1, 3, 0], [0, 4, 0]])


@pytest.fixture
def plot(styled, qtbot: QtBot) -> ConfusionMatrixPlot:
    widget = ConfusionMatrixPlot()
    widget.resize(916, 216)
    qtbot.addWidget(widget)
    widget.show()
    shares = COUNTS / COUNTS.sum(axis=1, keepdims=True)
    widget.show_figure(
        ConfusionMatrixFigure(TITLE, TITLE, ("", "cat", "…"), (0, 3, -1), COUNTS, shares, (0, 1), (1, 0))
    )
    return widget


def test_that_a_click_on_a_cell_tells_its_places(plot: ConfusionMatrixPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.cell_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.places().cell(2, 1).center().toPoint())
    assert chosen.args == [2, 1]
    with qtbot.assertNotEmitted(plot.cell_chosen):
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(4, 100))


def test_that_arrows_go_from_cell_to_cell_and_stop_at_the_edge(plot: ConfusionMatrixPlot, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
    assert plot.accessibleDescription() == "1 rows of class 3 cat are taken for 0, 25.0% of it"
    with qtbot.waitSignal(plot.cell_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args == [1, 0]


def test_that_a_cell_under_the_mouse_is_told(plot: ConfusionMatrixPlot, mouse: Callable[..., None]) -> None:
    hints: list[str] = []
    plot.hinted.connect(hints.append)
    mouse(plot, "move", plot.places().cell(0, 0).center(), Qt.MouseButton.NoButton)
    mouse(plot, "move", QPointF(2, 2), Qt.MouseButton.NoButton)
    assert hints[0].startswith("8 rows of class 0 are right, 80.0% of it")
    assert hints[-1] == ""


def test_that_cells_tile_the_matrix(plot: ConfusionMatrixPlot) -> None:
    places = plot.places()
    assert places.cell(0, 1).left() == pytest.approx(places.cell(0, 0).right())
    assert places.cell(1, 0).top() == pytest.approx(places.cell(0, 0).bottom())
    assert places.cell_at(places.cell(1, 2).center()) == (1, 2)
