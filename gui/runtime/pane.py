"""From a request to its result: at once where that is quick, on a worker where it is not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, final

from PySide6.QtCore import QObject, Signal

from core.jobs import Job, finish
from gui.runtime.lane import Lane


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result, the request it answers, and the seconds that it took."""

    request: Any
    result: Any
    seconds: float


@final
class Pane(QObject):
    """Computes the newest request and keeps its outcome; an unchanged request is not computed again.

    Signals:
        computed(Outcome): the answer to the newest request.
        failed(Exception): the newest request could not be answered.
        busy(bool): the worker began, or ended.
        progressed(float): how far the worker is, 0 to 1.
    """

    computed = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)
    progressed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane(self)
        self._lane.done.connect(self._receive)
        self._lane.failed.connect(self._fail)
        self._lane.busy.connect(self.busy)
        self._lane.progressed.connect(self.progressed)
        self._asked: Any = None
        self._outcome: Outcome | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The answer to the newest request; None while it is being computed."""
        return self._outcome

    def prime(self, request: object, result: object, seconds: float) -> None:
        """Take over what was computed elsewhere, as if it had been asked for."""
        self._lane.cancel()
        self._asked = request
        self._outcome = Outcome(request, result, seconds)

    def ask(self, request: object, compute: Callable[[Any], Job[Any]], *, quick: bool) -> None:
        """Answer `request`: by a signal before this returns if it is `quick` or was the last one asked."""
        if self._asked is not None and request == self._asked:
            if self._outcome is not None:
                self.computed.emit(self._outcome)
            return
        self._asked, self._outcome = request, None
        if quick:
            self._lane.cancel()
            self._answer(request, compute)
        else:
            self._lane.submit(lambda: _timed(request, compute))

    def cancel(self) -> None:
        """Stop what is being computed; nothing of it arrives any more."""
        self._lane.cancel()
        self._asked = None

    def forget(self) -> None:
        """Compute the next request even if it is equal to the last."""
        self._asked = None

    def close(self) -> None:
        """Stop the worker for good."""
        self._lane.close()

    def _answer(self, request: object, compute: Callable[[Any], Job[Any]]) -> None:
        try:
            outcome = finish(_timed(request, compute))
        except Exception as error:  # noqa: BLE001 a job that raises is told in its pane, the window lives on
            self._fail(error)
        else:
            self._receive(outcome)

    def _receive(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.computed.emit(outcome)

    def _fail(self, error: Exception) -> None:
        self._asked = None
        self.failed.emit(error)


def _timed(request: object, compute: Callable[[Any], Job[Any]]) -> Job[Outcome]:
    started = time.perf_counter()
    result = yield from compute(request)
    return Outcome(request, result, time.perf_counter() - started)
