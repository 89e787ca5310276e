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
    from gui.workspaces.ctc.present_view import Look
    from gui.workspaces.ctc.state import CTCState, Mode

HEIGHT = 40
MODES: tuple[Mode, ...] = ("alpha", "beta", "occupancy", "path", "gradient")
MOST_TITLE = 110


@final
class DeskBar(QFrame):
    """Shows what is drawn.

    Signals:
        state_edited(Edit[CTCState]), steps_requested(), fit_requested(), export_requested()
        look_chosen(bool, bool): whether the best path and the edges are drawn.
    """

    state_edited = Signal(object)
    steps_requested = Signal()
    fit_requested = Signal()
    export_requested = Signal()
    look_chosen = Signal(bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self.setFixedHeight(HEIGHT)
        self.modes = Segment()
        self.title = label("label", "text2")
        self.path, self.edges = _pill(), _pill()
        self.zoom = label("label", "text2")
        self.steps = QPushButton()
        self.fit, self.export = _tool("fitview"), _tool("export")
        self._title = ""
        self._lay_out()
        self.modes.chosen.connect(self._choose_mode)
        self.steps.clicked.connect(self.steps_requested)
        self.path.clicked.connect(self._toggle)
        self.edges.clicked.connect(self._toggle)
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

    def show_look(self, look: Look) -> None:
        """Show what is drawn beside the cells."""
        self.path.setChecked(look.path)
        self.edges.setChecked(look.edges)

    def show_zoom(self, zoom: float) -> None:
        """Show how much larger than the whole the frames in view are; nothing where all are."""
        self.zoom.setVisible(zoom > 1.0)
        self.zoom.setText(f"{zoom:.1f}×")

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

    def _toggle(self) -> None:
        self.look_chosen.emit(self.path.isChecked(), self.edges.isChecked())

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
        for widget in (self.path, self.edges, self.zoom, self.steps, self.fit, self.export):
            line.addWidget(widget)

    def _retranslate(self) -> None:
        names = {"alpha": self.tr("Forward α"), "beta": self.tr("Backward β"), "occupancy": self.tr("Posterior γ"),
                 "path": self.tr("Best path"), "gradient": self.tr("Gradient")}  # fmt: skip
        self.modes.show_choices([(mode, names[mode]) for mode in MODES])
        self.modes.set_title(self.tr("What is drawn (1 to 5)"))
        self.path.setText(self.tr("best path"))
        self.path.setToolTip(self.tr("Draw the best path (B)"))
        self.edges.setText(self.tr("edges"))
        self.edges.setToolTip(self.tr("Draw the moves between cells (E)"))
        self.steps.setText(self.tr("Steps"))
        self.steps.setToolTip(self.tr("From the first cell to the gradient, step by step (F10)"))
        for button, words in ((self.fit, self.tr("Fit the view (0)")), (self.export, self.tr("Save the picture"))):
            button.setToolTip(words)
            button.setAccessibleName(words)


def _pill() -> QPushButton:
    button = QPushButton()
    button.setProperty("pill", "true")
    button.setCheckable(True)
    button.setFont(font("label"))
    return button


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
