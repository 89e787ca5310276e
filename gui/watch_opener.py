"""The dump that the scrubber stands on, read on a worker; the newest wish wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, Signal

from core.assess import assess
from core.errors import InputError
from core.files import read
from core.jobs import Job, Progress
from core.text import say
from gui.runtime.pane import Outcome, Pane
from gui.watch_edits import loss_for

if TYPE_CHECKING:
    from core.assess import Assessment
    from core.batch import Batch
    from core.watch import Entry, Tick
    from gui.session import Session
    from gui.state import AppState


@final
class DumpOpener(QObject):
    """Opens dumps in the session.

    Attributes:
        wanted: the one that is being read; shown: the last that was opened, and its file as it was then.
        is_taking: whether the state is changing to a dump that was read here.

    Signals:
        opened(): the dump that was wanted last is in the state.
        refused(InputError): it could not be read; the state is as before.
    """

    opened = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.wanted: Tick | None = None
        self.shown: tuple[Batch, Entry] | None = None
        self.is_taking = False
        self._pane = Pane(self)
        self._pane.computed.connect(self._take)
        self._pane.failed.connect(self._refuse)

    def open(self, tick: Tick, copy: Batch | None = None) -> None:
        """Read a dump, or take its copy; what is open stays until it is there."""
        self.wanted = tick
        self._pane.forget()
        self._pane.ask((tick, copy, self._session.state), _opened, quick=False)

    def give_up(self) -> None:
        """Read no more."""
        self.wanted = None
        self._pane.cancel()

    def close(self) -> None:
        """Stop the worker for good."""
        self._pane.close()

    def _take(self, outcome: Outcome) -> None:
        assert self.wanted is not None
        found: Assessment = outcome.result
        self.shown, self.wanted, self.is_taking = (found.batch, self.wanted.entry), None, True
        self._session.go_on_to(found)
        self.is_taking = False
        self.opened.emit()

    def _refuse(self, error: Exception) -> None:
        assert self.wanted is not None
        name, self.wanted = self.wanted.path.name, None
        if not isinstance(error, InputError):
            problem = say("window", "It could not be read: {error}.", error=repr(error))
            error = InputError(name, problem, say("window", "Save it again, as a .npz with np.savez."))
        self.refused.emit(error)


def _opened(asked: tuple[Tick, Batch | None, AppState]) -> Job[Assessment]:
    """Under the loss that the user made of the last one, if it is of the same kind."""
    tick, copy, state = asked
    yield Progress(0.0)
    batch = read(tick.path)[0] if copy is None else copy
    return (yield from assess(loss_for(state, batch), batch))
