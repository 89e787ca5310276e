"""The section where somebody else's alpha is opened and held against the exact one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.ctc.alpha_file import AS_ARRAY, AS_TEXT, read_alpha
from core.errors import InputError
from core.text import say
from gui.kit.field_row import why
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.line_row import LineRow
from gui.kit.panel import Section
from gui.kit.style_sheet import restyle
from gui.kit.theme import font
from gui.workspaces.ctc import reading_edits
from gui.workspaces.ctc.state import GivenAlpha

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QLabel

    from gui.workspaces.ctc.present_compare import CompareModel
    from gui.workspaces.ctc.state import CTCState


@final
class CompareView(QWidget):
    """A file is opened by the button or dropped on the section.

    Signals:
        state_edited(Edit[CTCState]), released()
        cell_chosen(int, int): the frame and the row of the first cell that differs.
    """

    state_edited = Signal(object)
    released = Signal()
    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: CompareModel | None = None
        self.help = label("label", "text2", wrap=True)
        self.name = label("mono", "text2", wrap=True)
        self.summary, self.layout_read = label("label", "text2", wrap=True), label("caption", "text3", wrap=True)
        self.open, self.go, self.close_given = QPushButton(), QPushButton(), QPushButton()
        self.loss = LineRow(say("ctc", "your loss"))
        self.loss_told = label("label", "text2", wrap=True)
        self.section = Section(say("ctc", "Compare with my own"))
        self._lay_out()
        self._connect()
        self._retranslate()
        self.setAcceptDrops(True)
        self.section.fold(True)

    def show_state(self, state: CTCState) -> None:
        """Show which file is compared."""
        given = state.given
        self.name.setText("" if given is None else given.name)
        for part in (self.name, self.summary, self.close_given):
            part.setVisible(given is not None)
        self.help.setVisible(given is None)
        self.loss_told.setVisible(state.given_loss is not None)
        self.loss.show_text("" if state.given_loss is None else f"{state.given_loss:.10g}")
        if given is None:
            self.go.hide()
            self.layout_read.hide()

    def show_model(self, model: CompareModel) -> None:
        """Show what was found."""
        self._model = model
        self.summary.setText(tr_text(model.summary))
        _dress(self.summary, model.role)
        self.layout_read.setVisible(model.layout is not None)
        if model.layout is not None:
            self.layout_read.setText(tr_text(model.layout))
        self.go.setVisible(model.first is not None)
        self.loss_told.setText("" if model.loss is None else tr_text(model.loss))

    def open_file(self, path: str) -> None:
        """Compare with the alpha of a file, or say why it cannot be read."""
        try:
            given = GivenAlpha(Path(path).name, read_alpha(path))
        except InputError as error:
            self.summary.setText(f"{error.field}: {why(error.problem, error.remedy)}")
            _dress(self.summary, "err")
            self.summary.show()
        else:
            self.state_edited.emit(reading_edits.compare_with(given))

    def refuse(self, field: str, message: str) -> bool:
        """Say at the field why an edit was refused; False if it has no field here."""
        if field == "loss":
            self.loss.refuse(message)
        return field == "loss"

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_file(paths[0])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _ask_which(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in (*AS_ARRAY, *AS_TEXT))
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open an alpha"), "", self.tr("Arrays ({0})").format(kinds))
        if path:
            self.open_file(path)

    def _go(self) -> None:
        if self._model is not None and self._model.first is not None:
            self.cell_chosen.emit(*self._model.first)

    def _close(self) -> None:
        self.state_edited.emit(reading_edits.compare_no_more())

    def _type_loss(self, text: str) -> None:
        self.state_edited.emit(reading_edits.compare_loss(text))

    def _connect(self) -> None:
        self.open.clicked.connect(self._ask_which)
        self.go.clicked.connect(self._go)
        self.close_given.clicked.connect(self._close)
        self.loss.finished.connect(self._type_loss)
        self.loss.released.connect(self.released)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for button in (self.open, self.go, self.close_given):
            button.setProperty("pill", "true")
            button.setFont(font("label"))
            line.addWidget(button)
        line.addStretch(1)
        buttons = QWidget()
        buttons.setLayout(line)
        for part in (self.help, self.name, self.summary, self.layout_read, buttons):
            self.section.add(part)
        self.section.add_form(self.loss)
        self.section.add(self.loss_told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)

    def _retranslate(self) -> None:
        self.help.setText(
            tr_text(
                say(
                    "ctc",
                    "Open the α of your own forward pass, or drop its file here: either orientation, padded or not, "
                    "logarithms or probabilities.",
                )
            )
        )
        self.open.setText(self.tr("Open an α…"))
        self.open.setToolTip(self.tr("An array (.npy, .npz) or numbers as text"))
        self.go.setText(self.tr("First difference"))
        self.go.setToolTip(self.tr("Explain the first cell that differs"))
        self.close_given.setText(self.tr("Close"))
        self.close_given.setToolTip(self.tr("End the comparison"))
        if self._model is not None:
            self.show_model(self._model)


def _dress(place: QLabel, role: str) -> None:
    if (place.property("role") or "") != role:
        place.setProperty("role", role)
        restyle(place)
