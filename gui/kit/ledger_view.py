"""The ledger under a batch: where its number comes from, each term of which can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.kit.i18n import tr_text
from gui.kit.ledger_layout import HEIGHT, OTHERS_BASELINE, LedgerLayout, layout_of
from gui.kit.ledger_paint import paint_empty, paint_head, paint_others, paint_terms
from gui.kit.plot_text import width_of
from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.ledger_figures import LedgerFigure, Term

NOWHERE = LedgerLayout((), (), (None, None))
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@final
class LedgerView(QWidget):
    """Keys: Tab and the arrows go through the terms, Enter chooses one, Ctrl+C copies all of it.

    Signals:
        term_chosen(int): the place of a term in the figure.
        hinted(str): what a press on the term under the mouse does, "" for none.
    """

    term_chosen = Signal(int)
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: LedgerFigure | None = None
        self._places = NOWHERE
        self._current = 0
        self._hovered: int | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def show_ledger(self, figure: LedgerFigure) -> None:
        """Show a calculation; the focus stays at its place in it."""
        self._figure = figure
        self._lay_out()

    def term_rects(self) -> tuple[tuple[int, QRectF], ...]:
        """The terms that are shown, each with its place in the figure."""
        return tuple((place.index, place.rect) for place in self._places.terms)

    def is_whole(self) -> bool:
        """Whether nothing is left out for want of width."""
        return self._places.dots == (None, None)

    def plain(self) -> str:
        """All of it as text, a line each."""
        figure = self._figure
        if figure is None:
            return ""
        lines = [tr_text(figure.title)]
        lines += [tr_text(figure.empty)] if figure.empty is not None and not figure.terms else []
        lines += [_spoken(term) for term in figure.terms]
        lines += [f"{tr_text(other.title)}: {other.value}" for other in figure.others]
        lines += [tr_text(figure.seal.sentence)] if figure.seal is not None else []
        return "\n".join(lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, 0, self.width(), 1, color("line"))
        if self._figure is None:
            return
        paint_head(painter, self._figure, self.width())
        if not self._figure.terms:
            paint_empty(painter, tr_text(self._figure.empty) if self._figure.empty else "", self.width())
            return
        paint_terms(painter, self._figure, self._places, self._hovered, self._focused())
        paint_others(painter, self._lead(), self._places)

    def resizeEvent(self, _event: QEvent) -> None:
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._lay_out()
        elif event.type() is QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._index_at(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or index is None:
            super().mousePressEvent(event)
            return
        self._current = [place.index for place in self._places.terms].index(index)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._focus_moved()
        self.term_chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.plain())
        elif key in STEPS and self._places.terms:
            self._current = min(max(self._current + STEPS[key], 0), len(self._places.terms) - 1)
            self._focus_moved()
        elif key in CHOOSING and self._places.terms:
            self.term_chosen.emit(self._places.terms[self._current].index)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        following = self._current + (1 if forward else -1)
        if 0 <= following < len(self._places.terms):
            self._current = following
            self._focus_moved()
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self._current = 0
        elif event.reason() is Qt.FocusReason.BacktabFocusReason:
            self._current = max(len(self._places.terms) - 1, 0)
        self._focus_moved()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            self._show_tip(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        """What is cut off or left out is found here."""
        index = self._index_at(QPointF(event.pos()))
        figure = self._figure
        words = ""
        if index is not None and figure is not None:
            words = _spoken(figure.terms[index])
        elif event.pos().y() > OTHERS_BASELINE - 14 or not self.is_whole():
            words = self.plain()
        QToolTip.showText(event.globalPos(), words, self)

    def _lay_out(self) -> None:
        figure = self._figure
        lead = width_of(self._lead(), "label") + 12
        self._places = layout_of(figure, self.width(), lead) if figure is not None else NOWHERE
        self._current = min(self._current, max(len(self._places.terms) - 1, 0))
        self._hovered = None
        self.setAccessibleName(self.plain())
        self._focus_moved()

    def _lead(self) -> str:
        return self.tr("Expected instead?")

    def _focused(self) -> int | None:
        return self._places.terms[self._current].index if self.hasFocus() and self._places.terms else None

    def _focus_moved(self) -> None:
        if self._figure is not None and self._places.terms:
            self.setAccessibleDescription(_spoken(self._figure.terms[self._places.terms[self._current].index]))
        self.update()

    def _index_at(self, at: QPointF) -> int | None:
        return next((place.index for place in self._places.terms if place.rect.contains(at)), None)

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.setCursor(Qt.CursorShape.ArrowCursor if index is None else Qt.CursorShape.PointingHandCursor)
            self.hinted.emit("" if index is None else self.tr("Click: select the rows that this is about"))
            self.update()


def _spoken(term: Term) -> str:
    joint = f"{term.joint} " if term.joint else ""
    return f"{joint}{term.symbol} = {term.value}: {tr_text(term.caption)}"
