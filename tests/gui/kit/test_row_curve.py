"""The curve of one number: where the row stands on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from core.text import say
from gui.kit.row_curve import RowCurve
from gui.kit.row_curve_figure import RowCurveFigure
from gui.kit.theme import color

WORDS = say("kit", "x")
X = np.linspace(-2.0, 2.0, 41)
FIGURE = RowCurveFigure(WORDS, WORDS, X, X**2, at=1.0, loss=1.0, slope=2.0, target=0.0)


@pytest.fixture
def plot(styled, qtbot) -> RowCurve:
    widget = RowCurve()
    widget.resize(420, 190)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_figure(FIGURE)
    return widget


def seen(plot: RowCurve, x: float, y: float) -> int:
    return plot.grab().toImage().pixelColor(plot.place(x, y).toPoint()).rgb()


def is_orange(plot: RowCurve, x: float, y: float) -> bool:
    """The colour of gradients, blended at the edge of a line."""
    found = QColor(seen(plot, x, y))
    return found.red() > found.blue() + 80


def test_that_the_row_stands_on_its_curve(plot: RowCurve) -> None:
    assert seen(plot, 1.0, 1.0) == color("ink").rgb()
    assert seen(plot, -1.5, 2.25) == color("loss").rgb()


def test_that_the_slope_touches_the_curve_at_the_row(plot: RowCurve) -> None:
    assert is_orange(plot, 1.2, 1.4)
    plot.show_figure(replace(FIGURE, slope=float("nan")))
    assert not is_orange(plot, 1.2, 1.4)


def test_that_negative_losses_stand_above_the_lower_edge(plot: RowCurve) -> None:
    lowest = plot.place(0.0, 0.0).y()
    plot.show_figure(replace(FIGURE, y=X**2 - 3, loss=-2.0))
    assert plot.place(0.0, 0.0).y() < lowest - 20


def test_that_a_loss_of_zero_everywhere_is_drawn(plot: RowCurve) -> None:
    plot.show_figure(replace(FIGURE, y=np.zeros(41), loss=0.0, slope=0.0))
    assert plot.place(0.0, 0.0).y() == plot.height() - 40
    plot.grab()


def test_that_the_numbers_are_told_to_a_screen_reader(plot: RowCurve) -> None:
    assert plot.accessibleName() == "x. Loss 1 at 1"


def test_that_a_pole_at_the_edge_does_not_flatten_the_rest(plot: RowCurve) -> None:
    y = X**2
    y[0] = 1000.0
    plot.show_figure(replace(FIGURE, y=y))
    assert plot.place(1.0, 1.0).y() < plot.place(0.0, 0.0).y() - 20
