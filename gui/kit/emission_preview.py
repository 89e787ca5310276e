"""The emissions of a long sequence while its lattice is being computed: the first that there is to see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.kit.color_tables import image_of
from gui.kit.frame_axis import GUTTER, RIGHT_PAD
from gui.kit.i18n import tr_text
from gui.kit.plot_text import INDENT, paint_ticks_below
from gui.kit.theme import color, font
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from gui.kit.emission_preview_figure import PreviewFigure

TOP, BOTTOM, MOST_HEIGHT = 40.0, 56.0, 320.0
TICK_WIDTH = 80.0  # px that a number under the frames has


@final
class EmissionPreview(QWidget):
    """Shows a PreviewFigure; there is nothing to do with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: PreviewFigure | None = None

    def show_figure(self, figure: PreviewFigure) -> None:
        """Show these emissions."""
        self._figure = figure
        self.setAccessibleName(f"{tr_text(figure.title)}. {tr_text(figure.sentence)}")
        self.update()

    def area(self) -> QRectF:
        """Where the emissions stand."""
        high = min(max(self.height() - TOP - BOTTOM, 20.0), MOST_HEIGHT)
        return QRectF(GUTTER, TOP, max(self.width() - GUTTER - RIGHT_PAD, 40.0), high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter, figure, area = QPainter(self), self._figure, self.area()
        painter.setFont(font("section"))
        painter.setPen(color("text"))
        painter.drawText(QPointF(INDENT, 24), tr_text(figure.title))
        painter.drawImage(area, image_of(figure.values, "probability", 0.0, 1.0))
        painter.setPen(QPen(color("line2"), 1))
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        self._paint_names(painter, figure, area)
        below = ticks(0, max(figure.frames - 1, 1), max(int(area.width() / TICK_WIDTH), 1))
        places = [area.left() + (value + 0.5) / figure.frames * area.width() for value, _ in below]
        paint_ticks_below(painter, below, places, area.bottom() + 4)
        painter.setFont(font("label"))
        painter.setPen(color("text2"))
        painter.drawText(QPointF(area.left(), area.bottom() + 42), tr_text(figure.sentence))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _paint_names(self, painter: QPainter, figure: PreviewFigure, area: QRectF) -> None:
        pitch = area.height() / len(figure.names)
        painter.setFont(font("tick"))
        painter.setPen(color("text"))
        for row, name in enumerate(figure.names):
            words = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, 46)
            rect = QRectF(area.left() - 60, area.top() + row * pitch - 3, 48, pitch + 6)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
