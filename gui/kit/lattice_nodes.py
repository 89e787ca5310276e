"""The cells of a lattice: pills with a number, discs, dots, or an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPen

from gui.kit.color_tables import color_table
from gui.kit.lattice_figures import COMPLETE, FROM_START, TO_END
from gui.kit.lattice_layout import PILL
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from core.arrays import Array
    from gui.kit.color_tables import Quantity
    from gui.kit.lattice_figures import LatticeFigure, Scale
    from gui.kit.lattice_layout import LatticeLayout

FADED = 0.42  # opacity of what is not computed yet
DOT = 1.8  # radius of an unreachable cell
LEAST_DISC = 2.2
OUTLINE = 2.2
SHADES = 32  # discs are grouped by colour, so that each group is one brush
REACH = {FROM_START: ("soft", "accent"), TO_END: ("warnsoft", "warn"), COMPLETE: ("ok", "ok")}


def paint_cells(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    """Every cell in view."""
    if layout.level == "cell":
        _paint_image(painter, figure, layout)
        return
    _paint_dots(painter, figure, layout)
    if figure.scale == "reach":
        _paint_reach(painter, figure, layout)
    elif layout.level == "pill":
        _paint_pills(painter, figure, layout)
    else:
        _paint_discs(painter, figure, layout)


def table_of(scale: Scale) -> Array:
    """(256,) pixels of a scale; a plain one is the grey of controls."""
    if scale in ("log", "probability", "gradient"):
        quantity: Quantity = scale
        return color_table(quantity)
    return np.full(256, color("ctl").rgba(), np.uint32)


def readable_on(pixel: int) -> QColor:
    """Black or white, whichever contrasts more."""
    shade = QColor.fromRgba(pixel)
    channels = (shade.redF(), shade.greenF(), shade.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return QColor("#14171C") if luminance > 0.18 else QColor("#FFFFFF")


def node_rect(layout: LatticeLayout, frame: int, row: int) -> QRectF:
    """The box of a pill, or of the largest disc."""
    width, height = PILL if layout.level == "pill" else (2 * layout.radius, 2 * layout.radius)
    return QRectF(layout.x(frame) - width / 2, layout.y(row) - height / 2, width, height)


def _level_index(figure: LatticeFigure) -> Array:
    """(F, R) place in a table of 256, 0 where nothing is."""
    return np.clip(np.nan_to_num(figure.shares) * 255, 0, 255).astype(np.uint8)


def _on_path(figure: LatticeFigure) -> Array:
    """(F, R) whether the best path takes a cell."""
    rows = np.arange(figure.top, figure.top + len(figure.rows))
    return figure.path[:, None] == rows


def _paint_dots(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    """Unreachable cells."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("line2"))
    size = min(DOT, layout.radius)
    for i, j in np.argwhere(np.isnan(figure.shares)).tolist():
        painter.drawEllipse(QPointF(layout.x(figure.first + i), layout.y(figure.top + j)), size, size)


def _paint_pills(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    table, index, taken = table_of(figure.scale), _level_index(figure), _on_path(figure)
    face = QFont(font("tick"))
    face.setWeight(QFont.Weight.DemiBold)
    painter.setFont(face)
    plain = figure.scale == "plain"
    for i, j in np.argwhere(~np.isnan(figure.shares)).tolist():
        rect = node_rect(layout, figure.first + i, figure.top + j)
        faded = figure.faded is not None and bool(figure.faded[i, j])
        if faded:
            painter.setOpacity(1.0)
            _paint_pill_ground(painter, rect)
        painter.setOpacity(FADED if faded else 1.0)
        pixel = int(table[index[i, j]]) if figure.shares[i, j] >= 0 else color("line2").rgba()
        if plain:
            pixel = color("surface2" if taken[i, j] else "hover").rgba()
        painter.setPen(QPen(color("ink"), OUTLINE) if taken[i, j] else Qt.PenStyle.NoPen)
        painter.setBrush(QColor.fromRgba(pixel))
        painter.drawRoundedRect(rect, PILL[1] / 2, PILL[1] / 2)
        if figure.texts:
            fault = figure.faults is not None and bool(figure.faults[i, j])
            painter.setPen(color("err") if fault else color("text") if plain else readable_on(pixel))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "nan" if fault else figure.texts[i][j])
    painter.setOpacity(1.0)


