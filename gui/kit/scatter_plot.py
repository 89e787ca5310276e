"""Loss against gradient: a rectangle over the rows selects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.plot_widget import PlotWidget
from gui.kit.scatter_layout import NEAR, ScatterLayout, layout_of
from gui.kit.scatter_paint import paint_band, paint_cursor, paint_scatter
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from gui.kit.scatter_figure import ScatterFigure

STEPS = {
    Qt.Key.Key_Left: QPointF(-8, 0),
    Qt.Key.Key_Right: QPointF(8, 0),
    Qt.Key.Key_Up: QPointF(0, -8),
    Qt.Key.Key_Down: QPointF(0, 8),
}
CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@final
class ScatterPlot(PlotWidget):
    """Keys: arrows move a cross, with Shift they draw a rectangle from it; Enter selects, Esc gives up.

    Signals:
        rows_chosen(IntArray): the numbers of the rows in a rectangle, or near a click.
        hinted(str)
    """

    rows_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: ScatterFigure | None = None
        self._painted: QPixmap | None = None
        self._start: QPointF | None = None
        self._cursor: QPointF | None = None
        self._held = False

    def sizeHint(self) -> QSize:
        return QSize(916, 216)

    def show_figure(self, figure: ScatterFigure) -> None:
        """Show these rows."""
        if figure is not self._figure:
            self._figure = figure
            self.setAccessibleName(tr_text(figure.title))
            self.setAccessibleDescription(tr_text(figure.empty or figure.caption))
            self.refresh()

    def places(self) -> ScatterLayout:
        """Where everything stands now."""
        assert self._figure is not None
        return layout_of(self._figure, self.width(), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        figure = self._figure
        if figure is None:
            return
        painter = QPainter(self)
        if figure.empty is not None:
            painter.setFont(font("label"))
            painter.setPen(color("text2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr_text(figure.empty))
            return
        if self._painted is None:
            self._painted = self._paint(figure)
        painter.drawPixmap(0, 0, self._painted)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._start is not None:
            paint_band(painter, self._band())
        if self.hasFocus() and not self._held and self._cursor is not None:
            paint_cursor(painter, self._cursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._has_rows():
            return
        if self.places().area.adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(event.position()):
            self._held = True
            self._start = self._cursor = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._cursor = self._inside(event.position())
            self.update()
        elif self._has_rows():
            self.hinted.emit(self._hint(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held and event.button() == Qt.MouseButton.LeftButton:
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._start is not None:
            self._give_up()
        elif key in STEPS and self._has_rows():
            self._step(STEPS[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in CHOOSING and self._has_rows() and self._cursor is not None:
            self._choose()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_up()
        self._cursor = None
        self.refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._give_up()

    def _has_rows(self) -> bool:
        return self._figure is not None and self._figure.empty is None

    def refresh(self) -> None:
        """What is painted once for all moves of the mouse is painted anew, too."""
        self._painted = None
        super().refresh()

    def _paint(self, figure: ScatterFigure) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_scatter(painter, figure, self.places())
        painter.end()
        return made

    def _inside(self, at: QPointF) -> QPointF:
        area = self.places().area
        return QPointF(min(max(at.x(), area.left()), area.right()), min(max(at.y(), area.top()), area.bottom()))

    def _band(self) -> QRectF:
        assert self._start is not None
        assert self._cursor is not None
        return QRectF(self._start, self._cursor).normalized()

    def _step(self, by: QPointF, extending: bool) -> None:
        """From the middle, if the keys were nowhere yet."""
        at = self.places().area.center() if self._cursor is None else self._cursor
        if not extending:
            self._start = None
        elif self._start is None:
            self._start = at
        self._cursor = self._inside(at + by)
        self.hinted.emit(self.tr("Shift and arrows draw a rectangle · Enter selects the rows in it"))
        self.update()

    def _give_up(self) -> None:
        self._start, self._held = None, False
        self.update()

    def _choose(self) -> None:
        """What is in the rectangle, or about its corner if it has no size; nothing selects nothing."""
        assert self._figure is not None
        assert self._cursor is not None
        band = self._band() if self._start is not None else QRectF(self._cursor, self._cursor)
        if max(band.width(), band.height()) < NEAR:
            band = band.adjusted(-NEAR, -NEAR, NEAR, NEAR)
        rows = self._figure.rows[self.places().within(band)]
        self._give_up()
        if rows.size:
            self.rows_chosen.emit(rows)

    def _hint(self, at: QPointF) -> str:
        assert self._figure is not None
        figure = self._figure
        near = self.places().within(QRectF(at, at).adjusted(-NEAR, -NEAR, NEAR, NEAR))
        if not near.size:
            return self.tr("Drag a rectangle to select the rows in it")
        if near.size > 1:
            return tr_text(say("kit", "{count} rows · click selects them", count=near.size))
        row = int(figure.rows[int(near[0])])
        return tr_text(say("kit", "{row} · click selects it", row=figure.describe(row)))
