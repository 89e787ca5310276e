"""Sections through a surface, drawn on its margins, and the numbers at the probe."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.i18n import tr_text
from gui.kit.plot_text import AXIS_GAP, paint_line, paint_tick_left, paint_title
from gui.kit.slice_paint import BOTTOM, LEFT, RIGHT, TOP
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from core.arrays import FloatArray
    from gui.kit.surface_figures import Reading, SectionFigure

ACROSS, UP = 152, 236  # the short side of a section along x, and of one along y
FOOT, CREST = 14.0, 30.0
LABEL_WIDTH = 62.0


@final
class SectionPlot(QWidget):
    """One section. `upright`: the shared axis runs up, as beside the surface; else across, as below it."""

    def __init__(self, upright: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._upright = upright
        self._figure: SectionFigure | None = None
        expanding, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        if upright:
            self.setFixedWidth(UP)
            self.setSizePolicy(fixed, expanding)
        else:
            self.setFixedHeight(ACROSS)
            self.setSizePolicy(expanding, fixed)

    def draw(self, figure: SectionFigure) -> None:
        """Show a section."""
        self._figure = figure
        self.setAccessibleName(tr_text(figure.description))
        self.update()

    def area(self) -> QRectF:
        """The plot's rectangle, in line with the surface's."""
        if self._upright:
            return QRectF(16, TOP, self.width() - 32, self.height() - TOP - BOTTOM)
        return QRectF(LEFT, CREST, self.width() - LEFT - RIGHT, self.height() - CREST - FOOT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figure, area = self._figure, self.area()
        paint_title(painter, figure.title, figure.caption, figure.role, 20, self.width() - 8)
        self._paint_grid(painter, figure, area)
        painter.save()
        painter.setClipRect(area.adjusted(-2, -2, 2, 2))
        painter.setPen(QPen(color("accent"), 2))
        for piece in _pieces(figure.value):
            points = zip(figure.position[piece].tolist(), figure.value[piece].tolist(), strict=True)
            painter.drawPolyline(QPolygonF([self._at(figure, area, *point) for point in points]))
        painter.restore()
        self._paint_probe(painter, figure, area)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _paint_grid(self, painter: QPainter, figure: SectionFigure, area: QRectF) -> None:
        for value, text in figure.ticks:
            at = self._at(figure, area, figure.first, value)
            role = "axis" if value == 0 else "grid"
            if not self._upright:
                paint_line(painter, role, QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
                paint_tick_left(painter, text, area.left() - AXIS_GAP, at.y())
                continue
            paint_line(painter, role, QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))
            painter.setFont(font("tick"))
            painter.setPen(color("text3"))
            rect = QRectF(at.x() - 30, area.bottom() + 5, 60, 16)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_probe(self, painter: QPainter, figure: SectionFigure, area: QRectF) -> None:
        position, value = figure.probe
        if math.isnan(value):
            return
        held = min(max(value, figure.low), figure.high)
        at = self._at(figure, area, position, held)
        painter.setPen(QPen(color("surface"), 2))
        painter.setBrush(color("ink"))
        painter.drawEllipse(at, 5, 5)
        painter.setFont(font("label-strong"))
        painter.setPen(color("accent" if math.isfinite(value) else "err"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(figure.probe_label)
        left = at.x() - wide - 9 if at.x() + wide + 9 > area.right() else at.x() + 9
        painter.drawText(QPointF(left, max(at.y() - 9, area.top() + 10)), figure.probe_label)

    def _at(self, figure: SectionFigure, area: QRectF, position: float, value: float) -> QPointF:
        along = (position - figure.first) / (figure.last - figure.first)
        high = (value - figure.low) / (figure.high - figure.low)
        if self._upright:
            return QPointF(area.left() + high * area.width(), area.bottom() - along * area.height())
        return QPointF(area.left() + along * area.width(), area.bottom() - high * area.height())


@final
class Readings(QWidget):
    """Names and values, one a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._readings: tuple[Reading, ...] = ()
        self.setFixedSize(QSize(UP, ACROSS))

    def draw(self, readings: tuple[Reading, ...]) -> None:
        """Show these."""
        self._readings = readings
        self.setAccessibleName(", ".join(f"{tr_text(each.name)} {each.value}" for each in readings))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for line, reading in enumerate(self._readings):
            rect = QRectF(16, CREST - 12 + 24 * line, self.width() - 32, 24)
            painter.setFont(font("label"))
            painter.setPen(color("text2"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tr_text(reading.name))
            painter.setFont(font("label-strong"))
            painter.setPen(color(reading.role))
            painter.drawText(rect.adjusted(LABEL_WIDTH, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, reading.value)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)


def _pieces(values: FloatArray) -> list[slice]:
    """The stretches without nan and inf."""
    finite = np.concatenate([[False], np.isfinite(values), [False]])
    edges = np.flatnonzero(finite[1:] != finite[:-1])
    return [slice(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]