def _paint_pill_ground(painter: QPainter, rect: QRectF) -> None:
    """The surface under a faint pill, so that no edge shines through it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("surface"))
    painter.drawRoundedRect(rect, PILL[1] / 2, PILL[1] / 2)


def _paint_discs(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    """Discs in the colour of their value; where size tells too, small ones are grey dots."""
    table, index, taken = table_of(figure.scale), _level_index(figure), _on_path(figure)
    largest = layout.radius
    for i, j in np.argwhere(~np.isnan(figure.shares)).tolist():
        centre = QPointF(layout.x(figure.first + i), layout.y(figure.top + j))
        size = largest if figure.sizes is None else max(float(figure.sizes[i, j]) * largest, min(LEAST_DISC, largest))
        small = figure.scale == "plain" or (figure.sizes is not None and size <= LEAST_DISC)
        on_path = bool(taken[i, j])
        untold = figure.shares[i, j] < 0
        if figure.scale == "plain" or untold:
            size = largest if on_path else min(LEAST_DISC, largest)
        brush = color("ink" if on_path else "line2") if small or untold else QColor.fromRgba(int(table[index[i, j]]))
        if figure.faults is not None and figure.faults[i, j]:
            brush = color("err")
        painter.setOpacity(FADED if figure.faded is not None and figure.faded[i, j] else 1.0)
        painter.setPen(QPen(color("ink"), min(OUTLINE, 0.4 * largest)) if on_path else Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawEllipse(centre, max(size, 0.5), max(size, 0.5))
    painter.setOpacity(1.0)


def _paint_reach(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    size = layout.radius
    for kind, (fill, edge) in REACH.items():
        painter.setPen(QPen(color(edge), min(1.6, 0.35 * size)))
        painter.setBrush(color(fill))
        for i, j in np.argwhere(figure.shares == kind).tolist():
            painter.drawEllipse(QPointF(layout.x(figure.first + i), layout.y(figure.top + j)), size, size)


def _paint_image(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    """A pixel a cell; unreachable ones are hatched, never the darkest colour."""
    area = QRectF(
        layout.axis.x(figure.first), layout.top, figure.frames * layout.axis.column, layout.bottom - layout.top
    )
    painter.fillRect(area, QBrush(color("line2"), Qt.BrushStyle.BDiagPattern))
    if figure.scale == "reach":
        pixels = np.zeros(figure.shares.shape, np.uint32)
        for kind, (_, edge) in REACH.items():
            pixels[figure.shares == kind] = color(edge, 0.7).rgba()
    else:
        pixels = table_of(figure.scale)[_level_index(figure)].astype(np.uint32)
        if figure.scale == "plain":
            pixels[:] = color("hover").rgba()
        pixels[figure.shares < 0] = color("hover").rgba()
        pixels[np.isnan(figure.shares)] = 0
    if figure.faded is not None:
        pixels[figure.faded & (pixels > 0)] &= np.uint32(0x00FFFFFF)
        pixels[figure.faded & (pixels > 0)] |= np.uint32(round(255 * FADED) << 24)
    painter.drawImage(area, transparent_image(pixels.T))


def transparent_image(pixels: Array) -> QImage:
    """(rows, columns) uint32 0xAARRGGBB, 0 for nothing, as an image that owns its memory."""
    whole = np.ascontiguousarray(pixels, np.uint32)
    rows, columns = whole.shape
    return QImage(whole.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32).copy()
