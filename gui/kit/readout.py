"""The read-outs of the status bar: a name and its value in the colour of its role."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.text import Text
from gui.kit.i18n import tr_text
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HEIGHT = 27
EDGE = 12
NOTHING = "–"


@final
class Readout(QWidget):
    """`name` may be None (dtype, milliseconds). A hairline stands right of it."""

    def __init__(self, name: Text | None = None, role: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._value = NOTHING
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_value(NOTHING)

    def show_value(self, value: str, role: str | None = None) -> None:
        """Show a number already written; `role` if its colour changed ("err" for inf and nan)."""
        self._value = value or NOTHING
        self._role = role or self._role
        self.setAccessibleName(f"{self._words()} {self._value}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._name_width() + self._value_width()) + 2 * EDGE + 1, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font("label"))
        painter.setPen(color("text2"))
        left = float(EDGE)
        painter.drawText(QRectF(left, 0, self._name_width(), HEIGHT), vertical, self._words())
        painter.setFont(self._value_font())
        painter.setPen(color("text3" if self._value == NOTHING else self._role))
        painter.drawText(QRectF(left + self._name_width(), 0, self._value_width() + 2, HEIGHT), vertical, self._value)
        painter.fillRect(self.width() - 1, 7, 1, HEIGHT - 14, color("line2"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def _words(self) -> str:
        return tr_text(self._name) if self._name else ""

    def _name_width(self) -> float:
        return QFontMetricsF(font("label")).horizontalAdvance(self._words()) + 4 if self._name else 0.0

    def _value_width(self) -> float:
        return QFontMetricsF(self._value_font()).horizontalAdvance(self._value)

    def _value_font(self):
        return font("label-strong" if self._name else "label")
