"""The bar over the Batch workspace: its pictures, the batch in a line, what is changed, filtered and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from gui.kit.chip import Chip
from gui.kit.elided_label import ElidedLabel
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.segment import Segment
from gui.kit.theme import font
from gui.workspaces.batch import edits

if TYPE_CHECKING:
    from core.text import Text
    from gui.workspaces.batch.bar_figure import BarFigure
    from gui.workspaces.batch.state import Tab

HEIGHT = 40


@final
class BatchBar(QFrame):
    """Tabs left, chips of what holds in the middle, what can be taken along right.

    Signals:
        state_edited(Edit[BatchState])
        restored(), pin_requested(): the batch as it came; keep or let go of A.
        rows_requested(), code_requested(), dump_requested(): rows, code of the call, lines for a training loop,
            for the clipboard.
        export_requested(), table_requested(): picture or rows, for a file.
    """

    state_edited = Signal(object)
    restored = Signal()
    pin_requested = Signal()
    rows_requested = Signal()
    code_requested = Signal()
    dump_requested = Signal()
    export_requested = Signal()
    table_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self.setFixedHeight(HEIGHT)
        self._figure: BarFigure | None = None
        self.tabs = Segment()
        self.summary = ElidedLabel("label", "text2")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(4)
        self._words: tuple[Text | None, ...] = ()
        self.pin, self.code, self.export = _tool("pin"), _tool("copy"), _tool("export")
        self._lay_out()
        self.tabs.chosen.connect(self._choose_tab)
        self.pin.clicked.connect(self.pin_requested)
        self.copies = _menu(self.code, (self.rows_requested, self.code_requested, self.dump_requested))
        self.files = _menu(self.export, (self.export_requested, self.table_requested))
        self._retranslate()

    def show_figure(self, figure: BarFigure) -> None:
        """Show what holds now."""
        self._figure = figure
        names: dict[Tab, str] = {
            "samples": self.tr("Samples"),
            "row": self.tr("Row"),
            "contribution": self.tr("Contribution"),
            "confusion": self.tr("Confusion"),
            "scatter": self.tr("Scatter"),
            "pixels": self.tr("Pixels"),
            "groups": self.tr("Groups"),
        }
        if figure.tabs != self.tabs.keys():
            self.tabs.show_choices([(tab, names[tab]) for tab in figure.tabs])
        self.tabs.choose(figure.tab)
        self.summary.show_words(tr_text(figure.summary))
        chips = [text for text in (figure.trial, figure.threshold, figure.compared) if text is not None]
        self.summary.setVisible(len(chips) < 2)  # more of them need its room
        self._show_chips(figure)
        self.pin.setChecked(figure.compared is not None)

    def chips(self) -> list[Chip]:
        """The chips there are now, left to right."""
        items = [self._chips.itemAt(place) for place in range(self._chips.count())]
        return [chip for item in items if item is not None and isinstance(chip := item.widget(), Chip)]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.tabs.show_choices(())
            self._words = ()
            self._retranslate()
            if self._figure is not None:
                self.show_figure(self._figure)
        super().changeEvent(event)

    def _show_chips(self, figure: BarFigure) -> None:
        words = (figure.trial, figure.threshold, figure.compared)
        if words == self._words:
            return
        self._words = words
        for chip in self.chips():
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for text, close, name in (
            (figure.trial, self.restored.emit, "reset"),
            (figure.threshold, self._drop_threshold, "filter"),
            (figure.compared, self._let_go, "pin"),
        ):
            if text is not None:
                chip = Chip(tr_text(text), tinted=True, icon=name)
                chip.setToolTip(_tip(figure, text))
                chip.closed.connect(close)
                self._chips.addWidget(chip)

    def _choose_tab(self, tab: str) -> None:
        self.state_edited.emit(edits.show_tab(cast("Tab", tab)))

    def _drop_threshold(self) -> None:
        self.state_edited.emit(edits.set_threshold(None))

    def _let_go(self) -> None:
        self.state_edited.emit(edits.pin_problem(None))

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(self.tabs)
        line.addWidget(self.summary)
        line.addStretch(1)
        line.addLayout(self._chips)
        self.pin.setCheckable(True)
        for button in (self.pin, self.code, self.export):
            line.addWidget(button)

    def _retranslate(self) -> None:
        self.tabs.setAccessibleName(self.tr("Picture"))
        for button, words in (
            (self.pin, self.tr("Pin loss, weights and batch as A, to compare with what follows (A)")),
            (self.code, self.tr("Copy rows or code")),
            (self.export, self.tr("Save picture or rows")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        copies = (
            self.tr("Copy rows (Ctrl+C)"),
            self.tr("Copy as PyTorch (Ctrl+Shift+C)"),
            self.tr("Copy the lines that dump a batch"),
        )
        files = (self.tr("Save picture… (Ctrl+E)"), self.tr("Save rows as CSV…"))
        for menu, names in ((self.copies, copies), (self.files, files)):
            for action, words in zip(menu.actions(), names, strict=True):
                action.setText(words)


def _tip(figure: BarFigure, text: Text) -> str:
    """What a chip says in short, in full."""
    return tr_text(figure.comparison) if text is figure.compared and figure.comparison is not None else tr_text(text)


def _menu(button: QToolButton, chosen: tuple[SignalInstance, ...]) -> QMenu:
    """Opens under its button; an action for each signal."""
    menu = QMenu(button)
    for signal in chosen:
        menu.addAction("").triggered.connect(signal)
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return menu


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFont(font("label"))
    return button
