"""Which class is taken for which: a cell selects its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from core.text import Text, say
from gui.kit.confusion_matrix_layout import ConfusionMatrixLayout, layout_of
from gui.kit.confusion_matrix_paint import paint_confusion_matrix
from gui.kit.i18n import tr_text
from gui.kit.numbers import percent
from gui.kit.plot_widget import PlotWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.confusion_matrix_figure import ConfusionMatrixFigure

STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@final
class ConfusionMatrixPlot(PlotWidget):
    """Keys: arrows go from cell to cell, Enter chooses one.

    Signals:
        cell_chosen(int, int): the places of target and prediction in the figure.
        hinted(str)
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: ConfusionMatrixFigure | None = None
        self._current = (0, 0)

    def sizeHint(self) -> QSize:
        return QSize(916, 230)

    def show_figure(self, figure: ConfusionMatrixFigure) -> None:
        """Show these counts."""
        self._figure = figure
        last = max(len(figure.names) - 1, 0)
        self._current = (min(self._current[0], last), min(self._current[1], last))
        self._tell()
        self.update()

    def places(self) -> ConfusionMatrixLayout:
        """Where everything stands now."""
        assert self._figure is not None
        return layout_of(self._figure, self.width(), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            current = self._current if self.hasFocus() else None
            paint_confusion_matrix(painter, self._figure, self.places(), current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = None if self._figure is None else self.places().cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._current = cell
            self._tell()
            self.cell_chosen.emit(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = None if self._figure is None else self.places().cell_at(event.position())
        words = None if cell is None else say("kit", "{cell} · click selects them", cell=self._said(cell))
        self.hinted.emit(tr_text(words) if words else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), len(self._figure.names) if self._figure else 0
        if key in STEPS and count:
            down, right = STEPS[key]
            row, column = self._current[0] + down, self._current[1] + right
            self._current = (min(max(row, 0), count - 1), min(max(column, 0), count - 1))
            self._tell()
            self.update()
        elif key in CHOOSING and count:
            self.cell_chosen.emit(*self._current)
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        self._tell()
        super().refresh()

    def _said(self, cell: tuple[int, int]) -> Text:
        figure = self._figure
        assert figure is not None
        count, share = int(figure.counts[cell]), percent(float(figure.shares[cell]))
        name, other = (self._name(place) for place in cell)
        if cell[0] == cell[1]:
            return say("kit", "{count} rows of class {name} are right, {share} of it", count=count, name=name,
                       share=share)  # fmt: skip
        return say("kit", "{count} rows of class {name} are taken for {other}, {share} of it", count=count,
                   name=name, other=other, share=share)  # fmt: skip

    def _name(self, place: int) -> str:
        assert self._figure is not None
        index, name = self._figure.classes[place], self._figure.names[place]
        return f"{index} {name}".strip() if index >= 0 else name

    def _tell(self) -> None:
        """Say the current cell to a screen reader."""
        if self._figure is not None and self._figure.names:
            self.setAccessibleName(tr_text(self._figure.title))
            self.setAccessibleDescription(tr_text(self._said(self._current)))
