"""The card of a cell: its recurrence with the actual numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.kit.i18n import tr_text
from gui.kit.icons import paint_icon
from gui.kit.node_card_place import SHADOW
from gui.kit.plot_text import width_of
from gui.kit.theme import color, font
from gui.kit.wrapped import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from gui.kit.node_card_figure import CardLine, NodeCard

WIDTH = 276
PADDING = 12.0
ROW, TITLE, REASON = 18.5, 25.0, 15.0
SIGN, NAME, SHARE = 22.0, 62.0, 46.0  # widths of the columns before the place, and of the last one
MOST_REASON_LINES = 3
PIN = 14.0


@final
class NodeCardWidget(QWidget):
    """Lies over its parent; unless it is pinned the mouse passes through it.

    Signals:
        closed(): its pin was pressed.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._card: NodeCard | None = None
        self._pinned = False
        self._flat = False
        self.hide()

    @property
    def card(self) -> NodeCard | None:
        """What is shown, or was."""
        return self._card

    def show_card(self, card: NodeCard, *, pinned: bool, flat: bool = False) -> None:
        """Show a cell; `flat` for a card that has a place of its own and floats over nothing."""
        self._card, self._pinned, self._flat = card, pinned, flat
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not pinned)
        self.setAccessibleName(tr_text(card.spoken))
        self.resize(self.size_for(card))
        self.show()
        self.update()

    @staticmethod
    def size_for(card: NodeCard) -> QSize:
        """How large the card of a cell is."""
        lines = sum(len(_reason_lines(line)) for line in card.moves)
        rows = len(card.moves) + len(card.sums)
        height = TITLE + rows * ROW + lines * REASON + len(card.checks) * (ROW - 2) + 2 * PADDING + 8
        return QSize(WIDTH, round(height + 2 * SHADOW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._card is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        if not self._flat:
            _paint_box(painter, box)
        inside = box.adjusted(PADDING, PADDING - 2, -PADDING, -PADDING + 2)
        y = self._paint_title(painter, inside)
        for line in self._card.moves:
            y = _paint_line(painter, inside, y, line)
        for place, line in enumerate(self._card.sums):
            if place == 0 or line.is_result:
                painter.setPen(QPen(color("line" if line.is_result else "grid"), 1))
                painter.drawLine(QPointF(inside.left(), y + 0.5), QPointF(inside.right(), y + 0.5))
            y = _paint_line(painter, inside, y, line)
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        for words in self._card.checks:
            rect = QRectF(inside.left(), y + 3, inside.width(), ROW - 2)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tr_text(words))
            y += ROW - 2

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._pin_rect().adjusted(-6, -6, 6, 6).contains(event.position()):
            self.closed.emit()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _pin_rect(self) -> QRectF:
        return QRectF(self.width() - SHADOW - PADDING - PIN, SHADOW + PADDING + 1, PIN, PIN)

    def _paint_title(self, painter: QPainter, inside: QRectF) -> float:
        card = self._card
        assert card is not None
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("body-strong"))
        painter.setPen(color("text"))
        row = QRectF(inside.left(), inside.top(), inside.width(), TITLE - 4)
        painter.drawText(row, vertical, card.title)
        x = inside.left() + width_of(card.title, "body-strong") + 8
        chip = QRectF(x, row.center().y() - 9, max(width_of(card.symbol, "label-strong") + 12, 18), 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("soft"))
        painter.drawRoundedRect(chip, 9, 9)
        painter.setPen(color("accent"))
        painter.setFont(font("label-strong"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, card.symbol)
        painter.setPen(color("text3"))
        painter.setFont(font("label"))
        painter.drawText(row.adjusted(chip.right() + 8 - row.left(), 0, 0, 0), vertical, tr_text(card.caption))
        paint_icon(painter, "pin", self._pin_rect(), "accent" if self._pinned else "text3")
        return inside.top() + TITLE


def _paint_box(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for grown in range(int(SHADOW), 0, -1):
        painter.setBrush(QColor(0, 0, 0, 5))
        painter.drawRoundedRect(box.adjusted(-grown, -grown + 2, grown, grown), 8 + grown, 8 + grown)
    painter.setPen(QPen(color("line2"), 1))
    painter.setBrush(color("raised"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def _paint_line(painter: QPainter, inside: QRectF, y: float, line: CardLine) -> float:
    """One line, struck out if its move is refused; where the next one begins."""
    row = QRectF(inside.left(), y, inside.width(), ROW)
    vertical, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    hue = "err" if line.refused else "accent" if line.reason is None and line.place else "text3"
    painter.setPen(color(hue))
    painter.setFont(font("label"))
    painter.drawText(row, vertical, line.sign)
    face = QFont(font("label-strong" if line.is_result else "label"))
    painter.setPen(color("err" if line.refused else "text" if line.is_result else "text2"))
    name = row.adjusted(SIGN, 0, 0, 0)
    painter.setFont(face)
    painter.drawText(name, vertical, tr_text(line.name))
    face.setStrikeOut(line.refused)
    painter.setFont(face)
    painter.drawText(row.adjusted(SIGN + NAME, 0, 0, 0), vertical, line.place)
    if line.share:
        painter.setPen(color("text3"))
        painter.drawText(row, right, line.share)
    painter.setFont(font("label-strong"))
    painter.setPen(color("accent" if line.is_result else "text"))
    if line.value in ("nan", "inf"):
        painter.setPen(color("err"))
    painter.drawText(row.adjusted(0, 0, -SHARE - 4, 0), right, line.value)
    y += ROW
    painter.setFont(font("caption"))
    painter.setPen(color("err" if line.refused else "text3"))
    for words in _reason_lines(line):
        painter.drawText(QRectF(inside.left() + SIGN, y - 2, inside.width() - SIGN, REASON), vertical, words)
        y += REASON
    return y


def _reason_lines(line: CardLine) -> tuple[str, ...]:
    if line.reason is None:
        return ()
    width = round(WIDTH - 2 * (SHADOW + PADDING) - SIGN)
    return wrapped(tr_text(line.reason), "caption", width, MOST_REASON_LINES)
