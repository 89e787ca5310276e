"""The bar over the lattice: what is drawn, whose sequence it is, the step-through, zoom, export."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.segment import Segment
from gui.kit.theme import font
from gui.workspaces.ctc import side_edits

if TYPE_CHECKING:
    from gui.workspaces.ctc.state import CTCState, Mode

HEIGHT = 40
MODES: tuple[Mode, ...] = ("alpha", "beta", "occupancy", "path", "gradient")
MOST_TITLE = 190


@final
class DeskBar(QFrame):
    """Signals: state_edited(Edit[CTCState]), steps_requested(), fit_requested(), export_requested()."""

    state_edited = Signal(object)
    steps_requested = Signal()
    fit_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self.setFixedHeight(HEIGHT)
        self.modes = Segment()
        self.title = label("label", "text2")
        self.steps = QPushButton()
        self.fit, self.export = _tool("fitview"), _tool("export")
        self._title = ""
        self._lay_out()
        self.modes.chosen.connect(self._choose_mode)
        self.steps.clicked.connect(self.steps_requested)
        self.fit.clicked.connect(self.fit_requested)
        self.export.clicked.connect(self.export_requested)
        self._retranslate()

    def show_state(self, state: CTCState, title: str) -> None:
        """Show the mode, the title, and whether the step-through runs."""
        self.modes.choose(state.mode)
        self.steps.setChecked(state.step is not None)
        self._title = title
        shown = QFontMetricsF(self.title.font()).elidedText(title, Qt.TextElideMode.ElideRight, MOST_TITLE)
        self.title.setText(shown)
        self.title.setToolTip(title)

    def choose_mode(self, index: int) -> None:
        """What a number key does."""
        if 0 <= index < len(MODES):
            self._choose_mode(MODES[index])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose_mode(self, key: str) -> None:
        self.state_edited.emit(side_edits.set_mode(cast("Mode", key)))

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(self.modes)
        line.addStretch(1)
        line.addWidget(self.title)
        self.steps.setProperty("flat", "true")
        self.steps.setCheckable(True)
        self.steps.setFont(font("label"))
        self.steps.setIcon(icon("play"))
        for widget in (self.steps, self.fit, self.export):
            line.addWidget(widget)

    def _retranslate(self) -> None:
        names = {"alpha": self.tr("Forward α"), "beta": self.tr("Backward β"), "occupancy": self.tr("Posterior γ"),
                 "path": self.tr("Best path"), "gradient": self.tr("Gradient")}  # fmt: skip
        self.modes.show_choices([(mode, names[mode]) for mode in MODES])
        self.modes.set_title(self.tr("What is drawn (1 to 5)"))
        self.steps.setText(self.tr("Step through"))
        self.steps.setToolTip(self.tr("From the first cell to the gradient, step by step (F10)"))
        for button, words in ((self.fit, self.tr("Fit the view (0)")), (self.export, self.tr("Save the picture"))):
            button.setToolTip(words)
            button.setAccessibleName(words)


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
