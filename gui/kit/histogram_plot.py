"""A histogram with a threshold that can be dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from core.text import say
from gui.kit.histogram_layout import HistogramLayout, layout_of
from gui.kit.histogram_paint import paint_histogram
from gui.kit.i18n import tr_text
from gui.kit.numbers import fixed
from gui.kit.plot_widget import PlotWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.histogram_figure import HistogramFigure

GRIP = 10.0  # px around the threshold in which it is taken


@final
class HistogramPlot(PlotWidget):
    """Keys: left and right move the threshold by a bin, Delete takes it away.

    Signals:
        began(), threshold_moved(float), ended(), cancelled(): a drag, or a run of keys.
        threshold_removed(): a double click, or Delete.
        bin_chosen(float, float): a click on a bar, with its ends.
        bin_hovered(float, float): the bar under the mouse, nan for none.
        special_chosen(int): a click on a bar that stands apart.
        hinted(str)
    """

    began = Signal()
    threshold_moved = Signal(float)
    ended = Signal()
    cancelled = Signal()
    threshold_removed = Signal()
    bin_chosen = Signal(float, float)
    bin_hovered = Signal(float, float)
    special_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: HistogramFigure | None = None
        self._dragging = False
        self._key_run = False
        self._mark = float("nan")
        self._hovered: int | None = None

    def sizeHint(self) -> QSize:
        return QSize(456, 230)

    def show_figure(self, figure: HistogramFigure) -> None:
        """Show these bars."""
        self._figure = figure
        words = say("kit", "{title}: {count} values", title=tr_text(figure.title), count=int(figure.counts.sum()))
        self.setAccessibleName(tr_text(words))
        self.setAccessibleDescription(tr_text(figure.summary) if figure.summary else "")
        self.update()

    def mark(self, value: float) -> None:
        """Show where a value stands, beside the primary one; nan for none."""
        self._mark = value
        self.update()

    def places(self) -> HistogramLayout:
        """Where everything stands now."""
        assert self._figure is not None
        return layout_of(self._figure, self.width(), self.height())

    def threshold_x(self) -> float:
        """The column of the threshold."""
        assert self._figure is not None
        places = self.places()
        return places.area.left() if self._figure.threshold is None else places.x(self._figure.threshold)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_histogram(painter, self._figure, self.places(), self._mark, focused=self.hasFocus())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._figure is None:
            return
        if self._is_grip(event.position()):
            self._dragging = True
            self.began.emit()
        else:
            self._choose_bin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._figure is None:
            return
        if self._dragging:
            self.threshold_moved.emit(self.places().value(event.position().x()))
            return
        grip = self._is_grip(event.position())
        self.setCursor(Qt.CursorShape.SizeHorCursor if grip else Qt.CursorShape.ArrowCursor)
        self.hinted.emit(self._hint(event.position(), grip))
        self._hover(None if grip else self._bin_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self.ended.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._figure is not None and self._is_grip(event.position()):
            self._dragging = False
            self.threshold_removed.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._figure is not None:
            self._key_run = True
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.threshold_removed.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._key_run and not event.isAutoRepeat():
            self._key_run = False
            self.ended.emit()
        super().keyReleaseEvent(event)

    def _step(self, by: int) -> None:
        """To the next edge of a bin, up or down."""
        assert self._figure is not None
        edges, present = self._figure.edges, self._figure.threshold
        place = 0 if present is None else int(np.argmin(np.abs(edges - present)))
        self.threshold_moved.emit(float(edges[min(max(place + by, 0), edges.size - 1)]))

    def _is_grip(self, at: QPointF) -> bool:
        area = self.places().area
        return abs(at.x() - self.threshold_x()) <= GRIP and area.top() - 8 <= at.y() <= area.bottom() + 4

    def _bin_at(self, at: QPointF) -> int | None:
        assert self._figure is not None
        area = self.places().area
        if not area.contains(at):
            return None
        found = int(np.searchsorted(self._figure.edges, self.places().value(at.x()), side="right")) - 1
        return min(max(found, 0), self._figure.edges.size - 2)

    def _hover(self, place: int | None) -> None:
        if place == self._hovered:
            return
        self._hovered = place
        if place is None or self._figure is None:
            self.bin_hovered.emit(float("nan"), float("nan"))
        else:
            self.bin_hovered.emit(float(self._figure.edges[place]), float(self._figure.edges[place + 1]))

    def _special_at(self, at: QPointF) -> int | None:
        assert self._figure is not None
        places = self.places()
        return next((k for k in range(len(self._figure.specials)) if places.special(k).contains(at)), None)

    def _choose_bin(self, at: QPointF) -> None:
        assert self._figure is not None
        found, special = self._bin_at(at), self._special_at(at)
        if special is not None:
            self.special_chosen.emit(special)
        elif found is not None and int(self._figure.counts[:, found].sum()):
            self.bin_chosen.emit(float(self._figure.edges[found]), float(self._figure.edges[found + 1]))

    def _hint(self, at: QPointF, grip: bool) -> str:
        assert self._figure is not None
        if grip:
            return self.tr("Drag: list only the rows from here on · double-click lists all")
        found = self._bin_at(at)
        if found is not None:
            low, high = self._figure.edges[found], self._figure.edges[found + 1]
            words = say("kit", "{low} to {high}: {count} rows · click selects them", low=fixed(float(low), 3),
                        high=fixed(float(high), 3), count=int(self._figure.counts[:, found].sum()))  # fmt: skip
            return tr_text(words)
        special = self._special_at(at)
        if special is None:
            return ""
        name, counts = self._figure.specials[special]
        return tr_text(say("kit", "{name}: {count} rows · click selects them", name=name, count=int(counts.sum())))
