"""The pictures over the table: which is in front, and what is computed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, Signal

from gui.batch_plots import (
    ClassBars,
    ConfusionMatrix,
    ContributionStrip,
    GroupsTable,
    LossByGradient,
    Picture,
    PixelMap,
)
from gui.runtime.pane import Outcome, Pane
from gui.workspaces.batch import compute_sheet

if TYPE_CHECKING:
    from gui.batch_parts import DeskParts
    from gui.workspaces.batch.desk_model import DeskModel
    from gui.workspaces.batch.state import BatchState, Tab


@final
class Pictures(QObject):
    """Computes a picture only while it is in front.

    Signals:
        state_edited(Edit[BatchState]), rows_chosen(IntArray): what was chosen in a picture.
        failed(Exception), busy(bool): of what is computed.
    """

    state_edited = Signal(object)
    rows_chosen = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._state: BatchState | None = None
        self._asking: Picture | None = None
        self._pane = Pane(self)
        self._pane.computed.connect(self._receive)
        self._pane.failed.connect(self.failed)
        self._pane.busy.connect(self.busy)
        bars, matrix = ClassBars(parts.class_bars, self), ConfusionMatrix(parts.confusion, self)
        strip, groups = ContributionStrip(parts.contribution, self), GroupsTable(parts.groups, self)
        scatter, pixels = LossByGradient(parts.scatter, self), PixelMap(parts.pixels, self)
        self._pictures: dict[Tab, Picture] = {
            "samples": bars,
            "contribution": strip,
            "confusion": matrix,
            "scatter": scatter,
            "pixels": pixels,
            "groups": groups,
        }
        for picture in (bars, strip, matrix, scatter, pixels, groups):
            picture.rows_chosen.connect(self.rows_chosen)
        for picture in (strip, pixels, groups):
            picture.state_edited.connect(self.state_edited)

    def show(self, state: BatchState, model: DeskModel) -> None:
        """Bring the picture that is wanted to the front, and have it computed."""
        self._state = state
        tab, parts = model.bar.tab, self._parts
        if model.detail is not None:
            parts.detail.show_figure(model.detail)
            parts.pictures.setCurrentWidget(parts.detail)
        elif model.histogram is None:
            parts.pictures.setCurrentWidget(parts.no_losses)
        else:
            parts.histogram.show_figure(model.histogram)
            self._compute(tab, model)
            parts.pictures.setCurrentWidget(parts.samples if tab == "samples" else self._pictures[tab].widget)

    def close(self) -> None:
        """Stop what is being computed, for good."""
        self._pane.close()

    def forget(self) -> None:
        """There is no batch any more."""
        self._pane.cancel()
        self._state = self._asking = None

    def _compute(self, tab: Tab, model: DeskModel) -> None:
        assert self._state is not None
        picture, sheet = self._pictures[tab], model.sheet
        question = picture.question(sheet, self._state)
        if tab == "samples":
            self._parts.class_bars.setVisible(question is not None)
        if question is not None:
            self._asking = picture
            self._pane.ask(*question, quick=compute_sheet.is_quick(sheet.assessed))

    def _receive(self, outcome: Outcome) -> None:
        if self._asking is not None and self._state is not None:
            self._asking.draw(outcome.result, self._state)
