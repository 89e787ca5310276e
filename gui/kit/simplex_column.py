"""Three small bar charts over three classes, and one number split into two."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.i18n import tr_text
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from gui.kit.simplex_figures import SimplexColumn, SmallBars, SplitBar

WIDTH = 272
LEFT, PLOT_LEFT, RIGHT = 19.0, 63.0, 28.0  # title, first pixel of the charts, margin
BAR = 36.0
TITLE, GAP, NAMES = 34.0, 20.0, 24.0
NOTE = 18.0
SPLIT = 62.0
BASELINE = 20.0
SPLIT_TALL = 10.0


@final
class SimplexBars(QWidget):
    """Shows a SimplexColumn; nothing in it can be dragged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column: SimplexColumn | None = None
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 636)

    def draw(self, column: SimplexColumn) -> None:
        """Show a column."""
        self._column = column
        self.setAccessibleName(_spoken(column))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, 0, 1, self.height(), color("line"))
        if self._column is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = NAMES + 12 + NOTE * len(self._column.notes) + (SPLIT if self._column.split else 0) + 10
        tall = (self.height() - foot) / len(self._column.charts)
        for row, chart in enumerate(self._column.charts):
            area = QRectF(PLOT_LEFT, row * tall + TITLE, self.width() - PLOT_LEFT - RIGHT, tall - TITLE - GAP)
            _paint_chart(painter, chart, area, self._column.target)
        self._paint_foot(painter, self._column, len(self._column.charts) * tall - 2)

    def _paint_foot(self, painter: QPainter, column: SimplexColumn, top: float) -> None:
        area = QRectF(PLOT_LEFT, 0, self.width() - PLOT_LEFT - RIGHT, 1)
        metrics = QFontMetricsF(font("label-strong"))
        painter.setFont(font("label-strong"))
        for c, name in enumerate(column.names):
            painter.setPen(color("target" if c == column.target else "text"))
            words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, area.width() / 3 - 4)
            painter.drawText(QRectF(_centre(area, c) - 40, top, 80, NAMES), Qt.AlignmentFlag.AlignCenter, words)
        top += NAMES + 12
        if column.split is not None:
            _paint_split(painter, column.split, QRectF(LEFT, top, self.width() - LEFT - RIGHT, SPLIT))
            top += SPLIT
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        for line, note in enumerate(column.notes):
            rect = QRectF(LEFT, top + line * NOTE, self.width() - LEFT - 8, NOTE)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tr_text(note))


def _paint_chart(painter: QPainter, chart: SmallBars, area: QRectF, target: int | None) -> None:
    _paint_head(painter, chart, area.top() - TITLE + BASELINE)
    painter.setFont(font("tick"))
    for value, text in chart.ticks:
        y = _height(area, chart, value)
        painter.setPen(QPen(color("axis" if value == 0 else "grid"), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(color("text3"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, y - 8, area.left() - 8, 16), flags, text)
    for c in range(3):
        _paint_bar(painter, chart, area, c, c == target)
    if chart.marks is not None:
        painter.setPen(QPen(color("target"), 2))
        for c, mark in enumerate(chart.marks):
            y, x = _height(area, chart, mark), _centre(area, c)
            painter.drawLine(QPointF(x - BAR / 2 - 4, y), QPointF(x + BAR / 2 + 4, y))


def _paint_head(painter: QPainter, chart: SmallBars, baseline: float) -> None:
    title = tr_text(chart.title)
    painter.setFont(font("section"))
    painter.setPen(color(chart.title_role))
    painter.drawText(QPointF(LEFT, baseline), title)
    left = LEFT + QFontMetricsF(font("section")).horizontalAdvance(title) + 6
    painter.setFont(font("caption"))
    painter.setPen(color("text3"))
    room = WIDTH - 8 - left
    metrics = QFontMetricsF(font("caption"))
    words = metrics.elidedText(tr_text(chart.caption), Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(left, baseline), words)


def _paint_bar(painter: QPainter, chart: SmallBars, area: QRectF, c: int, is_target: bool) -> None:
    value = chart.values[c]
    x, zero = _centre(area, c), _height(area, chart, 0.0)
    end = _height(area, chart, value) if not math.isnan(value) else zero
    if math.isfinite(value):
        role = "target" if is_target and chart.role == "ctl" else chart.role
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(role))
        painter.drawRect(QRectF(x - BAR / 2, min(zero, end), BAR, max(abs(end - zero), 1.0)))
    painter.setFont(font("label-strong"))
    painter.setPen(color("text" if math.isfinite(value) else "err"))
    above = value >= 0 or math.isnan(value)
    rect = QRectF(x - 36, end - 18 if above else end + 2, 72, 16)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chart.labels[c])


def _paint_split(painter: QPainter, split: SplitBar, area: QRectF) -> None:
    painter.setFont(font("section"))
    painter.setPen(color("text"))
    painter.drawText(QPointF(area.left(), area.top() + 10), tr_text(split.title))
    painter.setPen(color("accent"))
    painter.setFont(font("label-strong"))
    painter.drawText(area.adjusted(0, -4, 0, 0), Qt.AlignmentFlag.AlignRight, split.whole_label)
    whole = split.left + split.right
    share = split.left / whole if whole > 0 and math.isfinite(whole) else 0.0
    bar = QRectF(area.left(), area.top() + 19, area.width(), SPLIT_TALL)
    cut = bar.left() + share * bar.width()
    painter.fillRect(QRectF(bar.left(), bar.top(), cut - bar.left(), bar.height()), color("target"))
    painter.fillRect(QRectF(cut, bar.top(), bar.right() - cut, bar.height()), color("accent"))
    painter.setFont(font("caption"))
    words = QRectF(bar.left(), bar.bottom() + 3, bar.width(), 16)
    painter.setPen(color("target"))
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft, tr_text(split.left_label))
    painter.setPen(color("accent"))
    painter.drawText(words, Qt.AlignmentFlag.AlignRight, tr_text(split.right_label))


def _centre(area: QRectF, c: int) -> float:
    return area.left() + area.width() * (2 * c + 1) / 6


def _height(area: QRectF, chart: SmallBars, value: float) -> float:
    """The y of a value; what lies beyond the range ends at its edge."""
    share = (min(max(value, chart.low), chart.high) - chart.low) / (chart.high - chart.low)
    return area.bottom() - share * area.height()


def _spoken(column: SimplexColumn) -> str:
    """All numbers in one line."""
    lines: list[str] = []
    for chart in column.charts:
        pairs = zip(column.names, chart.labels, strict=True)
        lines.append(f"{tr_text(chart.title)}: " + ", ".join(f"{name} {label}" for name, label in pairs))
    return "; ".join(lines)
