"""The button that names the loss, and finds another."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.icons import paint_icon
from gui.kit.loss_popup import LossPopup, Thumbnail
from gui.kit.loss_search import LossEntry
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

SIZE = QSize(250, 32)
KEY = "Ctrl K"


@final
class LossSelector(QAbstractButton):
    """Shows the present loss; a click, Enter, Down or `open` (for Ctrl+K) drops the list.

    Signals:
        chosen(str): the class name of a loss, also when it is the present one.
    """

    chosen = Signal(str)

    def __init__(self, thumbnail: Thumbnail | None = None, parent: QWidget | None = None) -> None:
        """`thumbnail` draws a loss's curve, 40 x 24 px, in the colours of the theme in force."""
        super().__init__(parent)
        self._name = ""
        self.popup = LossPopup(thumbnail, self)
        self.popup.chosen.connect(self.chosen)
        self.clicked.connect(self.open)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell()

    def show_losses(self, entries: tuple[LossEntry, ...]) -> None:
        """Offer these; `loss_search.entries_of(LOSSES)` makes them."""
        self.popup.show_entries(entries)

    def show_name(self, name: str) -> None:
        """Show the loss in force, "" for none yet."""
        if name == self._name:
            return
        self._name = name
        self._tell()
        self.update()

    def open(self) -> None:
        """Drop the list, its search field ready to type in."""
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self.popup.show()
        self.popup.select(self._name)

    def sizeHint(self) -> QSize:
        return SIZE

    def minimumSizeHint(self) -> QSize:
        return QSize(150, SIZE.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(color("accent" if focused else "line2"), 2 if focused else 1))
        painter.setBrush(color("hover" if self.underMouse() else "surface"))
        inset = 1 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        middle = self.height() / 2
        paint_icon(painter, "search", QRectF(10, middle - 8, 16, 16))
        key_left = self._paint_key(painter, self.width() - 32.0)
        paint_icon(painter, "chev", QRectF(self.width() - 24, middle - 7, 14, 14), "text3")
        self._paint_name(painter, key_left - 40)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._tell()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _paint_key(self, painter: QPainter, right: float) -> float:
        painter.setFont(font("tick"))
        width = QFontMetricsF(font("tick")).horizontalAdvance(KEY) + 10
        cap = QRectF(right - width, self.height() / 2 - 8.5, width, 17)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(color("text3"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, KEY)
        return cap.left()

    def _paint_name(self, painter: QPainter, room: float) -> None:
        painter.setFont(font("body-strong" if self._name else "body"))
        painter.setPen(color("text" if self._name else "text3"))
        words = self._name or tr_text(say("kit", "Find a loss"))
        words = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(34, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, words)

    def _tell(self) -> None:
        found = say("kit", "loss: {name}", name=self._name) if self._name else say("kit", "Find a loss")
        self.setAccessibleName(tr_text(found))
