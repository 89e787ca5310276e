"""The rows by what they add, largest first, with the sum so far; a drag along them selects."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.numbers import percent
from gui.kit.plot_text import INDENT, paint_line, paint_tick_left, paint_ticks_below, width_of
from gui.kit.plot_widget import PlotWidget
from gui.kit.segment import Segment
from gui.kit.theme import color, font
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from gui.kit.contribution_figure import ContributionFigure

LEFT, RIGHT, TOP, BOTTOM = 48.0, 44.0, 42.0, 38.0
MOST_POINTS = 600  # of the curve
LEVELS = (0.5, 0.9)


@final
class ContributionPlot(PlotWidget):
    """Keys: left and right move the end of the selection, Home and End take none or all, Shift by ten.

    Signals:
        measure_chosen(str): "loss" or "grad".
        rows_chosen(object): the numbers of the rows under a finished drag, or a run of keys.
        hinted(str)
    """

    measure_chosen = Signal(str)
    rows_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: ContributionFigure | None = None
        self._brush: tuple[float, float] | None = None
        self._end = 0
        self.choice = Segment((), self)
        self.choice.chosen.connect(self.measure_chosen)

    def sizeHint(self) -> QSize:
        return QSize(916, 216)

    def show_figure(self, figure: ContributionFigure) -> None:
        """Show these rows."""
        self._figure = figure
        self._end = int(figure.chosen.size)
        self._retranslate()
        self.update()

    def x_of(self, place: float) -> float:
        """The column of a place in the order, which begins at 0."""
        area = self._area()
        return area.left() + place / max(self._count(), 1) * area.width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        figure = self._figure
        if figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter, figure)
        if figure.empty is not None:
            painter.setFont(font("label"))
            painter.setPen(color("text2"))
            painter.drawText(self._area(), Qt.AlignmentFlag.AlignCenter, tr_text(figure.empty))
            return
        self._paint_axes(painter, figure)
        self._paint_selection(painter, figure)
        self._paint_shares(painter, figure)
        self._paint_curve(painter, figure)
        self._paint_levels(painter, figure)
        self._paint_brush(painter)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._area())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_inside(event.position()):
            self._brush = (event.position().x(), event.position().x())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._brush is not None:
            self._brush = (self._brush[0], event.position().x())
            self.update()
        self.hinted.emit(self._hint(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._brush is None or event.button() != Qt.MouseButton.LeftButton:
            return
        first, last = sorted(self._place_at(x) for x in self._brush)
        self._brush = None
        self.update()
        self._choose(first, last + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = Qt.Key(event.key()), 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        ends = {
            Qt.Key.Key_Left: self._end - step,
            Qt.Key.Key_Right: self._end + step,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._count(),
        }
        if key == Qt.Key.Key_Escape and self._brush is not None:
            self._brush = None
            self.update()
        elif key in ends and self._count():
            self._choose(0, min(max(ends[key], 0), self._count()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_choice()

    def refresh(self) -> None:
        self._retranslate()
        super().refresh()

    def _count(self) -> int:
        return 0 if self._figure is None else int(self._figure.order.size)

    def _area(self) -> QRectF:
        return QRectF(LEFT, TOP, max(self.width() - LEFT - RIGHT, 40.0), max(self.height() - TOP - BOTTOM, 20.0))

    def _is_inside(self, at: QPointF) -> bool:
        return self._count() > 0 and self._area().contains(at)

    def _place_at(self, x: float) -> int:
        area = self._area()
        share = (x - area.left()) / area.width()
        return min(max(int(share * self._count()), 0), self._count() - 1)

    def _choose(self, first: int, end: int) -> None:
        assert self._figure is not None
        self._end = end
        self.rows_chosen.emit(np.sort(self._figure.order[first:end]))

    def _y(self, share: float) -> float:
        area = self._area()
        return area.bottom() - share * area.height()

    def _paint_head(self, painter: QPainter, figure: ContributionFigure) -> None:
        painter.setFont(font("section"))
        painter.setPen(color("text"))
        words = tr_text(figure.sentence)
        painter.drawText(QPointF(INDENT, 24), words)
        if figure.remark is not None:
            painter.setFont(font("caption"))
            painter.setPen(color("text3"))
            painter.drawText(QPointF(INDENT + width_of(words, "section") + 8, 24), tr_text(figure.remark))

    def _paint_axes(self, painter: QPainter, figure: ContributionFigure) -> None:
        area = self._area()
        for value, text in ticks(0, 100, 4):
            y = self._y(value / 100)
            paint_line(painter, "grid" if value else "axis", QPointF(area.left(), y), QPointF(area.right(), y))
            paint_tick_left(painter, f"{text}%", area.left() - 8, y)
        below = [(value, text) for value, text in ticks(0, figure.order.size, 8) if value == int(value)]
        paint_ticks_below(painter, tuple(below), [self.x_of(value) for value, _ in below], area.bottom() + 4)
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        words = self.tr("rows, largest first · line: their sum")
        room = QRectF(area.left(), area.bottom() + 19, area.width(), 16)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_shares(self, painter: QPainter, figure: ContributionFigure) -> None:
        """What each row adds, drawn to the scale of the largest; of many the largest in each column of pixels."""
        area = self._area()
        columns = min(figure.shares.size, max(round(area.width()), 1))
        edges = np.arange(columns) * figure.shares.size // columns
        heights = figure.shares[edges] / max(float(figure.shares[0]), 1e-30)
        wide = max(area.width() / columns - (1.0 if columns < area.width() / 4 else 0.0), 1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        role = "loss" if figure.measure == "loss" else "grad"
        for edge, height in zip(edges.tolist(), heights.tolist(), strict=True):
            top = self._y(height)
            painter.fillRect(QRectF(self.x_of(edge), top, wide, area.bottom() - top), color(role, 0.55))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_curve(self, painter: QPainter, figure: ContributionFigure) -> None:
        size = figure.cumulative.size
        chosen = np.unique(np.linspace(0, size - 1, min(size, MOST_POINTS)).astype(int))
        points = [QPointF(self.x_of(0), self._y(0.0))]
        points += [QPointF(self.x_of(k + 1), self._y(float(figure.cumulative[k]))) for k in chosen.tolist()]
        painter.setPen(QPen(color("ink"), 2))
        painter.drawPolyline(QPolygonF(points))

    def _paint_levels(self, painter: QPainter, figure: ContributionFigure) -> None:
        """Where the sum reaches half, and nine tenths."""
        painter.setFont(font("caption"))
        for level, count in zip(LEVELS, (figure.half, figure.ninety), strict=True):
            if not count:
                continue
            x, y = self.x_of(count), self._y(level)
            painter.setPen(QPen(color("text2"), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, y), QPointF(x, self._area().bottom()))
            painter.drawLine(QPointF(self._area().left(), y), QPointF(x, y))
            painter.setBrush(color("surface"))
            painter.setPen(QPen(color("ink"), 2))
            painter.drawEllipse(QPointF(x, y), 4, 4)
            words = f"{count} · {percent(level, 0)}"
            wide = width_of(words, "caption")
            left = x + 8 if x + 8 + wide < self._area().right() else x - 8 - wide
            painter.fillRect(QRectF(left - 2, y + 3, wide + 4, 15), color("surface", 0.85))
            painter.setPen(color("text"))
            painter.drawText(QPointF(left, y + 15), words)

    def _paint_selection(self, painter: QPainter, figure: ContributionFigure) -> None:
        """What is selected as bands, and the primary row as a mark under the axis."""
        area = self._area()
        if figure.chosen.size:
            runs = np.split(figure.chosen, np.flatnonzero(np.diff(figure.chosen) > 1) + 1)
            for run in runs[:MOST_POINTS]:
                left, right = self.x_of(int(run[0])), self.x_of(int(run[-1]) + 1)
                painter.fillRect(QRectF(left, area.top(), max(right - left, 1.0), area.height()), color("soft"))
        if figure.primary is not None:
            x, y = self.x_of(figure.primary + 0.5), area.bottom() + 1
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("ink"))
            painter.drawPolygon([QPointF(x, y), QPointF(x - 4, y + 6), QPointF(x + 4, y + 6)])

    def _paint_brush(self, painter: QPainter) -> None:
        if self._brush is not None:
            left, right = sorted(min(max(x, self._area().left()), self._area().right()) for x in self._brush)
            painter.fillRect(QRectF(left, TOP, max(right - left, 1.0), self._area().height()), color("accent", 0.2))

    def _hint(self, at: QPointF) -> str:
        if self._figure is None or not self._is_inside(at):
            return ""
        place = self._place_at(at.x())
        words = say(
            "kit",
            "{place} of {count}: row {row} adds {share}; up to it {sum} · drag selects rows",
            place=place + 1,
            count=self._count(),
            row=int(self._figure.order[place]),
            share=percent(float(self._figure.shares[place]), 2),
            sum=percent(float(self._figure.cumulative[place])),
        )
        return tr_text(words)

    def _place_choice(self) -> None:
        self.choice.adjustSize()
        self.choice.move(self.width() - 16 - self.choice.width(), 6)

    def _retranslate(self) -> None:
        figure = self._figure
        if figure is None:
            return
        names = {"loss": self.tr("by loss"), "grad": self.tr("by gradient")}
        self.choice.show_choices([(measure, names[measure]) for measure in figure.measures])
        self.choice.choose(figure.measure)
        self.choice.set_title(self.tr("What is counted"))
        self.choice.setVisible(len(figure.measures) > 1)
        self._place_choice()
        self.setAccessibleName(tr_text(figure.empty or figure.sentence))
