"""The whole picture of two linked plots, in the order of its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from gui.kit import curve_axes, curve_names, curve_paint
from gui.kit.i18n import tr_text
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from core.text import Text
    from gui.kit.figures import CurveFigure
    from gui.kit.plot_scale import Layout


def paint_picture(
    painter: QPainter,
    layout: Layout,
    figure: CurveFigure,
    pieces: curve_paint.Pieces,
    thick: str,
    crosshair: float | None,
) -> None:
    """Everything but the handles, which are widgets of their own."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    curve_axes.paint_zone(painter, layout, figure)
    curve_axes.paint_axes(painter, layout, figure)
    curve_axes.paint_titles(painter, layout, figure)
    curve_paint.paint_target(painter, layout, figure)
    curve_paint.paint_lines(painter, layout, pieces, thick)
    curve_paint.paint_tangent(painter, layout, figure)
    curve_paint.paint_marks(painter, layout, figure)
    curve_paint.paint_guides(painter, layout, figure)
    curve_paint.paint_descent(painter, layout, figure)
    curve_names.paint_zone_words(painter, layout, figure)
    taken = curve_names.paint_remarks(painter, layout, figure)
    curve_names.paint_axis_words(painter, layout, figure)
    curve_names.paint_names(painter, layout, figure, taken)
    if crosshair is not None:
        curve_paint.paint_crosshair(painter, layout, figure, crosshair)
    curve_axes.paint_badges(painter, layout, figure)


def paint_notice(painter: QPainter, box: QRectF, text: Text) -> None:
    """Why there is no curve, as a sentence."""
    painter.setFont(font("body"))
    painter.setPen(color("err"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(box.adjusted(80, 0, -80, 0), flags, tr_text(text))
