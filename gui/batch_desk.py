"""The Batch page put together: bar, pictures, table, ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.errors import InputError
from core.ledger import head_strip
from core.table.filter import names_of
from gui.batch_hover import Hover
from gui.batch_moves import Moves
from gui.batch_parts import DeskParts
from gui.batch_pictures import Pictures
from gui.batch_takeaway import Takeaway
from gui.batch_work import Work
from gui.desk_page import DeskPage
from gui.workspaces.batch import desk_model
from gui.workspaces.batch.present_bar import refusal_of

if TYPE_CHECKING:
    from pathlib import Path

    from core.assess import Assessment
    from core.explain.formula import Strip
    from core.ledger import StepParts
    from core.text import Text
    from gui.edit import Edit
    from gui.state import AppState
    from gui.workspaces.batch.compute_sheet import Sheet
    from gui.workspaces.batch.compute_view import View
    from gui.workspaces.batch.desk_model import DeskModel


@final
@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """What the page gives to the rest of the window; numbers are None where there is none.

    Attributes:
        refusal: why there is no strip: the loss refuses the batch; None if there is no batch either.
    """

    strip: Strip | None = None
    refusal: Text | None = None
    value: float | None = None
    gradient_norm: float | None = None
    dtype: str = ""


@final
class BatchDesk(DeskPage):
    """Shows the rows of the open batch.

    Signals:
        edited(Edit[AppState]): what the user did.
        row_opened(int): a row is wanted in the workspace where it can be touched.
        export_requested(), table_requested(): the picture, or the rows that are listed, are to be saved.
        open_requested(): there is no batch, and one is wanted.
        weights_requested(): the next way of weighting is wanted.
    """

    edited = Signal(object)
    row_opened = Signal(int)
    export_requested = Signal()
    table_requested = Signal()
    open_requested = Signal()
    weights_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parts = parts = DeskParts()
        super().__init__(parts.picture, parts.banner, parts.busy_line, parent)
        self.bar = parts.bar
        self.table, self.filter_line, self.histogram = parts.table, parts.filter_line, parts.histogram
        self.detail, self.ledger = parts.detail, parts.ledger
        self.watch = parts.watch
        self._state: AppState | None = None
        self._view: View | None = None
        self._model: DeskModel | None = None
        self._step: StepParts | None = None
        self._work, self._moves = Work(self), Moves(parts, self)
        self._hover, self._pictures = Hover(parts, self), Pictures(parts, self)
        self._takeaway = Takeaway(self)
        parts.lay_out(self)
        self._connect()

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been drawn."""
        return super().is_idle and self._takeaway.is_idle

    @property
    def model(self) -> DeskModel | None:
        """What is shown; None while there is no batch."""
        return self._model

    def show_state(self, state: AppState) -> None:
        """Show editors at once, and the rest as soon as it is computed."""
        self._state = state
        has_batch = state.problem.batch is not None
        self._parts.show_page(has_batch=has_batch)
        if not has_batch:
            self._forget()
            self.computed.emit(Shown(), 0.0)
            return
        self._parts.show_filter(state.batch.filter)
        self._work.show_state(state.batch)

    def show_awaited(self, *, awaited: bool) -> None:
        """Without a batch: whether one is expected from a watched folder."""
        self._parts.show_awaited(awaited=awaited)

    def show_assessment(self, assessed: Assessment) -> None:
        """What was found in the batch under the loss in force."""
        self._work.show_assessment(assessed)

    def show_step(self, step: StepParts | None) -> None:
        """The parts of the step that the batch is one of, for the ledger to sum; None if it stands alone."""
        if step is not self._step:
            self._step = step
            self._draw()

    def go_to(self, *rows: int) -> None:
        """Select rows and speak of the first, whatever is filtered."""
        self._moves.go_to(np.array(rows, np.int64))

    def write_rows(self, path: Path) -> None:
        """Write what is listed into a file, comma by comma."""
        if self._model is not None:
            self._takeaway.write(self._model, path)

    def refuse(self, error: InputError) -> bool:
        """Say why an edit was refused, if a part of the page asked for it."""
        own = error.field in ("rows", "row", "filter")
        if own:
            self.tell(error)
        return own

    def focus_view(self) -> None:
        """Give the keys to the table; while the first dump is awaited, to the line on which it will stand."""
        (self.table if self._parts.has_table or self.watch.isHidden() else self.watch.plot).setFocus()

    def close(self) -> bool:
        """Stop what is being computed, for good."""
        for worker in (self._work, self._pictures, self._takeaway):
            worker.close()
        return super().close()

    def takes_key(self, event: QKeyEvent) -> bool:
        return self._moves.takes(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._moves.take_key(event):
            super().keyPressEvent(event)

    # What was computed

    def _forget(self) -> None:
        self._view = self._model = None
        self._work.forget()
        self._pictures.forget()
        self._hover.follow(None)
        if self._state is not None:
            self._moves.follow(self._state, None)

    def _receive_sheet(self, sheet: Sheet) -> None:
        self.computed.emit(_shown(sheet), sheet.assessed.seconds)

    def _receive_view(self, view: View) -> None:
        self._view = view
        self.filter_line.show_names(names_of(view.request.sheet.table))
        self._draw()

    def _draw(self) -> None:
        state, view = self._state, self._view
        if state is None or view is None or state.problem.batch is None:
            return
        self.dim(False)
        self._model = desk_model.present(state.problem, state.batch, view, self._work.pinned, self._model, self._step)
        self._moves.follow(state, self._model)
        self._hover.follow(self._model)
        self._parts.draw(self._model)
        self._pictures.show(state.batch, self._model)
        if view.refusal is not None:
            self.filter_line.show_refusal(view.refusal)

    # What the user does

    def _edit(self, edit: Edit[AppState]) -> None:
        self.banner.clear()
        self.edited.emit(edit)

    def _copy(self) -> None:
        if self._model is not None:
            self._takeaway.copy(self._model)

    def _copy_code(self) -> None:
        if self._work.sheet is not None:
            self._takeaway.copy_code(self._work.sheet.assessed)

    def _copy_dump(self) -> None:
        if self._work.sheet is not None:
            self._takeaway.copy_dump(self._work.sheet.assessed.loss.family)

    def _connect(self) -> None:
        self._work.sheet_made.connect(self._receive_sheet)
        self._work.view_made.connect(self._receive_view)
        for worker in (self._work, self._pictures):
            worker.failed.connect(self.fail)
            worker.busy.connect(self.set_busy)
        moves, parts = self._moves, self._parts
        self._pictures.state_edited.connect(moves.edit)
        self._pictures.rows_chosen.connect(moves.select_and_show)
        moves.edited.connect(self._edit)
        moves.row_opened.connect(self.row_opened)
        moves.copy_requested.connect(self._copy)
        moves.code_requested.connect(self._copy_code)
        moves.weights_requested.connect(self.weights_requested)
        pictures = (parts.histogram, parts.class_bars, parts.detail, parts.contribution, parts.confusion, parts.scatter,
                    parts.pixels)  # fmt: skip
        for part in (moves, *pictures, parts.ledger):
            part.hinted.connect(self.hinted)
        parts.histogram.ended.connect(self.released)
        parts.histogram.cancelled.connect(self.cancelled)
        parts.filter_line.left.connect(self.focus_view)
        parts.bar.dump_requested.connect(self._copy_dump)
        parts.bar.export_requested.connect(self.export_requested)
        parts.bar.table_requested.connect(self.table_requested)
        parts.empty.pressed.connect(self.open_requested)
        self._takeaway.told.connect(self.banner.tell)


def _shown(sheet: Sheet) -> Shown:
    found = sheet.assessed
    dtype = str(found.batch.input.dtype)
    if found.evaluation is None or sheet.ledger is None:
        return Shown(refusal=refusal_of(found), dtype=dtype)
    value = found.evaluation.value
    return Shown(head_strip(sheet.ledger), None, None if value.ndim else float(value), found.gradient_norm, dtype)
