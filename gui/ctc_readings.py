"""What is read beside the lattice, found on workers: decoded labels, a comparison, a descent from the toy."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, QTimer, Signal

from gui.runtime.pane import Outcome, Pane
from gui.workspaces.ctc import compute_compare, compute_decode, compute_learning
from gui.workspaces.ctc.compute_compare import CompareRequest
from gui.workspaces.ctc.compute_decode import DecodeRequest
from gui.workspaces.ctc.compute_learning import Learned, LearningRequest

if TYPE_CHECKING:
    from gui.workspaces.ctc.compute_compare import CompareResult
    from gui.workspaces.ctc.compute_lattice import LatticeResult
    from gui.workspaces.ctc.state import CTCState, Toy

PAUSE = 80  # ms without an edit before a sequence is decoded, so that a drag stays smooth


@final
class Readings(QObject):
    """Reads the sequence shown.

    Signals:
        decoded(DecodeResult), compared(CompareResult), learned(Learned)
        failed(Exception): something broke down.
    """

    decoded = Signal(object)
    compared = Signal(object)
    learned = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._result: LatticeResult | None = None
        self._learned: Learned | None = None
        self._busy: set[Pane] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._decode)
        self._decodes, self._compares, self._learns = (Pane(self) for _ in range(3))
        for pane, receive in (
            (self._decodes, self._receive_decoded),
            (self._compares, self._receive_compared),
            (self._learns, self._receive_learned),
        ):
            pane.computed.connect(receive)
            pane.failed.connect(self.failed)
            pane.busy.connect(self._set_busy)

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been answered."""
        return not self._busy and not self._pause.isActive()

    def read(self, result: LatticeResult, state: CTCState) -> None:
        """Decode a sequence when the edits pause, and compare it if there is something to compare with."""
        if result is not self._result:
            self._result = result
            self._pause.start()
        if state.given is not None or state.given_loss is not None:
            asked = CompareRequest(result, state.given, state.given_loss)
            self._compares.ask(asked, compute_compare.compute, quick=False)
        else:
            self._compares.cancel()

    def learn(self, toy: Toy) -> Learned | None:
        """The descent from a toy, if it is known; else it is found, and told by `learned`."""
        if self._learned is not None and self._learned.toy is toy:
            return self._learned
        self._learns.ask(LearningRequest(toy), compute_learning.compute, quick=False)
        return None

    def forget(self) -> None:
        """Nothing is shown, so nothing that is still being found counts."""
        self._pause.stop()
        self._result = None
        self._compares.cancel()

    def close(self) -> None:
        """Stop for good."""
        self._pause.stop()
        for pane in (self._decodes, self._compares, self._learns):
            pane.close()

    def _decode(self) -> None:
        if self._result is not None:
            quick = self._result.request.toy is not None
            self._decodes.ask(DecodeRequest(self._result), compute_decode.compute, quick=quick)

    def _receive_decoded(self, outcome: Outcome) -> None:
        if self._result is not None and outcome.request.result is self._result:
            self.decoded.emit(outcome.result)

    def _receive_compared(self, outcome: Outcome) -> None:
        result: CompareResult = outcome.result
        if result.request.result is self._result:
            self.compared.emit(result)

    def _receive_learned(self, outcome: Outcome) -> None:
        self._learned = outcome.result
        self.learned.emit(outcome.result)

    def _set_busy(self, busy: bool) -> None:
        pane = self.sender()
        assert isinstance(pane, Pane)
        (self._busy.add if busy else self._busy.discard)(pane)
