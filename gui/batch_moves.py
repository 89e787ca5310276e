"""What is done on the Batch page, as edits of the whole state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.errors import InputError
from core.table.filter import check
from core.text import say
from gui.app_edits import on_batch, on_problem, renumbering
from gui.batch_keys import Act, act_of
from gui.kit.i18n import tr_text
from gui.workspaces.batch import edits, what_if_edits
from gui.workspaces.batch.bins import rows_apart, rows_between
from gui.workspaces.batch.findings import next_finding, rows_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.arrays import IntArray
    from core.doctor import Finding
    from core.problem import Problem
    from core.table.table import Table
    from gui.batch_parts import DeskParts
    from gui.edit import Edit
    from gui.state import AppState
    from gui.workspaces.batch.desk_model import DeskModel
    from gui.workspaces.batch.state import BatchState

SORT_KEYS = ("change", "loss", "share", "grad", "weight", "id")
DRAG = "batch-threshold"


@final
class Moves(QObject):
    """Turns keys and what the parts tell into edits.

    Signals:
        edited(Edit[AppState])
        row_opened(int): a row is wanted in the workspace where it can be touched.
        copy_requested(), code_requested(), weights_requested()
        hinted(str): what a key found.
    """

    edited = Signal(object)
    row_opened = Signal(int)
    copy_requested = Signal()
    code_requested = Signal()
    weights_requested = Signal()
    hinted = Signal(str)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._state: AppState | None = None
        self._model: DeskModel | None = None
        self._finding: Finding | None = None
        self._connect()

    def follow(self, state: AppState, model: DeskModel | None) -> None:
        """Move from here; without a model nowhere."""
        self._state, self._model = state, model

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is the page's, though the window has a shortcut for it."""
        return self._model is not None and act_of(event) is not None

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False for a key that is not the page's."""
        act = act_of(event)
        if act is None or self._state is None or self._model is None:
            return False
        self._act(act)
        return True

    def go_to(self, rows: IntArray) -> None:
        """Select rows and bring the first into view, whatever is filtered."""
        if self._model is None or not rows.size:
            return
        is_listed = bool(np.isin(rows, self._model.table.order).all())
        self.edit(edits.show_rows(rows, listed=is_listed))

    def edit(self, edit: Edit[BatchState]) -> None:
        """Do what a part of the page says."""
        self.edited.emit(on_batch(edit))

    def select(self, rows: IntArray) -> None:
        """These rows and no others."""
        self.edit(edits.select(rows))

    def select_and_show(self, rows: IntArray) -> None:
        """Rows that were chosen elsewhere than in the table, which goes to the first of them that it lists."""
        assert self._model is not None
        order, chosen = self._model.table.order, np.zeros(self._table.count, dtype=bool)
        chosen[rows] = True
        listed = chosen[order]
        first = int(order[int(listed.argmax())]) if listed.any() else self._batch.primary
        self.edit(edits.select_and_show(rows, first))

    def restore(self) -> None:
        """The batch as it came."""
        self.edited.emit(renumbering(what_if_edits.restore()))

    def pin_problem(self) -> None:
        """Keep the present problem as A; a second time lets it go."""
        assert self._state is not None
        held = self._state.batch.pinned is not None
        self.edit(edits.pin_problem(None if held else self._state.problem))

    def _act(self, act: Act) -> None:
        if act == "pin problem":
            self.pin_problem()
        elif act == "sort":
            keys = tuple(key for key in SORT_KEYS if key == "id" or key in self._table.columns)
            self.edit(edits.sort_next(keys))
        elif act == "drop":
            self._drop()
        elif act == "only":
            self.edit(edits.list_only_selected(not self._batch.only_selected))
        elif act == "pin row":
            if self._batch.primary is not None:
                self._pin_row(self._batch.primary)
        elif act in ("finding", "finding before"):
            self._go_to_finding(1 if act == "finding" else -1)
        else:
            {"copy": self.copy_requested, "code": self.code_requested, "weights": self.weights_requested}[act].emit()

    @property
    def _batch(self) -> BatchState:
        assert self._state is not None
        return self._state.batch

    @property
    def _table(self) -> Table:
        assert self._model is not None
        return self._model.sheet.table

    def _edit_problem(self, edit: Edit[Problem]) -> None:
        self.edited.emit(on_problem(edit))

    # Rows

    def _choose(self, row: int) -> None:
        self.edit(edits.choose_primary(row))

    def _pin_row(self, row: int) -> None:
        self.edit(edits.pin_row(row))

    def _drop(self) -> None:
        """The selection, or else the row that everything speaks of."""
        rows = self._batch.selection
        if not rows.size and self._batch.primary is not None:
            rows = np.array([self._batch.primary])
        if rows.size:
            self.edited.emit(renumbering(what_if_edits.drop_rows(rows)))

    def _go_to_finding(self, step: int) -> None:
        assert self._model is not None
        findings, count = self._model.sheet.assessed.findings, self._table.count
        found = next_finding(findings, count, self._finding, step)
        if found is None:
            self.hinted.emit(tr_text(say("batch", "No finding names a row.")))
            return
        self._finding = found
        self.go_to(rows_of(found, count))
        self.hinted.emit(tr_text(found.title))

    def _choose_bin(self, low: float, high: float) -> None:
        assert self._model is not None
        self.select_and_show(np.flatnonzero(rows_between(self._model.view, low, high)))

    def _choose_special(self, place: int) -> None:
        assert self._model is not None
        self.select_and_show(np.flatnonzero(rows_apart(self._model.view, place)))

    def _choose_term(self, place: int) -> None:
        """The rows that a line of the ledger is about: all that are listed where it is about all."""
        assert self._model is not None
        ledger = self._model.sheet.ledger
        assert ledger is not None
        rows = ledger.lines[place].rows
        self.select_and_show(np.arange(self._table.count) if rows is None else np.flatnonzero(rows))

    # What is listed

    def _sort(self, key: str) -> None:
        self.edit(edits.sort_by(key))

    def _filter(self, expression: str) -> None:
        if self._model is None:
            return
        try:
            check(self._table, expression)
        except InputError as error:
            self._parts.filter_line.show_refusal(error)
        else:
            self.edit(edits.set_filter(expression))

    def _set_threshold(self, value: float) -> None:
        """At the left end nothing is left out."""
        assert self._model is not None
        found = self._model.view.histogram
        assert found is not None
        self.edit(edits.set_threshold(None if value <= found.edges[0] else value, DRAG))

    def _drop_threshold(self) -> None:
        self.edit(edits.set_threshold(None))

    # Numbers of the row

    def _set_input(self, index: int, value: float) -> None:
        assert self._batch.primary is not None
        self._edit_problem(what_if_edits.set_input(self._batch.primary, index, value))

    def _set_target(self, value: float) -> None:
        assert self._batch.primary is not None
        self._edit_problem(what_if_edits.set_target(self._batch.primary, value))

    def _revert(self) -> None:
        assert self._batch.primary is not None
        self._edit_problem(what_if_edits.revert_row(self._batch.primary))

    def _open(self) -> None:
        assert self._batch.primary is not None
        self.row_opened.emit(self._batch.primary)

    def _connect(self) -> None:
        parts = self._parts
        pairs: tuple[tuple[Any, Any], ...] = (
            (parts.table.primary_chosen, self._choose),
            (parts.table.selection_chosen, self.select),
            (parts.table.pin_chosen, self._pin_row),
            (parts.table.sort_chosen, self._sort),
            (parts.table.row_opened, self.row_opened),
            (parts.table.copy_requested, self.copy_requested),
            (parts.filter_line.filter_chosen, self._filter),
            (parts.histogram.threshold_moved, self._set_threshold),
            (parts.histogram.threshold_removed, self._drop_threshold),
            (parts.histogram.bin_chosen, self._choose_bin),
            (parts.histogram.special_chosen, self._choose_special),
            (parts.ledger.term_chosen, self._choose_term),
            (parts.detail.input_typed, self._set_input),
            (parts.detail.target_typed, self._set_target),
            (parts.detail.reverted, self._revert),
            (parts.detail.opened, self._open),
            (parts.bar.state_edited, self.edit),
            (parts.selection.state_edited, self.edit),
            (parts.bar.restored, self.restore),
            (parts.bar.pin_requested, self.pin_problem),
            (parts.bar.rows_requested, self.copy_requested),
            (parts.bar.code_requested, self.code_requested),
        )
        for signal, slot in pairs:
            signal.connect(slot)
