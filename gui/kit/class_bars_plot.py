"""What each class adds to loss and gradient: bars that select the rows of their class."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from core.text import Text, say
from gui.kit.class_bars_layout import ClassBarsLayout, layout_of
from gui.kit.class_bars_paint import paint_class_bars
from gui.kit.i18n import tr_text
from gui.kit.numbers import percent
from gui.kit.plot_widget import PlotWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.class_bars_figure import ClassBarsFigure

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@final
class ClassBarsPlot(PlotWidget):
    """Keys: left and right go from class to class, Enter chooses one.

    Signals:
        class_chosen(int): the index of a class whose rows are to be selected.
        class_hovered(int): the class under the mouse, -1 for none.
        hinted(str)
    """

    class_chosen = Signal(int)
    class_hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: ClassBarsFigure | None = None
        self._current = 0
        self._hovered: int | None = None

    def sizeHint(self) -> QSize:
        return QSize(456, 230)

    def show_figure(self, figure: ClassBarsFigure) -> None:
        """Show these classes."""
        self._figure = figure
        self._current = min(self._current, max(len(figure.names) - 1, 0))
        self._tell()
        self.update()

    def places(self) -> ClassBarsLayout:
        """Where everything stands now."""
        assert self._figure is not None
        return layout_of(self._figure, self.width(), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self._current if self.hasFocus() else None
        paint_class_bars(painter, self._figure, self.places(), self._hovered, focused)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = None if self._figure is None else self.places().place_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._current = place
            self._tell()
            self._choose()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._figure is not None:
            self._hover(self.places().place_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), len(self._figure.names) if self._figure else 0
        if key in STEPS and count:
            self._current = (self._current + STEPS[key]) % count
            self._tell()
            self.update()
        elif key in CHOOSING and count:
            self._choose()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        self._tell()
        super().refresh()

    def _choose(self) -> None:
        assert self._figure is not None
        self.class_chosen.emit(int(self._figure.classes[self._current]))

    def _hover(self, place: int | None) -> None:
        if place == self._hovered or self._figure is None:
            return
        self._hovered = place
        self.class_hovered.emit(-1 if place is None else int(self._figure.classes[place]))
        words = say("kit", "{class_} · click selects its rows", class_=self._said(place)) if place is not None else None
        self.hinted.emit(tr_text(words) if words else "")
        self.update()

    def _said(self, place: int) -> Text:
        figure = self._figure
        assert figure is not None
        return say(
            "kit",
            "class {name}: {count} rows, {loss} of the loss, {gradient} of the gradient",
            name=figure.names[place] or str(int(figure.classes[place])),
            count=int(figure.counts[place]),
            loss=percent(float(figure.weighted[place])),
            gradient=percent(float(figure.gradient[place])),
        )

    def _tell(self) -> None:
        """Say the current class to a screen reader."""
        if self._figure is not None and self._figure.names:
            self.setAccessibleName(tr_text(self._figure.title))
            self.setAccessibleDescription(tr_text(self._said(self._current)))
