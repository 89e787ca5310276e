"""What every painted plot does alike under mouse, keys and a change of colours or words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent


class PlotWidget(QWidget):
    """Follows the mouse, takes the keys, shows whether it has them, and is painted anew in another theme or language.

    Signals:
        hinted(str): what the object under the mouse does; "" as the mouse leaves.
    """

    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 140)

    def refresh(self) -> None:
        """Paint in the colours and say in the words that are in force now."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.hinted.emit("")
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.refresh()
        super().changeEvent(event)
