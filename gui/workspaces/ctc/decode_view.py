"""What is read without knowing the target, beside it; and alignments drawn from the posterior."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.text import Text, say
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.number_table import NumberTable
from gui.kit.panel import Section
from gui.kit.theme import font
from gui.workspaces.ctc import reading_edits
from gui.workspaces.ctc.present_decode import drawn_caption

if TYPE_CHECKING:
    from core.ctc.lattice import Lattice
    from gui.workspaces.ctc.present_decode import DecodeModel


@final
class DecodeView(QWidget):
    """Signals: state_edited(Edit[CTCState])."""

    state_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: DecodeModel | None = None
        self._drawn: Text | None = None
        self.rows = NumberTable()
        self.caption, self.drawn = label("caption", "text3", wrap=True), label("caption", "text3", wrap=True)
        self.draw_one, self.clear = QPushButton(), QPushButton()
        self._lay_out()
        self.draw_one.clicked.connect(self._draw_one)
        self.clear.clicked.connect(self._clear)
        self._retranslate()

    def show_model(self, model: DecodeModel) -> None:
        """Show what was read."""
        self._model = model
        self.rows.show_rows(model.rows)
        self.caption.setText(tr_text(model.caption))

    def show_drawn(self, lattice: Lattice, count: int) -> None:
        """Show how many alignments were drawn, and what they hold together."""
        self._drawn = drawn_caption(lattice, count)
        self.drawn.setText(tr_text(self._drawn))
        self.draw_one.setEnabled(lattice.best_path.size > 0 and count < reading_edits.MOST_SAMPLED)
        self.clear.setEnabled(count > 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _draw_one(self) -> None:
        self.state_edited.emit(reading_edits.draw_path())

    def _clear(self) -> None:
        self.state_edited.emit(reading_edits.clear_paths())

    def _lay_out(self) -> None:
        section = Section(say("ctc", "Decoded"))
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for button in (self.draw_one, self.clear):
            button.setProperty("pill", "true")
            button.setFont(font("label"))
            line.addWidget(button)
        line.addStretch(1)
        buttons = QWidget()
        buttons.setLayout(line)
        for part in (self.rows, self.caption, self.drawn, buttons):
            section.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)

    def _retranslate(self) -> None:
        self.draw_one.setText(self.tr("Draw an alignment"))
        self.draw_one.setToolTip(self.tr("One more alignment, drawn as often as it is likely (P)"))
        self.clear.setText(self.tr("Clear"))
        self.clear.setToolTip(self.tr("Show none of the alignments drawn (Shift+P)"))
        if self._model is not None:
            self.show_model(self._model)
        if self._drawn is not None:
            self.drawn.setText(tr_text(self._drawn))
