"""Typing the counts of the classes, beside the weights that they give."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.counts import parse_counts
from core.errors import InputError
from gui.kit.field_row import why
from gui.kit.label import label
from gui.kit.style_sheet import restyle
from gui.kit.theme import font

WIDTH = 268


@final
class CountsPopup(QFrame):
    """A field under the mouse; Enter takes the counts, Esc closes it.

    Signals:
        counted(ndarray): (C,) the counts typed.
    """

    counted = Signal(object)

    def __init__(self, class_count: int, present: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self._class_count = class_count
        caption = QLabel(self.tr("Samples of each of the {0} classes, such as 87, 65, 51").format(class_count))
        caption.setWordWrap(True)
        caption.setFont(font("caption"))
        self.field = QLineEdit(present)
        self.field.setAccessibleName(caption.text())
        self.field.returnPressed.connect(self._take)
        self.reason = label("caption", "err", wrap=True)
        self.reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        for part in (caption, self.field, self.reason):
            column.addWidget(part)
        self.field.selectAll()
        self.field.setFocus()

    def _take(self) -> None:
        try:
            counts = parse_counts(self.field.text(), self._class_count)
        except InputError as error:
            self.reason.setText(why(error.problem, error.remedy))
            self.reason.show()
            self.field.setProperty("refused", "true")
            restyle(self.field)
            self.adjustSize()
            return
        self.counted.emit(counts)
        self.close()
