"""The options of the curve: which axis or class, pins, fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from core.text import say
from gui.kit.chip import Chip
from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.segment import Segment
from gui.workspaces.explore import edits, row_edits
from gui.workspaces.explore.kinds import ROW_FAMILIES
from gui.workspaces.explore.tab_options import TabOptions, box, fill, flat_button

if TYPE_CHECKING:
    from core.losses import Loss
    from core.problem import Problem
    from gui.workspaces.explore.state import Axis, ExploreState

# Role and dash (px) of the first, second and third pin, as the plots draw them.
PINS = (("p1", (2.0, 3.5)), ("p2", (7.0, 4.0)), ("p3", (7.0, 3.0, 2.0, 3.0)))


@final
class CurveOptions(TabOptions):
    """Signals: as TabOptions; fit_requested()."""

    fit_requested = Signal()

    def __init__(self) -> None:
        self.axis = Segment((("probability", "p"), ("logit", "z")))
        self.focus_caption = label("label", "text2")
        self.focus = box()
        self.chips = QWidget()
        self._chips_line = QHBoxLayout(self.chips)
        self._chips_line.setContentsMargins(0, 0, 0, 0)
        self.pin = flat_button("pin")
        self.fit = QToolButton()
        self.fit.setIcon(icon("fitview"))
        self.fit.setIconSize(QSize(18, 18))
        self.fit.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        super().__init__((self.axis, self.focus_caption, self.focus), (self.chips, self.pin, self.fit))
        self._pins: tuple[Loss, ...] = ()
        self.axis.chosen.connect(self._choose_axis)
        self.focus.activated.connect(self._choose_class)
        self.pin.clicked.connect(self._pin)
        self.fit.clicked.connect(self.fit_requested)
        self._retranslate()

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Show how the curve is drawn now."""
        self.problem = problem
        rows = problem.loss.family in ROW_FAMILIES
        self.axis.setVisible(problem.loss.family == "binary")
        own = "logit" if problem.loss.name == "BCEWithLogitsLoss" else "probability"
        self.axis.choose(own if state.scalar.axis == "input" else state.scalar.axis)
        for widget in (self.focus_caption, self.focus):
            widget.setVisible(rows)
        if rows:
            fill(self.focus, state.classes.names)
            self.focus.setCurrentIndex(state.classes.focus)
        if state.pins != self._pins:
            self._show_pins(state.pins)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_pins(self._pins)
        super().changeEvent(event)

    def _show_pins(self, pins: tuple[Loss, ...]) -> None:
        self._pins = pins
        while (item := self._chips_line.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for index, (loss, (role, dash)) in enumerate(zip(pins, PINS, strict=False)):
            chip = Chip(self.tr("{0} pinned").format(loss.name.removesuffix("Loss")), role, dash)
            chip.closed.connect(lambda index=index: self.state_edited.emit(edits.unpin(index)))
            self._chips_line.addWidget(chip)

    def _choose_axis(self, key: Axis) -> None:
        assert self.problem is not None
        self.state_edited.emit(edits.set_axis(self.problem, key))

    def _choose_class(self, index: int) -> None:
        self.edit(say("explore", "Choose a class"), row_edits.select(index))

    def _pin(self) -> None:
        assert self.problem is not None
        self.state_edited.emit(edits.pin_current(self.problem))

    def _retranslate(self) -> None:
        self.axis.setAccessibleName(self.tr("Axis"))
        self.focus_caption.setText(self.tr("logit of"))
        self.focus.setAccessibleName(self.tr("Logit of"))
        self.pin.setText(self.tr("Pin current"))
        self.pin.setToolTip(self.tr("Keep this curve beside the next ones (P)"))
        self.fit.setToolTip(self.tr("Fit the view (0)"))
        self.fit.setAccessibleName(self.tr("Fit the view"))
