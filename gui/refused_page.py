"""A file that could not be opened: what is wrong with it, where, and what to do."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import InputError
from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.icons import icon, paint_icon
from gui.kit.label import label
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QPaintEvent

WIDTH = 824
MARGIN = 48
SIGN = 40
INDENT = 14


@final
class RefusedPage(QWidget):
    """Shows why a file was not opened; never a box in the way, and nothing is lost by it.

    Signals:
        open_requested(): another file is to be chosen.
        closed(): back to what was there before.
    """

    open_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._error: InputError | None = None
        self._kept = ""
        self._title = _selectable(label("title", wrap=True))
        self._problem = _selectable(label("body", "text2", wrap=True))
        self._kept_words = label("body", "text2", wrap=True)
        self._where_head = label("body-strong")
        self._where = _selectable(label("mono", wrap=True))
        self._todo_head = label("body-strong")
        self._remedy = _selectable(label("body", wrap=True))
        self._open = _button("primary")
        self._open.clicked.connect(self.open_requested)
        self._close = _button("flat")
        self._close.clicked.connect(self.closed)
        self._copy = _button("flat")
        self._copy.setIcon(icon("copy"))
        self._copy.clicked.connect(self._copy_report)
        self._fill()

    def show_error(self, path: Path, error: InputError, kept: str = "") -> None:
        """Say what is wrong with the file at `path`; `kept` names what is still open."""
        self._path, self._error, self._kept = path, error, kept
        self._say()
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def report(self) -> str:
        """What to paste into a message: the file, the fault, and with what it was read."""
        if self._path is None or self._error is None:
            return ""
        return "\n".join(
            (
                f"file: {self._path.name}",
                f"field: {self._error.field}",
                f"problem: {self._error.problem}",
                f"remedy: {self._error.remedy}",
                f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.system()}",
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_requested.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        if self._path is None or self._error is None:
            return
        error, name = self._error, self._path.name
        self._title.setText(tr_text(say("refused", "{file} was not opened", file=name)))
        self._problem.setText(tr_text(error.problem))
        kept = say("refused", "{name} is still open, as before.", name=self._kept)
        self._kept_words.setText(tr_text(kept if self._kept else say("refused", "Nothing was changed.")))
        inside = error.field not in (name, str(self._path))
        self._where_head.setText(tr_text(say("refused", "Where")))
        self._where.setText(error.field)
        for part in (self._where_head, self._where):
            part.setVisible(inside)
        self._todo_head.setText(tr_text(say("refused", "What to do")))
        self._remedy.setText(tr_text(error.remedy))
        self._open.setText(tr_text(say("refused", "Choose another file")))
        close = say("refused", "Keep {name}", name=self._kept) if self._kept else say("refused", "Close")
        self._close.setText(tr_text(close))
        self._copy.setText(tr_text(say("refused", "Copy report")))
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(f"{self._problem.text()} {self._remedy.text()}")

    def _fill(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._title)
        words.addWidget(self._problem)
        words.addWidget(self._kept_words)
        head = QHBoxLayout()
        head.setSpacing(INDENT)
        head.addWidget(_Octagon(), alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, stretch=1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(head)
        column.addSpacing(16)
        column.addWidget(self._where_head)
        column.addWidget(self._where)
        column.addSpacing(12)
        column.addWidget(self._todo_head)
        column.addWidget(_hairline())
        column.addSpacing(4)
        column.addWidget(self._remedy)
        column.addSpacing(4)
        column.addWidget(_hairline())
        column.addSpacing(8)
        column.addLayout(_line(self._open, self._close, self._copy))
        column.addStretch()
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        inside.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 30, MARGIN, 30)
        row.addWidget(inside, stretch=1)
        row.addStretch()

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self.report())


@final
class _Octagon(QWidget):
    """The sign of an error on its soft disc."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SIGN, SIGN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("errsoft"))
        painter.drawEllipse(self.rect())
        paint_icon(painter, "error", QRectF(10, 10, 20, 20), "err")


def _selectable(words: QLabel) -> QLabel:
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return words


def _button(kind: str) -> QPushButton:
    made = QPushButton()
    made.setProperty(kind, "true")
    made.setFont(font("body-strong" if kind == "primary" else "body"))
    made.setAutoDefault(True)
    return made


def _hairline() -> QFrame:
    line = QFrame()
    line.setObjectName("hairline")
    return line


def _line(first: QWidget, second: QWidget, last: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(first)
    line.addWidget(second)
    line.addStretch()
    line.addWidget(last)
    return line
