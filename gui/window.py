"""The window: joins the session and the widgets; decides nothing about losses."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from core.files.csv_columns import guess_columns
from core.files.csv_table import table_in
from core.text import say
from gui.app_edits import on_ctc, on_problem
from gui.columns_dialog import ColumnsDialog
from gui.frame.commands import make_commands
from gui.frame.inspector_editor import InspectorEditor
from gui.frame.strip_edits import strip_edit
from gui.kit.field_row import why
from gui.session import Session
from gui.watch_steps import WatchSteps
from gui.window_menus import WindowMenus
from gui.window_pages import Pages
from gui.window_parts import WindowParts
from gui.window_routes import Routes
from gui.workspaces.explore.presets import Preset, sketch

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent

    from core.errors import InputError
    from core.files.csv_columns import Columns
    from core.text import Text
    from gui.desks import Desk
    from gui.kit.banner import Kind
    from gui.runtime.settings import Settings
    from gui.state import AppState

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
        self._preferred: str | None = None
        self.setWindowTitle("LossScope")
        self.resize(*SIZE)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.commands = make_commands(self)
        parts = WindowParts()
        self.setCentralWidget(parts)
        self.rail, self.top, self.strip, self.status = parts.rail, parts.top, parts.strip, parts.status
        self.start, self.refused = parts.start, parts.refused
        self.explorer, self.batch, self.ctc = parts.explorer, parts.batch, parts.ctc
        self.desks = parts.desks
        self.inspector = parts.inspector
        self._pages = Pages(parts, self.session, self)
        self.watch = WatchSteps(self.session, self.batch.watch, self)
        self.editor = InspectorEditor(self.inspector, self.session.store)
        self.menus, self._routes = WindowMenus(self), Routes(self)
        self._connect_session()
        self._connect_parts()
        self._connect_pages()
        self._show_menus(self.session.state)
        self.show_start()
        self.start.setFocus()

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been computed and drawn."""
        return not self.session.is_busy and self.desks.are_idle and self.watch.is_settled

    def open_chosen(self, path: Path) -> None:
        """Open what a user pointed at; of a table, ask first what its columns are."""
        table = table_in(Path(path))
        if table is None:
            self.open_file(path)
            return
        dialog = ColumnsDialog(table, guess_columns(table.names, table.rows), self)
        dialog.chosen.connect(partial(self.open_file, path))
        dialog.open()

    def open_file(self, path: Path, columns: Columns | None = None) -> None:
        """Read a batch and show it; what was open stays until it is there. A folder is watched."""
        if Path(path).is_dir():
            self.watch_place(Path(path))
            return
        self.session.open_file(Path(path), columns)
        QTimer.singleShot(LONG_WAIT, self._tell_wait)

    def watch_place(self, place: Path) -> None:
        """Show each dump that is written into a folder, or over a file, on the Batch page."""
        self._preferred = None
        self.show_batch()
        self.watch.start(place.absolute())
        self.batch.focus_view()

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
        """The workspace Explore."""
        self.show_workspace("explore")

    def show_batch(self) -> None:
        """The workspace Batch: every row of the open batch."""
        self.show_workspace("batch")

    def show_ctc(self) -> None:
        """The workspace CTC: the lattice of the open batch, or of a target made by hand."""
        self.show_workspace("ctc")

    def show_workspace(self, name: str) -> None:
        """A workspace by its name, its picture ready for keys."""
        self._show_page(self.desks[name])
        self.desks[name].focus_view()

    def prefer(self, workspace: str | None) -> None:
        """Show the next batch in this workspace; None for the one that suits it."""
        self._preferred = workspace

    @property
    def desk(self) -> Desk:
        """The workspace in front, or the one that was."""
        return self.desks.front

    def toggle_inspector(self) -> None:
        """Show or hide the right pane, also in a narrow window."""
        self._pages.toggle_inspector(narrow=self.width() < NARROW)

    def tell_crash(self, report: Path, error: BaseException) -> None:
        """Say that something went wrong and where the report lies; the state is as it was."""
        sentence = say("window", "Something went wrong ({error}). A report is in {report}.", error=repr(error),
                       report=str(report))  # fmt: skip
        self.desk.banner.tell("err", sentence)

    @property
    def _page(self) -> QWidget | None:
        return self._pages.front

    # What happens

    def _show_opened(self, path: Path) -> None:
        self.settings.remember(path)
        is_sequence = self.session.state.problem.loss.family == "sequence"
        self.show_workspace(self._preferred or ("ctc" if is_sequence else "explore"))
        self._preferred = None

    def _tell(self, kind: Kind, words: Text) -> None:
        self.desk.banner.tell(kind, words)

    def _show_awaited(self) -> None:
        self.batch.show_awaited(awaited=self.watch.awaits_first)

    def _tell_wait(self) -> None:
        path = self.session.opening
        if path is not None:
            self.strip.show_sentence(say("window", "Reading {file} … Esc gives it up.", file=path.name))

    def _stop_waiting(self) -> None:
        if self.session.opening is not None:
            self.session.stop_opening()
            self._show_page(self._page or self.start)
        else:
            self.session.all_rows.give_up()

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
        elif self._page is self.batch and self.batch.refuse(error):
            return
        elif not self.inspector.form.refuse(error.field, why(error.problem, error.remedy)):
            self.desk.tell(error)

    def _leave_refusal(self) -> None:
        if self.session.store.history.past:
            self._show_page(self.desk)
        else:
            self.show_start()

    def _show_page(self, page: QWidget) -> None:
        self._pages.bring(page, narrow=self.width() < NARROW)
        self._show_menus(self.session.state)

    def _show_menus(self, state: AppState) -> None:
        self.menus.show_state(self.session.store.history, state)

    # How it is put together

    def _connect_session(self) -> None:
        session = self.session
        session.store.changed.connect(self._show_menus)
        session.store.refused.connect(self._show_refused_edit)
        session.opened.connect(self._show_opened)
        session.file_refused.connect(self._show_refused_file)
        session.told.connect(self._tell)
        session.busy.connect(self.explorer.set_busy)
        self.ctc.state_edited.connect(lambda edit: session.apply(on_ctc(edit)))
        self.ctc.problem_edited.connect(lambda edit: session.apply(on_problem(edit)))
        for part in (*self.desks, self.strip, self.inspector.form, self.inspector.weights):
            part.released.connect(session.store.seal)
            part.cancelled.connect(session.give_up_drag)
        for editor in (self.explorer, self.batch, self.editor):
            editor.edited.connect(session.apply)
        self.editor.refused.connect(self._show_refused_edit)
        self.watch.told.connect(self.batch.banner.tell)
        self.watch.changed.connect(self._show_awaited)
        self.watch.step_found.connect(self.batch.show_step)

    def _connect_parts(self) -> None:
        for desk in (self.batch, self.ctc):
            desk.export_requested.connect(self.menus.save_picture)
        for desk in self.desks:
            desk.hinted.connect(self.status.show_hint)
        self.batch.table_requested.connect(self.menus.save_rows)
        self.batch.open_requested.connect(self.menus.choose_file)
        self.batch.weights_requested.connect(self.editor.choose_next)
        self.strip.hinted.connect(self.status.show_hint)
        self.strip.scrubbed.connect(self._set_number)
        self.strip.typed.connect(self._set_number)
        self.top.losses.chosen.connect(self.choose_loss)
        self.rail.keys_requested.connect(self.menus.show_keys)
        self.rail.home_requested.connect(self.show_start)
        self.rail.explore.clicked.connect(self.show_explorer)
        self.rail.batch.clicked.connect(self.show_batch)
        self.rail.ctc.clicked.connect(self.show_ctc)
        self.inspector.about_requested.connect(self.menus.show_about)
        self.inspector.step_requested.connect(self.menus.step)
        self.inspector.descend_requested.connect(self.menus.descend)

    def _connect_pages(self) -> None:
        self.start.preset_chosen.connect(self.open_preset)
        self.start.sample_chosen.connect(self.open_file)
        self.start.file_dropped.connect(self.open_chosen)
        self.start.open_requested.connect(self.menus.choose_file)
        self.start.keys_requested.connect(self.menus.show_keys)
        self.refused.open_requested.connect(self.menus.choose_file)
        self.refused.closed.connect(self._leave_refusal)

    def _set_number(self, handle: str, value: float, merge_key: str = "") -> None:
        self.session.apply(strip_edit(handle, value, merge_key))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget took."""
        if event.key() == Qt.Key.Key_Escape:
            self._stop_waiting()
        elif event.key() == Qt.Key.Key_F8 and self._page is self.batch:
            self.batch.keyPressEvent(event)  # from the inspector, too
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if (event.oldSize().width() >= NARROW) != (event.size().width() >= NARROW):
            self._pages.place_inspector(narrow=self.width() < NARROW)
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.open_chosen(local[0])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.commands.retranslate()
            self._show_menus(self.session.state)
            self._pages.show_state(self.session.state)
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.watch.close()
        self.session.close()
        self.desks.close()
        super().closeEvent(event)
