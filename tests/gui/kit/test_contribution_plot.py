"""The strip of what rows add: a drag along it selects the rows under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from core.text import say
from gui.kit.contribution_figure import ContributionFigure
from gui.kit.contribution_plot import ContributionPlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

ORDER = np.array([7, 2, 9, 0, 5, 1, 3, 4])
SHARES = np.array([0.4, 0.2, 0.15, 0.1, 0.05, 0.05, 0.03, 0.02])


def figure(**changes) -> ContributionFigure:
    values = {
        "sentence": say("pictures", "2 rows make half"),
        "remark": None,
        "measures": ("loss", "grad"),
        "measure": "loss",
        "order": ORDER,
        "shares": SHARES,
        "cumulative": SHARES.cumsum(),
        "half": 2,
        "ninety": 5,
        "primary": 1,
        "chosen": np.array([0, 1]),
    }
    return ContributionFigure(**{**values, **changes})


@pytest.fixture
def plot(styled, qtbot: QtBot) -> ContributionPlot:
    widget = ContributionPlot()
    widget.resize(916, 216)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_figure(figure())
    return widget


def test_that_a_drag_selects_the_rows_under_it_in_the_order_of_their_numbers(
    plot: ContributionPlot, mouse: Callable[..., None], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        mouse(plot, "press", QPointF(plot.x_of(1.5), 120))
        mouse(plot, "move", QPointF(plot.x_of(3.5), 120))
        mouse(plot, "release", QPointF(plot.x_of(3.5), 120))
    assert chosen.args[0].tolist() == [0, 2, 9]


def test_that_the_end_of_the_selection_moves_by_keys(plot: ContributionPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert chosen.args[0].tolist() == [2, 7, 9]
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        QTest.keyClick(plot, Qt.Key.Key_End)
    assert chosen.args[0].size == ORDER.size


def test_that_the_measure_can_be_chosen_where_there_are_two(plot: ContributionPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.measure_chosen) as chosen:
        QTest.keyClick(plot.choice, Qt.Key.Key_Right)
    assert chosen.args == ["grad"]
    plot.show_figure(figure(measures=("loss",)))
    assert not plot.choice.isVisible()


def test_that_a_batch_without_any_loss_has_a_sentence(plot: ContributionPlot) -> None:
    drawn = plot.grab().toImage()
    plot.show_figure(figure(empty=say("batch", "No row adds anything."), half=0, ninety=0))
    assert plot.grab().toImage() != drawn
    assert plot.accessibleName() == "No row adds anything."
