"""What the columns of a table are, before it is opened: the guess, to be corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.files.csv_columns import ROLES, Columns, Role, problem_of
from core.text import Text, say
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.style_sheet import restyle
from gui.kit.theme import font

if TYPE_CHECKING:
    from core.files.csv_table import Table

SHOWN = 12  # rows of the table
WORDS: dict[Role, Text] = {
    "input": say("columns", "input"),
    "target": say("columns", "target"),
    "id": say("columns", "id"),
    "none": say("columns", "left out"),
}


@final
class ColumnsDialog(QDialog):
    """A role for each column over its first cells; the sentence says what will be read.

    Signals:
        chosen(Columns): the user accepted.
    """

    chosen = Signal(object)

    def __init__(self, table: Table, columns: Columns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._columns = columns
        self.help = label("body", "text2", wrap=True)
        self.sentence = label("label-strong", "text", wrap=True)
        self.table = QTableWidget(1 + min(len(table.rows), SHOWN), len(columns.names))
        self.roles = [QComboBox() for _ in columns.names]
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        for button in self.buttons.buttons():
            button.setIcon(QIcon())  # a style's own, unlike any other here
        self._fill(table)
        self._lay_out()
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._retranslate()
        self.resize(760, 460)
        self.roles[0].setFocus()

    @property
    def columns(self) -> Columns:
        """The roles as they are chosen now."""
        return self._columns

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose(self) -> None:
        roles: tuple[Role, ...] = tuple(ROLES[chooser.currentIndex()] for chooser in self.roles)
        self._columns = Columns(self._columns.names, roles)
        self._say()

    def _accept(self) -> None:
        self.chosen.emit(self._columns)
        self.accept()

    def _say(self) -> None:
        problem = problem_of(self._columns)
        self.sentence.setText(tr_text(problem or self._columns.sentence))
        self.sentence.setProperty("role", "err" if problem else "text")
        restyle(self.sentence)
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(problem is None)

    def _fill(self, table: Table) -> None:
        self.table.setHorizontalHeaderLabels(list(self._columns.names))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setFont(font("label"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, chooser in enumerate(self.roles):
            chooser.addItems([""] * len(ROLES))
            chooser.setCurrentIndex(ROLES.index(self._columns.roles[place]))
            chooser.currentIndexChanged.connect(self._choose)
            self.table.setCellWidget(0, place, chooser)
            for number, row in enumerate(table.rows[:SHOWN], start=1):
                self.table.setItem(number, place, QTableWidgetItem(row[place]))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for part in (self.help, self.table, self.sentence, self.buttons):
            column.addWidget(part)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Columns of the table"))
        self.help.setText(self.tr("What each column is was guessed by its name and its values. Correct what is wrong."))
        for name, chooser in zip(self._columns.names, self.roles, strict=True):
            chooser.setAccessibleName(self.tr("Role of {0}").format(name))
            for place, role in enumerate(ROLES):
                chooser.setItemText(place, tr_text(WORDS[role]))
        self._say()
