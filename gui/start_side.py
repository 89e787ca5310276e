"""The right column of the start page: how data comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.files import READERS
from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.sign import Sign
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

WIDTH = 355
MARGIN = 24
SNIPPET = """\
import numpy as np

x = logits.detach().float().cpu()
np.savez(f"step_{step:06d}.npz",
    loss="cross_entropy",
    input=x.numpy(),
    target=y.cpu().numpy(),
    reported=float(loss))"""


@final
class StartSide(QFrame):
    """Drop zone, the lines for a training loop, and what happens to files.

    Signals:
        open_requested(): a file is to be chosen.
        keys_requested(): the map of keys is to be shown.
    """

    open_requested = Signal()
    keys_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setFixedWidth(WIDTH)
        self.zone = DropZone()
        self.zone.open_requested.connect(self.open_requested)
        self._loop = label("body-strong")
        self._code = label("mono", words=SNIPPET)
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._copy = QPushButton()
        self._copy.setFont(font("body"))
        self._copy.setIcon(icon("copy"))
        self._copy.clicked.connect(self._copy_snippet)
        self._plain = label("caption", "text3", wrap=True)
        self._keys = QPushButton(icon("keyboard", "accent"), "")
        self._keys.setProperty("link", "true")
        self._keys.setFont(font("body"))
        self._keys.clicked.connect(self.keys_requested)
        self._note = label("label", "text3", wrap=True)
        self._fill()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        column.setSpacing(8)
        column.addWidget(self.zone)
        column.addSpacing(16)
        column.addWidget(self._loop)
        column.addWidget(_boxed(self._code))
        column.addLayout(_line(self._copy, self._plain))
        column.addSpacing(16)
        column.addWidget(self._keys, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        column.addLayout(_line(Sign("lock", "text3", 16), self._note))

    def _retranslate(self) -> None:
        self._loop.setText(self.tr("From your training loop"))
        self._code.setAccessibleName(self.tr("Lines that save a batch from a training loop"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy the lines that save a batch"))
        self._plain.setText(self.tr("NumPy is all it needs; .float() takes bfloat16 along."))
        self._keys.setText(self.tr("Keyboard map"))
        self._note.setText(
            self.tr("Files are read on this machine only. Arrays are loaded, code in files is never run.")
        )

    def _copy_snippet(self) -> None:
        QGuiApplication.clipboard().setText(SNIPPET)


@final
class DropZone(QWidget):
    """Where a file may be dropped, and the button for those who would rather look for it.

    Signals:
        open_requested(): the button was pressed.
    """

    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = False
        self._title = label("body-strong")
        self._kinds = label("label", "text3", " ".join(sorted(READERS)))
        self._button = QPushButton()
        self._button.setProperty("primary", "true")
        self._button.setFont(font("body-strong"))
        self._button.clicked.connect(self.open_requested)
        self._key = label("caption", "text3", "Ctrl O")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 18, 16, 16)
        column.setSpacing(7)
        for part in (Sign("folder", "text2", 24), self._title, self._kinds, self._button, self._key):
            column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._retranslate()

    def set_wanted(self, wanted: bool) -> None:
        """Whether a file hovers over the page: the zone says that it would take it."""
        self._wanted = wanted
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(color("accent" if self._wanted else "ctl"), 2 if self._wanted else 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(color("soft" if self._wanted else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Drop a batch here"))
        self._button.setText(self.tr("Open a file"))


def _boxed(code: QLabel) -> QFrame:
    box = QFrame()
    box.setObjectName("card")
    inside = QHBoxLayout(box)
    inside.setContentsMargins(12, 10, 8, 10)
    inside.addWidget(code)
    return box


def _line(fixed: QWidget, wide: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(fixed, alignment=Qt.AlignmentFlag.AlignTop)
    line.addWidget(wide, stretch=1)
    return line
