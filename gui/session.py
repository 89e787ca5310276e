"""The work behind the window: the store, the workers that read and assess batches, and what a user can ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from PySide6.QtCore import QObject, QTimer, Signal

from core.assess import Assessment, assess
from core.errors import InputError
from core.files import read
from core.jobs import Job, Progress
from core.problem import Problem
from core.text import say
from gui import app_edits, watch_edits
from gui.runtime.pane import Outcome, Pane
from gui.runtime.store import Store
from gui.runtime.whole_sum import WholeSum
from gui.state import AppState
from gui.workspaces.explore.presets import Preset, sketch

if TYPE_CHECKING:
    from pathlib import Path

    from core.files.csv_columns import Columns
    from gui.edit import Edit

FIRST = "SmoothL1Loss"


@final
class Session(QObject):
    """One store and its workers; knows no widget.

    Signals:
        opened(Path): a batch was read and is in the state.
        file_refused(Path, InputError): it could not be; the state is as before.
        assessed(Assessment): what the loss in force makes of the batch.
        told(str, Text): a remark, with the kind of a Banner.
        busy(bool): a worker began, or all are done.
    """

    opened = Signal(object)
    file_refused = Signal(object, object)
    assessed = Signal(object)
    told = Signal(str, object)
    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        first = sketch(FIRST)
        self.store = Store(AppState(Problem(first.loss), first.state), self)
        self._assessor = Pane(self)
        self._opener = Pane(self)
        self.all_rows = WholeSum(self)
        self._opening: Path | None = None
        self._at_work: set[str] = set()
        self._lacks_row = False
        self._assessor.computed.connect(self._tell_assessment)
        self._opener.computed.connect(self._take)
        self._opener.failed.connect(self._refuse)
        self.all_rows.failed.connect(self._tell_unsummed)
        self._assessor.busy.connect(lambda busy: self._count("assess", busy))
        self._opener.busy.connect(lambda busy: self._count("open", busy))

    @property
    def state(self) -> AppState:
        return self.store.state

    @property
    def is_busy(self) -> bool:
        """Whether a worker has anything under way."""
        return bool(self._at_work)

    @property
    def assessment(self) -> Assessment | None:
        """What was found in the present batch under the present loss; None until it is known."""
        outcome, problem = self._assessor.outcome, self.state.problem
        if outcome is None or problem.batch is None:
            return None
        found: Assessment = outcome.result
        return found if found.batch is problem.batch and found.loss is problem.loss else None

    def open_file(self, path: Path, columns: Columns | None = None) -> None:
        """Read a batch on the worker; what was open stays until it is there. `columns` are those of a table."""
        self._opening = path
        self._opener.forget()
        self._opener.ask((path, columns), _opened, quick=False)

    @property
    def opening(self) -> Path | None:
        """The file that is being read; None if there is none."""
        return self._opening if "open" in self._at_work else None

    def go_on_to(self, found: Assessment) -> None:
        """Another dump of the same run, which was read elsewhere; what is chosen stays chosen."""
        self._lacks_row = False
        before = self.assessment
        self._assessor.prime((found.loss, found.batch), found, found.seconds)
        self.store.apply(watch_edits.step_to(before, found))

    def stop_opening(self) -> None:
        """Give up reading; what was open stays."""
        self._opener.cancel()

    def open_preset(self, preset: Preset) -> None:
        """Begin from a state worth starting from."""
        self._lacks_row = False
        self.store.apply(app_edits.open_preset(preset))

    def choose_loss(self, name: str) -> None:
        """Another loss on the same numbers; tells what it could not take over."""
        self.store.seal()
        switch = app_edits.choose_loss(self.state, name)
        self.store.apply(switch.edit)
        self._lacks_row = self.state.problem.batch is not None and self.state.explore.row is None
        if switch.dropped:
            self.told.emit("info", app_edits.dropped_sentence(switch.dropped, name))

    def apply(self, edit: Edit[AppState]) -> None:
        """Do what an edit says."""
        self._lacks_row = False
        self.store.apply(edit)

    def give_up_drag(self) -> None:
        """Back to where the drag began."""
        self.store.undo()

    def assess(self) -> None:
        """Have the present batch assessed under the present loss, unless that is known."""
        problem = self.state.problem
        self.all_rows.ask(problem.loss, problem.base)
        if problem.batch is not None:
            self._assessor.ask((problem.loss, problem.batch), _assessed, quick=False)

    def close(self) -> None:
        """Stop the workers for good."""
        self._assessor.close()
        self._opener.close()
        self.all_rows.close()

    def _take(self, outcome: Outcome) -> None:
        found: Assessment = outcome.result
        path = self._opening
        self._lacks_row = False
        self._assessor.prime((found.loss, found.batch), found, found.seconds)
        self.store.apply(app_edits.open_batch(found))
        self.opened.emit(path)

    def _refuse(self, error: Exception) -> None:
        path = self._opening
        assert path is not None
        if not isinstance(error, InputError):
            problem = say("window", "It could not be read: {error}.", error=repr(error))
            error = InputError(path.name, problem, say("window", "Save it again, as a .npz with np.savez."))
        self.file_refused.emit(path, error)

    def _tell_unsummed(self, error: Exception) -> None:
        reason = error.problem if isinstance(error, InputError) else repr(error)
        self.told.emit("err", say("window", "The rows that are not shown could not be summed. {reason}", reason=reason))

    def _tell_assessment(self, _outcome: Outcome) -> None:
        found = self.assessment
        if found is None:
            return
        self.assessed.emit(found)
        if self._lacks_row:
            # Not at once: what is known already is told while the state is being shown.
            QTimer.singleShot(0, self._find_row)

    def _find_row(self) -> None:
        """After a switch of the loss: take the row that it finds worst, in the same undo step."""
        found = self.assessment
        if self._lacks_row and found is not None and found.rows is not None and found.rows.count:
            self._lacks_row = False
            self.store.apply(app_edits.choose_row(int(found.rows.order[0]), app_edits.CHOOSING))
            self.store.seal()

    def _count(self, who: str, busy: bool) -> None:
        (self._at_work.add if busy else self._at_work.discard)(who)
        self.busy.emit(self.is_busy)


def _opened(asked: tuple[Path, Columns | None]) -> Job[Assessment]:
    yield Progress(0.0)
    batch = read(*asked)[0]
    return (yield from assess(batch.loss, batch))


def _assessed(asked: tuple[Any, Any]) -> Job[Assessment]:
    return assess(*asked)
