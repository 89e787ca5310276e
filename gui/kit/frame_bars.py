"""One frame as bars: probability with posterior, and the gradient under it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.frame_plot import ROLES
from gui.kit.i18n import tr_text
from gui.kit.plot_text import paint_line, paint_tick_left, paint_title
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from gui.kit.frame_figures import FrameBars

LEFT = 52.0
TITLE, NAMES, FOOT = 44.0, 20.0, 14.0
LOW_TITLE = 38.0
WIDEST, GAP = 44.0, 0.42  # of a bar in pixels; of a column between bars
UPPER_SHARE = 0.55
LEAST_HEIGHT = 190


@final
class FrameBarsPlot(QWidget):
    """Shows FrameBars; nothing in it can be dragged, for a frame belongs to the model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: FrameBars | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(300, LEAST_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(600, LEAST_HEIGHT)

    def draw(self, bars: FrameBars) -> None:
        """Show a frame."""
        self._bars = bars
        self.setAccessibleName(tr_text(bars.description))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._bars is None:
            return
        bars = self._bars
        room = self.height() - TITLE - NAMES - LOW_TITLE - FOOT
        upper = QRectF(LEFT, TITLE, self.width() - LEFT - 24, room * UPPER_SHARE)
        lower = QRectF(LEFT, upper.bottom() + NAMES + LOW_TITLE, upper.width(), room * (1 - UPPER_SHARE))
        paint_title(painter, bars.title, bars.caption, "text", 20, self.width() - 8)
        painter.save()
        painter.translate(0, lower.top() - LOW_TITLE)
        paint_title(painter, bars.gradient_title, bars.gradient_caption, "grad", 16, self.width() - 8)
        painter.restore()
        _paint_ticks(painter, upper, (0.0, 0.5, 1.0), 0.0)
        _paint_ticks(painter, lower, (-1.0, 0.0, 1.0), -1.0)
        for column in range(len(bars.symbols)):
            self._paint_column(painter, bars, column, upper, lower)

    def _paint_column(self, painter: QPainter, bars: FrameBars, column: int, upper: QRectF, lower: QRectF) -> None:
        wide = upper.width() / len(bars.symbols)
        bar = min(wide * (1 - GAP), WIDEST)
        x = upper.left() + wide * (column + 0.5)
        symbol = bars.symbols[column]
        _paint_bar(painter, x, bar, upper, 0.0, bars.probs[column], "target" if symbol.role == "target" else "ctl")
        _paint_outline(painter, x, bar + 8, upper, bars.occupancy[column])
        _paint_bar(painter, x, bar, lower, -1.0, bars.gradient[column], "grad")
        top = max(_share(bars.probs[column], 0.0), _share(bars.occupancy[column], 0.0))
        y = upper.bottom() - top * upper.height()
        _paint_number(painter, x, wide, y - 17, bars.prob_labels[column], math.isfinite(bars.probs[column]))
        middle, value = lower.center().y(), bars.gradient[column]
        end = middle if math.isnan(value) else lower.bottom() - _share(value, -1.0) * lower.height()
        label_top = end + 1 if value < 0 else end - 17
        _paint_number(painter, x, wide, label_top, bars.gradient_labels[column], math.isfinite(value))
        painter.setFont(font("label-strong"))
        painter.setPen(color(ROLES[symbol.role]))
        name = QFontMetricsF(painter.font()).elidedText(symbol.name, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRectF(x - wide / 2, upper.bottom() + 2, wide, NAMES), Qt.AlignmentFlag.AlignCenter, name)


def _paint_ticks(painter: QPainter, area: QRectF, ticks: tuple[float, ...], low: float) -> None:
    for tick in ticks:
        y = area.bottom() - _share(tick, low) * area.height()
        paint_line(painter, "axis" if tick == 0 else "grid", QPointF(area.left(), y), QPointF(area.right(), y))
        paint_tick_left(painter, f"{tick:g}".replace("-", "\u2212"), area.left() - 8, y)


def _paint_bar(painter: QPainter, x: float, wide: float, area: QRectF, low: float, value: float, role: str) -> None:
    if not math.isfinite(value):
        return
    zero = area.bottom() - _share(0.0, low) * area.height()
    end = area.bottom() - _share(value, low) * area.height()
    painter.fillRect(QRectF(x - wide / 2, min(zero, end), wide, max(abs(zero - end), 1.0)), color(role))


def _paint_outline(painter: QPainter, x: float, wide: float, area: QRectF, value: float) -> None:
    if not math.isfinite(value):
        return
    top = area.bottom() - _share(value, 0.0) * area.height()
    painter.setPen(QPen(color("ink"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(x - wide / 2, top, wide, area.bottom() - top))


def _paint_number(painter: QPainter, x: float, wide: float, top: float, text: str, finite: bool) -> None:
    """A number over its column; none where it would run into the next one."""
    if QFontMetricsF(font("label-strong")).horizontalAdvance(text) > wide:
        return
    painter.setFont(font("label-strong"))
    painter.setPen(color("text" if finite else "err"))
    painter.drawText(QRectF(x - wide / 2, top, wide, 16), Qt.AlignmentFlag.AlignCenter, text)


def _share(value: float, low: float) -> float:
    """How high a value stands between `low` and 1; what lies beyond ends at the edge."""
    return (min(max(value, low), 1.0) - low) / (1.0 - low)
