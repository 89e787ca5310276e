"""The left rail: the workspaces there are, and the key map at its foot."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from gui.kit.icons import icon, paint_icon
from gui.kit.theme import color, font

WIDTH = 64
LOGO = 32


@final
class Rail(QFrame):
    """Signals: keys_requested(), home_requested() (the logo: back to the start page)."""

    keys_requested = Signal()
    home_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 8)
        column.setSpacing(2)
        self.home = _Logo(self)
        self.home.clicked.connect(self.home_requested)
        column.addWidget(self.home, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(2)
        self.explore, self.batch, self.ctc = _rail_button("explore"), _rail_button("batch"), _rail_button("ctc")
        for button in (self.explore, self.batch, self.ctc):
            button.setCheckable(True)
            column.addWidget(button)
        column.addStretch()
        self.keys = _rail_button("keyboard")
        self.keys.clicked.connect(self.keys_requested)
        column.addWidget(self.keys)
        self._retranslate()

    def show_workspace(self, name: str) -> None:
        """Mark the workspace in front; "" for none."""
        self.explore.setChecked(name == "explore")
        self.batch.setChecked(name == "batch")
        self.ctc.setChecked(name == "ctc")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.explore.setText(self.tr("Explore"))
        self.explore.setToolTip(self.tr("Explore: touch one element, one row, one frame (Ctrl+1)"))
        self.batch.setText(self.tr("Batch"))
        self.batch.setToolTip(self.tr("Batch: every row of the loss, where it comes from, what is wrong (Ctrl+2)"))
        self.ctc.setText(self.tr("CTC"))
        self.ctc.setToolTip(self.tr("CTC: the lattice of all alignments (Ctrl+4)"))
        self.home.setToolTip(self.tr("Start page: samples and sketches (Ctrl+Home)"))
        self.home.setAccessibleName(self.tr("Start page"))
        self.keys.setText(self.tr("Keys"))
        self.keys.setToolTip(self.tr("Key map (?)"))


@final
class _Logo(QToolButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(56, 40))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRectF(0, 0, LOGO, LOGO)
        place.moveCenter(self.rect().toRectF().center())
        paint_icon(painter, "logo", place, "accent")
        if self.hasFocus():
            painter.setPen(color("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _rail_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(20, 20))
    button.setFont(font("tick"))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    return button
