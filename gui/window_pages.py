"""Which page of the window is in front, and what the frame around it says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject

from core.text import say
from gui.frame.notices import beside_lattice, notices
from gui.frame.rows import row_list_model, value_text
from gui.frame.status_bar import Status
from gui.kit.i18n import tr_text
from gui.workspaces.explore.hints import HINTS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.assess import Assessment
    from core.explain.formula import Strip
    from core.explain.note import Note
    from gui.batch_desk import Shown as BatchShown
    from gui.ctc_desk import Shown as CtcShown
    from gui.session import Session
    from gui.state import AppState
    from gui.window_parts import WindowParts
    from gui.workspaces.explore.workspace import Shown

START_HINT = say("window", "Ctrl K find a loss · Ctrl O open · ? keys")
BATCH_HINT = say("window", "↑ ↓ row · Space select · Enter open · / filter · S sort · F8 next finding")


@final
class Pages(QObject):
    """Shows a state on the page in front; strip, inspector and status bar follow."""

    def __init__(self, parts: WindowParts, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._session = session
        self._shown: tuple[Shown, float] | None = None
        self._listed: tuple[Assessment, int | None] | None = None
        self._wants_inspector = True
        parts.explorer.computed.connect(self._show_computed)
        parts.batch.computed.connect(self._show_rows)
        parts.ctc.computed.connect(self._show_lattice)
        session.store.changed.connect(self.show_state)
        session.assessed.connect(self._show_assessment)
        session.all_rows.changed.connect(self._show_found)

    @property
    def front(self) -> QWidget | None:
        """The page that is shown."""
        return self._parts.stack.currentWidget()

    def bring(self, page: QWidget, *, narrow: bool) -> None:
        """Show a page, and on it the present state."""
        parts = self._parts
        parts.stack.setCurrentWidget(page)
        parts.desks.bring(page)
        name = parts.desks.name_of(page)
        parts.rail.show_workspace(name)
        self.place_inspector(narrow=narrow)
        self.show_state(self._session.state)
        if not name:
            parts.strip.show_sentence(
                say("window", "The formula of the chosen loss will stand here, with its numbers.")
            )
            parts.status.show_status(None)
            parts.status.show_default_hint(tr_text(START_HINT))

    def show_state(self, state: AppState) -> None:
        """Show a state on the page in front, if it is a workspace."""
        parts = self._parts
        if not parts.desks.name_of(self.front):
            return
        batch = state.problem.batch
        self._shown = None
        parts.top.show_source(batch.name if batch else self.tr("Sketch"), "file" if batch else "explore")
        # Without a batch of sequences the lattice is that of a target made by hand, whatever is open elsewhere.
        parts.top.losses.show_name("CTCLoss" if self.front is parts.ctc else state.problem.loss.name)
        parts.inspector.show_state(state, of_probe=self.front is parts.explorer)
        if self.front is parts.ctc:
            parts.status.show_default_hint("")
            parts.ctc.show_state(state.problem, state.ctc)
            parts.ctc.show_findings(beside_lattice(self._session.assessment))
        elif self.front is parts.batch:
            parts.status.show_default_hint(tr_text(BATCH_HINT))
            parts.batch.show_state(state)
        else:
            parts.status.show_default_hint(tr_text(HINTS[state.explore.tab]))
            parts.explorer.show_state(state)
        self._session.assess()

    def toggle_inspector(self, *, narrow: bool) -> None:
        """Show or hide the right pane, also in a narrow window."""
        side = self._parts.ctc.side if self.front is self._parts.ctc else self._parts.inspector
        self._wants_inspector = side.isHidden()
        self.place_inspector(narrow=narrow, asked=True)

    def place_inspector(self, *, narrow: bool, asked: bool = False) -> None:
        """Show the right pane where it is wanted and there is room for it."""
        parts = self._parts
        wanted = self._wants_inspector and (asked or not narrow)
        parts.inspector.setVisible(self.front in (parts.explorer, parts.batch) and wanted)
        parts.ctc.side.setVisible(wanted)

    def _show_computed(self, what: Shown, seconds: float) -> None:
        self._shown = (what, seconds)
        self._show_strip(what.strip)
        self._parts.inspector.show_probe(what.table, what.path)
        self._show_found()

    def _show_rows(self, what: BatchShown, seconds: float) -> None:
        if what.refusal is None:
            self._show_strip(what.strip)
        else:
            self._parts.strip.show_sentence(what.refusal, error=True)
        # The loss is that of the batch: it need not be told twice.
        self._parts.status.show_status(Status(what.value, what.gradient_norm, what.dtype, seconds))

    def _show_lattice(self, what: CtcShown, seconds: float) -> None:
        if what.refusal is None:
            self._show_strip(what.strip)
        else:
            self._parts.strip.show_sentence(what.refusal, error=True)
        self._show_status(what.value, what.gradient_norm, seconds)

    def _show_strip(self, strip: Strip | None) -> None:
        if strip is not None:
            self._parts.strip.show_strip(strip)
        else:
            self._parts.strip.show_sentence(say("window", "There is no formula to fill in here."))

    def _show_status(self, value: float | None, norm: float | None, seconds: float) -> None:
        assessed, state = self._session.assessment, self._session.state
        batch_value = None if assessed is None else value_text(assessed)
        self._parts.status.show_status(Status(value, norm, state.explore.dtype, seconds, batch_value))

    def _show_assessment(self, assessed: Assessment) -> None:
        row = self._session.state.explore.row
        if self.front is self._parts.batch:
            self._parts.batch.show_assessment(assessed)
        elif self._listed != (assessed, row):
            self._listed = (assessed, row)
            self._parts.explorer.show_rows(row_list_model(assessed, row), row)
        self._show_found()

    def _show_found(self) -> None:
        if self.front is self._parts.batch:
            self._show_notices(())
        elif self.front is self._parts.ctc:
            self._parts.ctc.show_findings(beside_lattice(self._session.assessment))
        if self._shown is None or self.front is not self._parts.explorer:
            return
        what, seconds = self._shown
        self._show_notices(what.notes)
        self._show_status(what.value, what.gradient_norm, seconds)

    def _show_notices(self, notes: tuple[Note, ...]) -> None:
        summing = self._session.all_rows
        found = notices(self._session.assessment, notes, summing.whole, summing.fraction)
        self._parts.inspector.show_notices(found)
