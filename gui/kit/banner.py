"""A line at the top of a pane: what is wrong or new there, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from core.text import Text, say
from gui.kit.i18n import tr_text
from gui.kit.icons import icon, paint_icon
from gui.kit.label import label
from gui.kit.style_sheet import restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

Kind = Literal["err", "warn", "info", "ok"]
ICON = 16
_ICONS = {"err": ("error", "err"), "warn": ("warn", "warn"), "info": ("info", "accent"), "ok": ("check", "ok")}


@final
class Banner(QFrame):
    """Hidden until it has something to say; the cross or Esc closes it.

    Signals:
        acted(): the button was pressed.
        closed(): the user closed it.
    """

    acted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = "info"
        self._text: Text | None = None
        self._action: Text | None = None
        self.words = label("label", "text2", wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.clicked.connect(self.acted)
        self.cross = QToolButton()
        self.cross.setIcon(icon("x"))
        self.cross.clicked.connect(self._close)
        line = QHBoxLayout(self)
        line.setContentsMargins(40, 4, 8, 4)
        line.setSpacing(8)
        for widget in (self.words, self.button, self.cross):
            line.addWidget(widget)
        self.hide()

    def tell(self, kind: Kind, text: Text, action: Text | None = None) -> None:
        """Show a sentence, with a button if there is something to do at once."""
        self._kind, self._text, self._action = kind, text, action
        self.setProperty("tint", kind)
        restyle(self)
        self._retranslate()
        self.show()

    def clear(self) -> None:
        """Have nothing to say."""
        self._text = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        name, role = _ICONS[self._kind]
        paint_icon(QPainter(self), name, QRectF(16, (self.height() - ICON) / 2, ICON, ICON), role)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange and self._text:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        assert self._text is not None
        self.words.setText(tr_text(self._text))
        self.button.setText(tr_text(self._action) if self._action else "")
        self.button.setVisible(self._action is not None)
        self.cross.setAccessibleName(tr_text(say("kit", "Close")))
        self.cross.setToolTip(self.cross.accessibleName())
        self.setAccessibleName(self.words.text())

    def _close(self) -> None:
        self.clear()
        self.closed.emit()
