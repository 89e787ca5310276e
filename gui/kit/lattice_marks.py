"""What the card of a cell marks on the lattice: the cell, what flows into it, and the move that is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.kit.lattice_edges import move_line
from gui.kit.lattice_nodes import node_rect, transparent_image
from gui.kit.theme import color

if TYPE_CHECKING:
    from gui.kit.lattice_figures import LatticeFigure
    from gui.kit.lattice_layout import LatticeLayout
    from gui.kit.node_card_figure import NodeCard

RING, HALO = 2.2, 4.5
CROSS = 7.0
LEAST_SIZE = 9.0  # px of the ring around a cell that is smaller than that


def paint_card_marks(
    painter: QPainter, card: NodeCard, figure: LatticeFigure, layout: LatticeLayout, *, in_focus: bool
) -> None:
    """Rings around the cell and its sources, lines between them; of a pinned card only the cell's own ring."""
    cell = (card.frame, figure.place_of(card.frame, card.row))
    before = card.frame + card.source_step
    if not _in_view(figure, *cell):
        return
    hue = "accent"
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if in_focus:
        for row in card.sources:
            source = (before, figure.place_of(before, row))
            if _in_view(figure, *source):
                painter.setPen(QPen(color(hue), RING))
                painter.drawLine(*move_line(layout, source, cell))
                _ring(painter, layout, source, 0.0)
        if card.refused is not None and _in_view(figure, before, figure.place_of(before, card.refused)):
            _paint_refusal(painter, layout, (before, figure.place_of(before, card.refused)), cell)
    painter.setPen(QPen(color(hue), RING))
    _ring(painter, layout, cell, 0.0)
    painter.setPen(QPen(color(hue, 0.45), 1.4))
    _ring(painter, layout, cell, HALO if in_focus else 2.5)


def paint_stop(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    """Where a path edited by hand leaves the lattice."""
    assert figure.given is not None
    assert figure.stop is not None
    before = figure.stop - 1 - figure.first
    if not 0 <= before < len(figure.given):
        return
    row = int(figure.given[before])
    if _in_view(figure, figure.stop - 1, row):
        _cross(painter, QPointF(layout.x(figure.stop - 0.5), layout.y(row)))


def paint_differing(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    """The cells where somebody else's alpha is another: outlined, or tinted where cells are too small for that."""
    assert figure.differs is not None
    if layout.level == "cell":
        tint = np.where(figure.differs, np.uint32(color("err", 0.55).rgba()), np.uint32(0))
        area = QRectF(
            layout.axis.x(figure.first), layout.top, figure.frames * layout.axis.column, layout.bottom - layout.top
        )
        painter.drawImage(area, transparent_image(tint.T))
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("err"), RING))
    for i, j in np.argwhere(figure.differs).tolist():
        _ring(painter, layout, (figure.first + i, figure.top + j), 1.0)


def _in_view(figure: LatticeFigure, frame: int, row: int) -> bool:
    return figure.first <= frame < figure.first + figure.frames and figure.top <= row < figure.top + len(figure.rows)


def _ring(painter: QPainter, layout: LatticeLayout, cell: tuple[int, int], grown: float) -> None:
    rect = node_rect(layout, *cell)
    if rect.height() < LEAST_SIZE:
        middle = rect.center()
        rect = QRectF(middle.x() - LEAST_SIZE / 2, middle.y() - LEAST_SIZE / 2, LEAST_SIZE, LEAST_SIZE)
    rect = rect.adjusted(-grown, -grown, grown, grown)
    radius = rect.height() / 2 if layout.level == "pill" else min(rect.width(), rect.height()) / 2
    painter.drawRoundedRect(rect, radius, radius)


def _paint_refusal(painter: QPainter, layout: LatticeLayout, start: tuple[int, int], end: tuple[int, int]) -> None:
    """A dashed line with a cross at its middle."""
    pen = QPen(color("err"), 2.4)
    pen.setDashPattern([1.6, 1.6])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    a, b = move_line(layout, start, end)
    painter.drawLine(a, b)
    _cross(painter, (a + b) / 2)


def _cross(painter: QPainter, at: QPointF) -> None:
    painter.setPen(QPen(color("err"), 1.4))
    painter.setBrush(color("errsoft"))
    painter.drawEllipse(at, CROSS, CROSS)
    arm = CROSS * 0.4
    painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm))
    painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm))
    painter.setBrush(Qt.BrushStyle.NoBrush)
