"""What the colours of the cells mean, beside them or above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.kit.color_tables import pixel_image
from gui.kit.lattice_nodes import table_of
from gui.kit.plot_text import INDENT, width_of
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from gui.kit.lattice_figures import Legend

WIDE, THICK = 64.0, 7.0
TALL = 62.0
MOST_WIDTH = 34.0  # px that a number beside the upright bar may take


def paint_legend_across(painter: QPainter, legend: Legend, right: float, middle: float) -> None:
    """Name, least value, bar and largest value in a line that ends at `right`."""
    painter.setFont(font("tick"))
    high = width_of(legend.high, "tick")
    bar = QRectF(right - high - 6 - WIDE, middle - THICK / 2, WIDE, THICK)
    painter.drawImage(bar, pixel_image(table_of(legend.scale)[None, :]))
    painter.setPen(color("text3"))
    y = middle + 4
    painter.drawText(QPointF(right - high, y), legend.high)
    x = bar.left() - 6 - width_of(legend.low, "tick")
    painter.drawText(QPointF(x, y), legend.low)
    painter.drawText(QPointF(x - 8 - width_of(legend.name, "tick"), y), legend.name)


def paint_legend_down(painter: QPainter, legend: Legend, top: float) -> None:
    """Name, and an upright bar with its ends, in the gutter."""
    painter.setFont(font("tick"))
    painter.setPen(color("text3"))
    painter.drawText(QPointF(INDENT, top + 10), legend.name)
    bar = QRectF(INDENT, top + 18, THICK, TALL)
    painter.drawImage(bar, pixel_image(np.ascontiguousarray(table_of(legend.scale)[::-1, None])))
    painter.setPen(QPen(color("text3"), 1))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for text, y in ((legend.high, bar.top() + 4), (legend.low, bar.bottom() - 4)):
        painter.drawText(QRectF(bar.right() + 4, y - 8, MOST_WIDTH, 16), flags, text)
