"""A few numbers with their names, one under another."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.style_sheet import restyle

if TYPE_CHECKING:
    from gui.kit.number_row import NumberRow


@final
class NumberTable(QWidget):
    """Shows NumberRows: names left, numbers right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[NumberRow, ...] = ()
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)

    def show_rows(self, rows: tuple[NumberRow, ...]) -> None:
        """Show these, top to bottom."""
        self._rows = rows
        while len(self._labels) < len(rows):
            self._add()
        for index, (name, value) in enumerate(self._labels):
            name.setVisible(index < len(rows))
            value.setVisible(index < len(rows))
        for (name, value), row in zip(self._labels, rows, strict=False):
            name.setText(tr_text(row.name))
            value.setText(row.value)
            name.setToolTip(tr_text(row.tip) if row.tip else "")
            if value.property("role") != row.role:
                value.setProperty("role", row.role)
                restyle(value)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_rows(self._rows)
        super().changeEvent(event)

    def _add(self) -> None:
        name, value = label("label", "text2", wrap=True), label("label-strong")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._labels)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        self._labels.append((name, value))
