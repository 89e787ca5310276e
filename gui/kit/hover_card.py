"""A card beside the mouse: a title and rows of numbers, never under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.text import Text
from gui.kit.figures import ReadOutRow
from gui.kit.i18n import tr_text
from gui.kit.plot_labels import draw_text
from gui.kit.plot_lines import line_pen
from gui.kit.plot_text import width_of
from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from gui.kit.figures import ReadOut

PADDING, ROW, SHADOW, AWAY = 11.0, 18.0, 6.0, 16.0
MARK, COLUMN_GAP = 26.0, 14.0


@final
class HoverCard(QWidget):
    """Lies over its parent and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        self._role = "text"
        self._rows: tuple[ReadOutRow, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._columns: tuple[float, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_hint(self, title: str, role: str, hint: str, near: QPointF) -> None:
        """A claim in the hue of its object, and one line of what can be done with it."""
        self._fill(title, role, (), (ReadOutRow("", hint, ()),), near)

    def show_read_out(self, read_out: ReadOut, near: QPointF) -> None:
        """What the curves say."""
        self._fill(read_out.title, "text", tuple(tr_text(head) for head in read_out.heads), read_out.rows, near)

    def _fill(self, title: str, role: str, heads: tuple[str, ...], rows: tuple[ReadOutRow, ...], near: QPointF) -> None:
        self._title, self._role, self._heads, self._rows = title, role, heads, rows
        self._columns = self._measured()
        width = max(width_of(title, "label-strong"), sum(self._columns)) + 2 * (PADDING + SHADOW)
        height = ROW * (1 + len(rows)) + 2 * (PADDING - 2 + SHADOW)
        self.resize(QSize(round(width), round(height)))
        self._stand_clear(near)
        self.show()
        self.raise_()
        self.update()

    def _measured(self) -> tuple[float, ...]:
        names = max((self._indent(row) + width_of(_words(row), "label") for row in self._rows), default=0.0)
        columns = zip(*(row.texts for row in self._rows), strict=True)
        widths = (max(width_of(text, "label") for text in column) for column in columns)
        pairs = zip((width_of(head, "label") for head in self._heads), widths, strict=True)
        return (names, *(max(pair) + COLUMN_GAP for pair in pairs))

    def _indent(self, row: ReadOutRow) -> float:
        return MARK if row.role else 0.0

    def _stand_clear(self, near: QPointF) -> None:
        """Right below the cursor, or on the side where there is room."""
        parent = self.parentWidget()
        assert parent is not None
        x, y = near.x() + AWAY - SHADOW, near.y() + AWAY - SHADOW
        if x + self.width() > parent.width():
            x = near.x() - AWAY - self.width() + SHADOW
        if y + self.height() > parent.height():
            y = near.y() - AWAY - self.height() + SHADOW
        self.move(round(max(x, 0)), round(max(y, 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for grown in range(int(SHADOW), 0, -1):
            shade = QColor(0, 0, 0, 5)
            painter.setBrush(shade)
            painter.drawRoundedRect(box.adjusted(-grown, -grown + 2, grown, grown), 8 + grown, 8 + grown)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(color("raised"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        self._paint_rows(painter, box)

    def _paint_rows(self, painter: QPainter, box: QRectF) -> None:
        left, y = box.left() + PADDING, box.top() + PADDING + 7
        draw_text(painter, QPointF(left, y), self._title, self._role, "label-strong")
        right = left + (self._columns[0] if self._columns else 0)
        for head, width in zip(self._heads, self._columns[1:], strict=False):
            right += width
            draw_text(painter, QPointF(right, y), head, "text3", "label", "right")
        for row in self._rows:
            y += ROW
            if row.role in ("loss", "p1", "p2", "p3"):
                painter.setPen(line_pen(row.role))
                painter.drawLine(QPointF(left, y), QPointF(left + MARK - 8, y))
            draw_text(painter, QPointF(left + self._indent(row), y), _words(row), "text2", "label")
            right = left + self._columns[0]
            for text, width in zip(row.texts, self._columns[1:], strict=False):
                right += width
                hue = "err" if text.lstrip("+\u2212") in ("inf", "nan") else "text"
                draw_text(painter, QPointF(right, y), text, hue, "label", "right")


def _words(row: ReadOutRow) -> str:
    return tr_text(row.name) if isinstance(row.name, Text) else row.name
