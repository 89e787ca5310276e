"""Sections of the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.text import Text
from gui.kit.i18n import tr_text
from gui.kit.icons import paint_icon
from gui.kit.label import label
from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

PADDING = 16
BLEED = 8


@final
class Section(QFrame):
    """A titled part of a side pane, with a hairline under it; a click on the title folds it.

    Signals:
        folded(bool): the user folded or unfolded it.
    """

    folded = Signal(bool)

    def __init__(self, title: Text, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header = _Header(title, caption)
        self._header.clicked.connect(self._fold)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(PADDING - BLEED, 0, PADDING, 0)
        self._column.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 16)
        column.setSpacing(4)
        column.addWidget(self._header)
        column.addWidget(self._body)

    def add(self, widget: QWidget) -> None:
        """Put a widget under the others, its left edge under the title's."""
        line = QHBoxLayout()
        line.setContentsMargins(BLEED, 0, 0, 0)
        line.addWidget(widget)
        self._column.addLayout(line)

    def add_form(self, form: QWidget) -> None:
        """Like `add`, for a form: its dots stand left of the title's edge, its labels under it."""
        self._column.addWidget(form)

    def add_badge(self, badge: QWidget) -> None:
        """Put a small widget at the right of the title."""
        self._header.line.addWidget(badge)
        badge.show()

    def show_title(self, title: Text, caption: str = "") -> None:
        """Change the words of the header."""
        self._header.show_words(title, caption)

    def fold(self, folded: bool) -> None:
        """Show only the title, or all."""
        self._body.setVisible(not folded)
        self._header.show_folded(folded)

    def _fold(self) -> None:
        folded = not self._body.isHidden()
        self.fold(folded)
        self.folded.emit(folded)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, color("line"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)


@final
class _Header(QWidget):
    clicked = Signal()

    def __init__(self, title: Text, caption: str) -> None:
        super().__init__()
        self._words = title
        self._folded = False
        self._title = label("section")
        self._caption = label("caption", "text3")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(PADDING, 0, PADDING, 0)
        self.line.setSpacing(6)
        self.line.addWidget(self._title)
        self.line.addStretch(1)
        self.line.addWidget(self._caption)
        self.setFixedHeight(24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_words(title, caption)

    def show_words(self, title: Text, caption: str) -> None:
        self._words = title
        self._title.setText(tr_text(title))
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self.setAccessibleName(self._title.text())

    def show_folded(self, folded: bool) -> None:
        self._folded = folded
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.show_words(self._words, self._caption.text())
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(4, 4, 3, self.height() - 8, color("accent"))
        if self._folded or self.underMouse():
            name = "chevr" if self._folded else "chev"
            paint_icon(painter, name, QRectF(2, self.height() / 2 - 6, 12, 12), "text3")

    def enterEvent(self, _event: QEvent) -> None:
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self.update()
