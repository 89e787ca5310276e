"""What is computed for the Batch page: the sheet of the batch, the view of it, and A."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, Signal

from gui.runtime.pane import Outcome, Pane
from gui.workspaces.batch import compute_pinned, compute_sheet, compute_view
from gui.workspaces.batch.compute_view import ViewRequest

if TYPE_CHECKING:
    from core.assess import Assessment
    from gui.workspaces.batch.compute_pinned import Pinned
    from gui.workspaces.batch.compute_sheet import Sheet
    from gui.workspaces.batch.compute_view import View
    from gui.workspaces.batch.state import BatchState


@final
class Work(QObject):
    """At once where that is quick; else on workers, and what was shown stays meanwhile.

    Signals:
        sheet_made(Sheet): of the batch under the loss in force, before its view.
        view_made(View): what is to be shown.
        failed(Exception), busy(bool)
    """

    sheet_made = Signal(object)
    view_made = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.pinned: Pinned | None = None
        self._state: BatchState | None = None
        self._at_work: set[QObject] = set()
        self._sheets, self._views, self._pins = Pane(self), Pane(self), Pane(self)
        for pane, receive in (
            (self._sheets, self._receive_sheet),
            (self._views, self._receive_view),
            (self._pins, self._receive_pinned),
        ):
            pane.computed.connect(receive)
            pane.failed.connect(self.failed)
            pane.busy.connect(self._count)

    def show_state(self, state: BatchState) -> None:
        """Have computed what a state asks for."""
        self._state = state
        if self.pinned is not None and self.pinned.problem is not state.pinned:
            self.pinned = None
        if state.pinned is not None:
            self._pins.ask(state.pinned, compute_pinned.compute, quick=False)
        self._ask_for_view()

    def show_assessment(self, assessed: Assessment) -> None:
        """The batch, or the loss in force, is another."""
        self._sheets.ask(assessed, compute_sheet.compute, quick=compute_sheet.is_quick(assessed))

    def forget(self) -> None:
        """There is no batch any more."""
        self.sheet = self.pinned = self._state = None
        for pane in (self._sheets, self._views, self._pins):
            pane.cancel()

    def close(self) -> None:
        """Stop what is being computed, for good."""
        for pane in (self._sheets, self._views, self._pins):
            pane.close()

    def _ask_for_view(self) -> None:
        if self.sheet is None or self._state is None:
            return
        sheet, state = compute_sheet.beside(self.sheet, self.pinned), self._state
        asked = ViewRequest(sheet, state.sort, state.descending, state.filter)
        self._views.ask(asked, compute_view.compute, quick=compute_view.is_quick(asked))

    def _receive_sheet(self, outcome: Outcome) -> None:
        self.sheet = outcome.result
        self.sheet_made.emit(outcome.result)
        self._ask_for_view()

    def _receive_view(self, outcome: Outcome) -> None:
        view: View = outcome.result
        self.view_made.emit(view)

    def _receive_pinned(self, outcome: Outcome) -> None:
        if self.pinned is not outcome.result:
            self.pinned = outcome.result
            self._ask_for_view()

    def _count(self, busy: bool) -> None:
        pane = self.sender()
        (self._at_work.add if busy else self._at_work.discard)(pane)
        self.busy.emit(bool(self._at_work))
