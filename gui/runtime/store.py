"""The one mutable reference to the state."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject, Signal

from core.errors import InputError
from core.history import History
from gui.edit import Edit
from gui.state import AppState


@final
class Store(QObject):
    """Holds the history of states and tells when the present one changes.

    Signals:
        changed(AppState): there is a new present state.
        refused(InputError): an edit was refused; the state is as before.
    """

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, state: AppState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = History(state)
        self._telling = False

    @property
    def state(self) -> AppState:
        return self._history.present

    @property
    def history(self) -> History[AppState]:
        return self._history

    def apply(self, edit: Edit[AppState]) -> None:
        """Apply an edit to the present state; an InputError refuses it."""
        if self._telling:
            raise RuntimeError(f"the state was written while it was being shown: {edit.label}")
        try:
            state = edit.update(self.state)
        except InputError as error:
            self.refused.emit(error)
            self._tell()
            return
        if state is not self.state:
            self._go(self._history.push(state, str(edit.label), edit.merge_key))

    def seal(self) -> None:
        """End the present run of merged edits: a drag was let go."""
        self._history = self._history.seal()

    def undo(self) -> None:
        self._go(self._history.undo())

    def redo(self) -> None:
        self._go(self._history.redo())

    def _go(self, history: History[AppState]) -> None:
        if history is not self._history:
            self._history = history
            self._tell()

    def _tell(self) -> None:
        self._telling = True
        try:
            self.changed.emit(self.state)
        finally:
            self._telling = False
