"""Lines between the cells of a lattice: legal moves as wide as their share, and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from gui.kit.lattice_layout import PILL
from gui.kit.theme import color

if TYPE_CHECKING:
    from core.arrays import BoolArray, IntArray
    from gui.kit.lattice_figures import Edges, LatticeFigure
    from gui.kit.lattice_layout import LatticeLayout

THIN, WIDE = 0.8, 7.0  # an edge is THIN + WIDE times its share wide
WIDTHS = 10  # groups of edges that are drawn alike
LEAST_SHARE = 0.002
PATH_WIDTH, HALO_WIDTH = 2.4, 6.0


def paint_edges(painter: QPainter, edges: Edges, layout: LatticeLayout) -> None:
    """All legal moves between numbered nodes; between discs only those that some path is likely to take."""
    visible = edges.share > LEAST_SHARE
    if layout.level == "pill":
        _paint_group(painter, edges, ~visible, layout, QPen(color("line2"), THIN))
    groups = np.minimum((edges.share * WIDTHS).astype(int), WIDTHS - 1)
    for group in range(WIDTHS):
        width = THIN + WIDE * (group + 0.5) / WIDTHS
        pen = QPen(color("axis", 0.8), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        _paint_group(painter, edges, visible & (groups == group), layout, pen)


def paint_path(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout, rows: IntArray, pen: QPen) -> None:
    """A path through the frames in view with a halo that parts it from what it crosses."""
    line = _path_line(figure, layout, rows)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QPen(color("surface"), HALO_WIDTH * pen.widthF() / PATH_WIDTH)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for stroke in (halo, pen):
        painter.setPen(stroke)
        painter.drawPath(line)


def paint_line_of(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout, rows: IntArray, pen: QPen) -> None:
    """A path without a halo, so that many of them darken where they agree."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(_path_line(figure, layout, rows))


def drawn_pen() -> QPen:
    """The line of an alignment drawn from the posterior: faint."""
    return QPen(color("target", 0.5), 1.6)


def best_pen(layout: LatticeLayout) -> QPen:
    """The line of the best path."""
    return QPen(color("ink"), PATH_WIDTH if layout.level != "cell" else 1.6)


def given_pen() -> QPen:
    """The line of a path edited by hand: dashed, so that it differs not only in hue."""
    pen = QPen(color("p1"), 2.0)
    pen.setDashPattern([3, 2])
    return pen


def move_line(layout: LatticeLayout, start: tuple[int, int], end: tuple[int, int]) -> tuple[QPointF, QPointF]:
    """From the side of one cell to the side of another; each is (frame, row)."""
    inset = PILL[0] / 2 if layout.level == "pill" else 0.0
    sign = 1.0 if end[0] >= start[0] else -1.0
    return (
        QPointF(layout.x(start[0]) + sign * inset, layout.y(start[1])),
        QPointF(layout.x(end[0]) - sign * inset, layout.y(end[1])),
    )


def _paint_group(painter: QPainter, edges: Edges, chosen: BoolArray, layout: LatticeLayout, pen: QPen) -> None:
    if not chosen.any():
        return
    path = QPainterPath()
    moves = zip(edges.frame[chosen].tolist(), edges.row[chosen].tolist(), edges.step[chosen].tolist(), strict=True)
    for frame, row, step in moves:
        start, end = move_line(layout, (frame - 1, row - step), (frame, row))
        path.moveTo(start)
        path.lineTo(end)
    painter.setPen(pen)
    painter.drawPath(path)


def _path_line(figure: LatticeFigure, layout: LatticeLayout, rows: IntArray) -> QPainterPath:
    """Polylines through the frames where the path is in view."""
    line = QPainterPath()
    inset = PILL[0] / 2 if layout.level == "pill" else 0.0
    known = np.flatnonzero((rows >= figure.top) & (rows < figure.top + len(figure.rows)))
    if not known.size:
        return line
    for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
        points: list[QPointF] = []
        for i in run.tolist():
            x, y = layout.x(figure.first + i), layout.y(int(rows[i]))
            points += [QPointF(x - inset, y), QPointF(x + inset, y)] if inset else [QPointF(x, y)]
        line.addPolygon(QPolygonF(points))
    return line
