"""The clinic at work: a sequence is examined at once or on a worker, the lines of its batch come when they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, QTimer, Signal

from gui.runtime.pane import Outcome, Pane
from gui.workspaces.ctc.compute_clinic import ClinicRequest, compute, compute_lines, lines_request
from gui.workspaces.ctc.present_clinic import present

if TYPE_CHECKING:
    from gui.workspaces.ctc.compute_clinic import ClinicResult, LinesResult
    from gui.workspaces.ctc.compute_lattice import LatticeResult

PAUSE = 80  # ms without an edit before a sequence is examined, so that a drag stays smooth


@final
class Clinic(QObject):
    """Examines the sequence shown.

    Signals:
        examined(ClinicModel): what was found so far.
        failed(Exception): an examination broke down.
    """

    examined = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._result: LatticeResult | None = None
        self._found: ClinicResult | None = None
        self._lines: LinesResult | None = None
        self._busy = {"sequence": False, "lines": False}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._begin)
        self._sequence, self._batch = Pane(self), Pane(self)
        self._sequence.computed.connect(self._receive)
        self._batch.computed.connect(self._receive_lines)
        self._sequence.busy.connect(self._set_sequence_busy)
        self._batch.busy.connect(self._set_lines_busy)
        self._sequence.failed.connect(self.failed)
        self._batch.failed.connect(self.failed)

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been answered."""
        return not any(self._busy.values()) and not self._pause.isActive()

    def examine(self, result: LatticeResult) -> None:
        """The first sequence at once, another when the edits pause; the same result is not examined again."""
        if result is self._result:
            return
        self._result = result
        if self._found is None:
            self._begin()
        else:
            self._pause.start()

    def forget(self) -> None:
        """Nothing is shown, so nothing that is still being found counts."""
        self._result = None

    def close(self) -> None:
        """Stop for good."""
        self._pause.stop()
        self._sequence.close()
        self._batch.close()

    def _begin(self) -> None:
        if self._result is not None:
            self._look()
            self._batch.ask(lines_request(self._result), compute_lines, quick=False)

    def _look(self) -> None:
        assert self._result is not None
        lines = self._lines.lines if self._lines is not None and self._knows_lines() else None
        asked = ClinicRequest(self._result, lines)
        self._sequence.ask(asked, compute, quick=self._result.request.toy is not None)

    def _knows_lines(self) -> bool:
        assert self._result is not None
        return self._lines is not None and self._lines.request == lines_request(self._result)

    def _receive(self, outcome: Outcome) -> None:
        self._found = outcome.result
        self._tell()

    def _receive_lines(self, outcome: Outcome) -> None:
        self._lines = outcome.result
        if self._result is not None and self._knows_lines():
            self._look()

    def _tell(self) -> None:
        if self._found is not None and self._result is not None:
            notes = self._lines.notes if self._lines is not None and self._knows_lines() else ()
            self.examined.emit(present(self._found, notes))

    def _set_sequence_busy(self, busy: bool) -> None:
        self._busy["sequence"] = busy

    def _set_lines_busy(self, busy: bool) -> None:
        self._busy["lines"] = busy
