"""Marks on a small scale, each with its name and number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.i18n import tr_text
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from gui.kit.scale_mark import ScaleMark

LINE_Y, TICK, FIRST_NAME, NAME_ROW = 12.0, 6.0, 24.0, 17.0
PAD = 6.0


@final
class MarkScale(QWidget):
    """From 0 to a little more than the largest mark; the names stand under it, each with a sample of its mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[ScaleMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_marks(self, marks: tuple[ScaleMark, ...]) -> None:
        """Show these; one that is not finite has only its name."""
        self._marks = marks
        self.setFixedHeight(round(FIRST_NAME + NAME_ROW * len(marks)))
        self.setAccessibleName(", ".join(f"{tr_text(mark.name)} {mark.text}" for mark in marks))
        self.update()

    def place_of(self, index: int) -> float:
        """Where a mark stands."""
        largest = max((mark.value for mark in self._marks if math.isfinite(mark.value)), default=1.0)
        smallest = min((mark.value for mark in self._marks if math.isfinite(mark.value)), default=0.0)
        low, high = min(smallest, 0.0), max(largest, 1e-9) * 1.04
        return PAD + (self._marks[index].value - low) / (high - low) * (self.width() - 2 * PAD)

    def sizeHint(self) -> QSize:
        return QSize(260, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line2"), 2))
        painter.drawLine(QPointF(PAD, LINE_Y), QPointF(self.width() - PAD, LINE_Y))
        for index in reversed(range(len(self._marks))):
            mark = self._marks[index]
            if math.isfinite(mark.value):
                _paint_mark(painter, QPointF(self.place_of(index), LINE_Y), mark.role, disc=index == 0)
            self._paint_name(painter, mark, FIRST_NAME + index * NAME_ROW, disc=index == 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_marks(self._marks)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def _paint_name(self, painter: QPainter, mark: ScaleMark, top: float, *, disc: bool) -> None:
        _paint_mark(painter, QPointF(PAD + 2, top + NAME_ROW / 2), mark.role, disc=disc)
        row = QRectF(18, top, self.width() - 18, NAME_ROW)
        painter.setFont(font("label"))
        painter.setPen(color("text2"))
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr_text(mark.name))
        painter.setFont(font("label-strong"))
        painter.setPen(color(mark.role if math.isfinite(mark.value) else "err"))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark.text)


def _paint_mark(painter: QPainter, at: QPointF, role: str, *, disc: bool) -> None:
    if disc:
        painter.setPen(QPen(color("surface2"), 1.5))
        painter.setBrush(color(role))
        painter.drawEllipse(at, 5.5, 5.5)
        return
    painter.setPen(QPen(color(role), 2.4))
    painter.drawLine(at + QPointF(0, -TICK), at + QPointF(0, TICK))
