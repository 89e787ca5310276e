"""A pane without a picture: the sentence in the middle, and the button under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.kit.i18n import tr_text
from gui.kit.label import label

if TYPE_CHECKING:
    from gui.kit.empty_state import EmptyState

WIDTH = 520


@final
class EmptyPanel(QWidget):
    """Signals: pressed()."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: EmptyState | None = None
        self._sentence = label("body-strong", wrap=True)
        self._remedy = label("body", "text2", wrap=True)
        self.button = QPushButton()
        self.button.setProperty("primary", "true")
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for words in (self._sentence, self._remedy):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words.setFixedWidth(WIDTH)
            column.addWidget(words, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_state(self, state: EmptyState) -> None:
        """Show these sentences."""
        self._state = state
        self._sentence.setText(tr_text(state.sentence))
        self._remedy.setText(tr_text(state.remedy))
        for words in (self._sentence, self._remedy):
            # Qt does not ask an aligned label for its height at a width.
            words.setFixedHeight(words.heightForWidth(WIDTH))
        self.button.setVisible(state.button is not None)
        if state.button is not None:
            self.button.setText(tr_text(state.button))
        self.setAccessibleName(f"{self._sentence.text()} {self._remedy.text()}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._state is not None:
            self.show_state(self._state)
        super().changeEvent(event)
