"""The pictures over the table: which is in front, what is computed for it, what is chosen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QObject, Signal

from gui.runtime.pane import Outcome, Pane
from gui.workspaces.batch import compute_groups, compute_sheet
from gui.workspaces.batch.compute_groups import Groups, GroupsRequest
from gui.workspaces.batch.compute_plots import Shares, SharesRequest, compute_shares, has_shares
from gui.workspaces.batch.present_class_bars import class_bars_figure
from gui.workspaces.batch.present_groups import groups_figure, rows_of

if TYPE_CHECKING:
    from gui.batch_parts import DeskParts
    from gui.workspaces.batch.desk_model import DeskModel
    from gui.workspaces.batch.state import BatchState


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
        self._model: DeskModel | None = None
        self._groups: Groups | None = None
        self._pane = Pane(self)
        self._pane.computed.connect(self._receive)
        self._pane.failed.connect(self.failed)
        self._pane.busy.connect(self.busy)
        parts.groups.state_edited.connect(self.state_edited)
        parts.groups.group_chosen.connect(self._choose_group)
        parts.class_bars.class_chosen.connect(self._choose_class)

    def show(self, state: BatchState, model: DeskModel) -> None:
        """Bring the picture that is wanted to the front, and have it computed."""
        self._state, self._model = state, model
        tab, parts, sheet = model.bar.tab, self._parts, model.sheet
        if tab == "row" and model.detail is not None:
            parts.detail.show_figure(model.detail)
            parts.pictures.setCurrentWidget(parts.detail)
        elif tab == "groups":
            ways = compute_groups.groupings_of(sheet)
            way = state.group_by if state.group_by in ways else ways[0]
            asked = GroupsRequest(sheet, way, state.group_sort, state.group_descending)
            self._pane.ask(asked, compute_groups.compute, quick=compute_sheet.is_quick(sheet.assessed))
            parts.pictures.setCurrentWidget(parts.groups)
        elif model.histogram is not None:
            parts.histogram.show_figure(model.histogram)
            parts.class_bars.setVisible(has_shares(sheet))
            if has_shares(sheet):
                quick = compute_sheet.is_quick(sheet.assessed)
                self._pane.ask(SharesRequest(sheet), compute_shares, quick=quick)
            parts.pictures.setCurrentWidget(parts.samples)
        else:
            parts.pictures.setCurrentWidget(parts.no_losses)

    def close(self) -> None:
        """Stop what is being computed, for good."""
        self._pane.close()

    def forget(self) -> None:
        """There is no batch any more."""
        self._pane.cancel()
        self._groups = self._model = self._state = None

    def _receive(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Groups):
            self._draw_groups(outcome.result)
        else:
            self._draw_shares(outcome.result)

    def _draw_groups(self, groups: Groups) -> None:
        assert self._state is not None
        self._groups = groups
        sheet = groups.request.sheet
        figure = groups_figure(groups, self._state.selection)
        self._parts.groups.show_figure(compute_groups.groupings_of(sheet), groups.request.by, figure)

    def _draw_shares(self, shares: Shares) -> None:
        assert self._state is not None
        figure = class_bars_figure(shares.request.sheet, shares.found, self._state.selection)
        self._parts.class_bars.show_figure(figure)

    def _choose_class(self, index: int) -> None:
        if self._model is not None and self._model.sheet.groups is not None:
            sheet = self._model.sheet
            self.rows_chosen.emit(np.flatnonzero((sheet.groups == index) & sheet.table.kept))

    def _choose_group(self, group: int) -> None:
        if self._groups is not None:
            self.rows_chosen.emit(rows_of(self._groups, group))
