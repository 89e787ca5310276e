"""A histogram whose threshold can be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt

from core.text import say
from gui.kit.histogram_figure import ALL, HistogramFigure
from gui.kit.histogram_plot import HistogramPlot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_that_an_arrow_moves_the_threshold_by_a_bin_and_a_click_chooses_one(qtbot: QtBot) -> None:
    plot = HistogramPlot()
    plot.resize(456, 230)
    qtbot.addWidget(plot)
    plot.show()
    title = say("kit", "loss")
    edges, counts = np.array([0.0, 1.0, 2.0, 3.0]), np.array([[3, 5, 1]])
    plot.show_figure(HistogramFigure(title, title, None, title, edges, counts, (ALL,), (), False, 1.2, 2.5, 1.0))
    plot.grab()
    with qtbot.waitSignal(plot.threshold_moved) as moved:
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert moved.args == [2.0]
    area = plot.places().area
    with qtbot.waitSignal(plot.bin_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(round(area.right() - 5), round(area.center().y())))
    assert chosen.args == [2.0, 3.0]
