"""The window: joins the session and the widgets; decides nothing about losses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from core.text import say
from gui.app_edits import choose_row, on_ctc, on_problem
from gui.frame.commands import make_commands
from gui.frame.inspector_editor import InspectorEditor
from gui.frame.notices import notices
from gui.frame.rows import row_list_model, value_text
from gui.frame.status_bar import Status
from gui.frame.strip_edits import strip_edit
from gui.kit.field_row import why
from gui.kit.i18n import tr_text
from gui.session import Session
from gui.window_menus import WindowMenus
from gui.window_parts import WindowParts
from gui.workspaces.explore.hints import HINTS
from gui.workspaces.explore.presets import Preset, sketch

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent

    from core.assess import Assessment
    from core.errors import InputError
    from core.explain.formula import Strip
    from gui.ctc_desk import CtcDesk
    from gui.ctc_desk import Shown as CtcShown
    from gui.explorer import Explorer
    from gui.runtime.settings import Settings
    from gui.state import AppState
    from gui.workspaces.explore.workspace import Shown

START_HINT = say("window", "Ctrl K find a loss · Ctrl O open · ? keys")
SIZE = (1280, 800)
SMALLEST = (1024, 680)
LONG_WAIT = 1000  # ms of reading after which a sentence says so
NARROW = 1100  # below it the inspector is shown on demand


@final
class Window(QMainWindow):
    """The main window: rail, top bar, formula strip, one page, inspector, status bar."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.session = Session(self)
        self._shown: tuple[Shown, float] | None = None
        self._preferred: str | None = None
        self._wants_inspector = True
        self.setWindowTitle("LossScope")
        self.resize(*SIZE)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.commands = make_commands(self)
        parts = WindowParts()
        self.setCentralWidget(parts)
        self.rail, self.top, self.strip, self.status = parts.rail, parts.top, parts.strip, parts.status
        self.start, self.refused = parts.start, parts.refused
        self.explorer, self.ctc = parts.explorer, parts.ctc
        self._last_desk: Explorer | CtcDesk = parts.explorer
        self.inspector, self._stack = parts.inspector, parts.stack
        self.editor = InspectorEditor(self.inspector, self.session.store)
        self.menus = WindowMenus(self)
        self._connect_session()
        self._connect_parts()
        self._connect_pages()
        self.show_start()
        self.start.setFocus()

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been computed and drawn."""
        return not self.session.is_busy and self.explorer.is_idle and self.ctc.is_idle

    def open_file(self, path: Path) -> None:
        """Read a batch and show it; what was open stays until it is there."""
        self.session.open_file(Path(path))
        QTimer.singleShot(LONG_WAIT, self._tell_wait)

    def open_preset(self, preset: Preset) -> None:
        """Begin from a state worth starting from."""
        self.session.open_preset(preset)
        self.show_explorer()

    def choose_loss(self, name: str) -> None:
        """Another loss on what is open, or its sketch where nothing is."""
        if self._page is self.start:
            self.open_preset(sketch(name))
        else:
            self.session.choose_loss(name)

    def show_start(self) -> None:
        """The start page; what is open stays open behind it."""
        self._show_page(self.start)
        self.top.losses.show_name("")
        self.top.show_source(self.tr("No data yet"), "file")

    def show_explorer(self) -> None:
        """The workspace Explore, its picture ready for keys."""
        self._show_page(self.explorer)
        self.explorer.focus_view()

    def show_ctc(self) -> None:
        """The workspace CTC: the lattice of the open batch, or of a target made by hand."""
        self._show_page(self.ctc)
        self.ctc.focus_view()

    def show_workspace(self, name: str) -> None:
        """A workspace by its name: explore or ctc."""
        {"explore": self.show_explorer, "ctc": self.show_ctc}[name]()

    def prefer(self, workspace: str | None) -> None:
        """Show the next batch in this workspace; None for the one that suits it."""
        self._preferred = workspace

    @property
    def desk(self) -> Explorer | CtcDesk:
        """The workspace in front, or the one that was."""
        return self._last_desk

    def toggle_inspector(self) -> None:
        """Show or hide the right pane, also in a narrow window."""
        side = self.ctc.side if self._page is self.ctc else self.inspector
        self._wants_inspector = side.isHidden()
        self._place_inspector(asked=True)

    def tell_crash(self, report: Path, error: BaseException) -> None:
        """Say that something went wrong and where the report lies; the state is as it was."""
        sentence = say("window", "Something went wrong ({error}). A report is in {report}.", error=repr(error),
                       report=str(report))  # fmt: skip
        self.desk.banner.tell("err", sentence)

    @property
    def _page(self) -> QWidget | None:
        return self._stack.currentWidget()

    # What is shown

    def _show(self, state: AppState) -> None:
        self.menus.show_state(self.session.store.history, state)
        if self._page not in (self.explorer, self.ctc):
            return
        batch = state.problem.batch
        self._shown = None
        self.top.show_source(batch.name if batch else self.tr("Sketch"), "file" if batch else "explore")
        self.top.losses.show_name(state.problem.loss.name)
        self.inspector.show_state(state)
        if self._page is self.ctc:
            self.status.show_default_hint("")
            self.ctc.show_state(state.problem, state.ctc)
        else:
            self.status.show_default_hint(tr_text(HINTS[state.explore.tab]))
            self.explorer.show_state(state)
        self.session.assess()

    def _show_computed(self, what: Shown, seconds: float) -> None:
        self._shown = (what, seconds)
        self._show_strip(what.strip)
        self.inspector.show_probe(what.table, what.path)
        self._show_found()

    def _show_lattice(self, what: CtcShown, seconds: float) -> None:
        self._show_strip(what.strip)
        self._show_status(what.value, what.gradient_norm, seconds)

    def _show_strip(self, strip: Strip | None) -> None:
        if strip is not None:
            self.strip.show_strip(strip)
        else:
            self.strip.show_sentence(say("window", "There is no formula to fill in here."))

    def _show_status(self, value: float, norm: float, seconds: float) -> None:
        assessed, state = self.session.assessment, self.session.state
        batch_value = None if assessed is None else value_text(assessed)
        self.status.show_status(Status(value, norm, state.explore.dtype, seconds, batch_value))

    def _show_assessment(self, assessed: Assessment) -> None:
        row = self.session.state.explore.row
        self.explorer.show_rows(row_list_model(assessed, row), row)
        self._show_found()

    def _show_found(self) -> None:
        if self._shown is None or self._page is not self.explorer:
            return
        what, seconds = self._shown
        self.inspector.show_notices(notices(self.session.assessment, what.notes))
        self._show_status(what.value, what.gradient_norm, seconds)

    def _show_opened(self, path: Path) -> None:
        self.settings.remember(path)
        is_sequence = self.session.state.problem.loss.family == "sequence"
        self.show_workspace(self._preferred or ("ctc" if is_sequence else "explore"))
        self._preferred = None

    def _tell_wait(self) -> None:
        path = self.session.opening
        if path is not None:
            self.strip.show_sentence(say("window", "Reading {file} … Esc gives it up.", file=path.name))

    def _stop_waiting(self) -> None:
        if self.session.opening is not None:
            self.session.stop_opening()
            self._show_page(self._page or self.start)

    def _show_refused_file(self, path: Path, error: InputError) -> None:
        batch = self.session.state.problem.batch
        self.refused.show_error(path, error, batch.name if batch else "")
        self._show_page(self.refused)
        self.strip.show_sentence(
            say("window", "{file} was not opened; nothing was changed.", file=path.name), error=True
        )

    def _show_refused_edit(self, error: InputError) -> None:
        if self._page is self.ctc:
            self.ctc.refuse(error)
        elif not self.inspector.form.refuse(error.field, why(error.problem, error.remedy)):
            self.explorer.tell(error)

    def _leave_refusal(self) -> None:
        if self.session.store.history.past:
            self._show_page(self.desk)
        else:
            self.show_start()

    def _show_page(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        for desk in (self.explorer, self.ctc):
            if page is desk:
                self._last_desk = desk
        names: dict[QWidget, str] = {self.explorer: "explore", self.ctc: "ctc"}
        self.rail.show_workspace(names.get(page, ""))
        self._place_inspector()
        self._show(self.session.state)
        if page not in names:
            self.strip.show_sentence(say("window", "The formula of the chosen loss will stand here, with its numbers."))
            self.status.show_status(None)
            self.status.show_default_hint(tr_text(START_HINT))

    def _place_inspector(self, *, asked: bool = False) -> None:
        wanted = self._wants_inspector and (asked or self.width() >= NARROW)
        self.inspector.setVisible(self._page is self.explorer and wanted)
        self.ctc.side.setVisible(wanted)

    # How it is put together

    def _connect_session(self) -> None:
        session = self.session
        session.store.changed.connect(self._show)
        session.store.refused.connect(self._show_refused_edit)
        session.opened.connect(self._show_opened)
        session.file_refused.connect(self._show_refused_file)
        session.assessed.connect(self._show_assessment)
        session.told.connect(self.explorer.banner.tell)
        session.busy.connect(self.explorer.busy_line.show_busy)
        self.ctc.state_edited.connect(lambda edit: session.apply(on_ctc(edit)))
        self.ctc.problem_edited.connect(lambda edit: session.apply(on_problem(edit)))
        for part in (self.explorer, self.ctc, self.strip, self.inspector.form, self.inspector.weights):
            part.released.connect(session.store.seal)
            part.cancelled.connect(session.give_up_drag)
        for editor in (self.explorer, self.editor):
            editor.edited.connect(session.apply)
        self.editor.refused.connect(self._show_refused_edit)

    def _connect_parts(self) -> None:
        self.explorer.computed.connect(self._show_computed)
        self.ctc.computed.connect(self._show_lattice)
        self.ctc.export_requested.connect(self.menus.save_picture)
        self.ctc.hinted.connect(self.status.show_hint)
        self.explorer.hinted.connect(self.status.show_hint)
        self.strip.hinted.connect(self.status.show_hint)
        self.strip.scrubbed.connect(self._set_number)
        self.strip.typed.connect(self._set_number)
        self.top.losses.chosen.connect(self.choose_loss)
        self.rail.keys_requested.connect(self.menus.show_keys)
        self.rail.home_requested.connect(self.show_start)
        self.rail.explore.clicked.connect(self.show_explorer)
        self.rail.ctc.clicked.connect(self.show_ctc)
        self.inspector.about_requested.connect(self.menus.show_about)
        self.inspector.step_requested.connect(self.menus.step)
        self.inspector.descend_requested.connect(self.menus.descend)
        self.inspector.diagnosis.row_chosen.connect(self._choose_row)

    def _connect_pages(self) -> None:
        self.start.preset_chosen.connect(self.open_preset)
        self.start.sample_chosen.connect(self.open_file)
        self.start.file_dropped.connect(self.open_file)
        self.start.open_requested.connect(self.menus.choose_file)
        self.start.keys_requested.connect(self.menus.show_keys)
        self.refused.open_requested.connect(self.menus.choose_file)
        self.refused.closed.connect(self._leave_refusal)

    def _set_number(self, handle: str, value: float, merge_key: str = "") -> None:
        self.session.apply(strip_edit(handle, value, merge_key))

    def _choose_row(self, row: int) -> None:
        self.session.apply(choose_row(row))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget took."""
        if event.key() == Qt.Key.Key_Escape:
            self._stop_waiting()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if (event.oldSize().width() >= NARROW) != (event.size().width() >= NARROW):
            self._place_inspector()
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.open_file(local[0])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.commands.retranslate()
            self._show(self.session.state)
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.session.close()
        self.explorer.close()
        self.ctc.close()
        super().closeEvent(event)
