"""What is selected, in words; and whether nothing else is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.kit.elided_label import ElidedLabel
from gui.kit.i18n import tr_text
from gui.kit.theme import font
from gui.workspaces.batch import edits

if TYPE_CHECKING:
    from core.text import Text


@final
class SelectionView(QWidget):
    """Signals: state_edited(Edit[BatchState])."""

    state_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel("label", "accent")
        self.only = QPushButton()
        self.only.setCheckable(True)
        self.only.setProperty("pill", "true")
        self.only.setFont(font("label"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.words)
        line.addWidget(self.only)
        self.only.clicked.connect(self._choose)
        self._retranslate()

    def show_selection(self, words: Text | None, *, only: bool) -> None:
        """Show how much is selected, None for nothing; `only`: whether the rest is left out of the list."""
        self.setVisible(words is not None)
        self.words.show_words("" if words is None else tr_text(words))
        self.only.setChecked(only)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose(self, checked: bool) -> None:
        self.state_edited.emit(edits.list_only_selected(checked))

    def _retranslate(self) -> None:
        self.only.setText(self.tr("only these"))
        self.only.setToolTip(self.tr("List the selected rows alone (O)"))
