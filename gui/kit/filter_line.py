"""The line in which an expression over the columns is typed, with a cross while one is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.kit.filter_words import WordCompleter
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.style_sheet import restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from core.errors import InputError

WIDTH = 300


@final
class FilterLine(QWidget):
    """What is typed counts on Enter; Esc leaves what is in force; / comes here from anywhere in the window.

    Signals:
        filter_chosen(str): an expression; "" when the cross was pressed or the line emptied.
        left(): Esc; the owner takes the focus.
    """

    filter_chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expression = ""
        self._error: InputError | None = None
        self.edit = _Edit(self)
        self.edit.setMinimumWidth(WIDTH)
        self.edit.addAction(icon("filter"), QLineEdit.ActionPosition.LeadingPosition)
        self.cross = self.edit.addAction(icon("x"), QLineEdit.ActionPosition.TrailingPosition)
        self.cross.setVisible(False)
        self.cross.triggered.connect(self._clear)
        self._names = QStringListModel(self)
        self.edit.setCompleter(WordCompleter(self._names, self.edit))
        self.refusal = label("caption", "err", wrap=True)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.edit)
        column.addWidget(self.refusal)
        self.edit.returnPressed.connect(self._choose)
        self.edit.textEdited.connect(self._take_back_refusal)
        self.edit.escaped.connect(self._leave)
        QShortcut(QKeySequence("/"), self).activated.connect(self.focus_line)
        self._translate()

    def show_filter(self, expression: str) -> None:
        """Show what is in force, "" for no filter; what was being typed is lost."""
        self._error = None
        self._show_refusal()
        self.edit.setText(expression)
        self._expression = expression
        self.cross.setVisible(bool(expression))

    def show_names(self, names: Sequence[str]) -> None:
        """What the line proposes while a word is typed."""
        self._names.setStringList(list(names))

    def show_refusal(self, error: InputError) -> None:
        """Say at the field why what was typed is not taken; it stays there to be mended."""
        self._error = error
        self._show_refusal()

    def focus_line(self) -> None:
        """Go to the line and mark all of it."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
            self._show_refusal()

    def _choose(self) -> None:
        self.filter_chosen.emit(self.edit.text().strip())

    def _clear(self) -> None:
        self.filter_chosen.emit("")

    def _leave(self) -> None:
        self.show_filter(self._expression)
        self.left.emit()

    def _take_back_refusal(self) -> None:
        self._error = None
        self._show_refusal()

    def _show_refusal(self) -> None:
        error = self._error
        words = "" if error is None else f"{tr_text(error.problem)} {tr_text(error.remedy)}"
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))
        self.edit.setAccessibleDescription(words)
        refused = "true" if words else "false"
        if self.edit.property("refused") != refused:
            self.edit.setProperty("refused", refused)
            restyle(self.edit)

    def _translate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Filter, e.g. loss > 2 and target == 3"))
        self.edit.setAccessibleName(self.tr("Filter"))
        self.cross.setToolTip(self.tr("Take the filter away"))


@final
class _Edit(QLineEdit):
    """A line that tells of Esc and keeps Enter to itself.

    Signals:
        escaped(): Esc.
    """

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
