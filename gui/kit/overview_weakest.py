"""The labels that the model is least sure of; a press goes to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.i18n import tr_text
from gui.kit.plot_text import width_of
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.overview_figures import OverviewFigure, Token

TITLE, ROW = 24.0, 20.0
NAME, PLACE, VALUE = 30.0, 92.0, 48.0


@final
class WeakestLabels(QWidget):
    """Keys: up and down choose a label, Enter goes to it.

    Signals:
        chosen(Token): a label was pressed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: OverviewFigure | None = None
        self._window = (0, 0)
        self._here = -1
        self._current = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def draw(self, figure: OverviewFigure, window: tuple[int, int]) -> None:
        """Show labels; those in the window are marked."""
        self._figure, self._window = figure, window
        names = ", ".join(f"{token.name} {token.text}" for token in figure.weakest)
        self.setAccessibleName(f"{tr_text(figure.weakest_title)}: {names}")
        self.update()

    def height_for(self, rows: int) -> float:
        """What so many labels need."""
        return TITLE + rows * ROW + 4

    def row_rect(self, index: int) -> QRectF:
        """Where a label stands."""
        return QRectF(8, TITLE + index * ROW, self.width() - 16, ROW)

    def sizeHint(self) -> QSize:
        return QSize(318, round(self.height_for(5)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None or not self._figure.weakest:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("section"))
        painter.setPen(color("text"))
        title = tr_text(self._figure.weakest_title)
        painter.drawText(QPointF(16, 16), title)
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        x = 16 + width_of(title, "section") + 6
        words = QFontMetricsF(painter.font()).elidedText(
            tr_text(self._figure.weakest_caption), Qt.TextElideMode.ElideRight, self.width() - 14 - x
        )
        painter.drawText(QPointF(x, 16), words)
        for index, token in enumerate(self._shown()):
            self._paint_token(painter, index, token)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._index_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._current = index
            self.chosen.emit(self._shown()[index])

    def leaveEvent(self, event: QEvent) -> None:
        self._point(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        shown = self._shown()
        if step is not None and shown:
            self._current = min(max(self._current + step, 0), len(shown) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current < len(shown):
            self.chosen.emit(shown[self._current])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _shown(self) -> tuple[Token, ...]:
        """As many as there is room for."""
        room = int((self.height() - TITLE) // ROW)
        return self._figure.weakest[: max(room, 0)] if self._figure is not None else ()

    def _index_at(self, at: QPointF) -> int:
        return next((i for i in range(len(self._shown())) if self.row_rect(i).contains(at)), -1)

    def _point(self, index: int) -> None:
        if index != self._here:
            self._here = index
            self.update()

    def _paint_token(self, painter: QPainter, index: int, token: Token) -> None:
        row = self.row_rect(index)
        in_window = self._window[0] <= token.first < self._window[1]
        focused = self.hasFocus() and index == self._current
        if in_window or index == self._here or focused:
            painter.setPen(color("accent") if focused else Qt.PenStyle.NoPen)
            painter.setBrush(color("soft" if in_window else "hover"))
            painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("label-strong"))
        painter.setPen(color("target"))
        painter.drawText(row.adjusted(8, 0, 0, 0), vertical, token.name)
        painter.setFont(font("label"))
        painter.setPen(color("text2"))
        painter.drawText(row.adjusted(8 + NAME, 0, 0, 0), vertical, tr_text(token.place))
        painter.setPen(color("text"))
        painter.drawText(row.adjusted(0, 0, -8, 0), vertical | Qt.AlignmentFlag.AlignRight, token.text)
        bar = QRectF(row.left() + 8 + NAME + PLACE, row.center().y() - 2.5, 0, 5)
        bar.setRight(row.right() - VALUE - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("hover" if not in_window else "line"))
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(max(bar.width() * min(max(token.confidence, 0.0), 1.0), 2.0))
        painter.setBrush(color(token.role))
        painter.drawRoundedRect(bar, 2, 2)
