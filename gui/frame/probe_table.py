"""At the probe: the losses that are compared, each with its value and gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.theme import color, font

if TYPE_CHECKING:
    from gui.workspaces.explore.present_curve import LossRow

ROW = 21
LINE = 2
DASHES = {"p1": [2.0, 3.5], "p2": [7.0, 4.0], "p3": [7.0, 3.0, 2.0, 3.0]}  # px
SAMPLE = 16


@final
class ProbeTable(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LossRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: tuple[LossRow, ...]) -> None:
        """Show these losses."""
        self._rows = rows
        self.setAccessibleName("; ".join(f"{row.name} {row.loss_text} {row.slope_text}" for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, ROW * (len(self._rows) + 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._cell(0, 1), right, self.tr("loss"))
        painter.drawText(self._cell(0, 2), right, self.tr("gradient"))
        painter.setFont(font("label"))
        for index, row in enumerate(self._rows, 1):
            self._paint_row(painter, index, row, right)

    def _paint_row(self, painter: QPainter, index: int, row: LossRow, right: Qt.AlignmentFlag) -> None:
        pen = QPen(color(row.role), LINE)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if row.role in DASHES:
            pen.setDashPattern([length / LINE for length in DASHES[row.role]])
        painter.setPen(pen)
        middle = ROW * index + ROW / 2
        painter.drawLine(QLineF(0, middle, SAMPLE, middle))
        painter.setPen(color("text"))
        name = self._cell(index, 0).adjusted(SAMPLE + 6, 0, 0, 0)
        elided = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, round(name.width()))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.drawText(self._cell(index, 1), right, row.loss_text)
        painter.drawText(self._cell(index, 2), right, row.slope_text)

    def _cell(self, row: int, column: int) -> QRectF:
        width = self.width()
        edges = (0.0, width - 150.0, width - 76.0, float(width))
        return QRectF(edges[column], ROW * row, edges[column + 1] - edges[column], ROW)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)
