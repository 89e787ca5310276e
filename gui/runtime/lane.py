"""One worker: the newest job wins."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, final

from PySide6.QtCore import QObject, Qt, Signal

from core.jobs import Job


@dataclass(frozen=True, slots=True)
class _Ticket:
    number: int
    start: Callable[[], Job[Any]]
    cancelled: threading.Event = field(default_factory=threading.Event)


@final
class Lane(QObject):
    """Runs jobs on a thread of its own, one at a time; a newer job cancels the one before.

    Signals:
        done(object): the result of the newest job, on the GUI thread.
        failed(Exception): the newest job raised.
        progressed(float): how far the newest job is, 0 to 1.
        busy(bool): a job began, or the last one ended.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)
    busy = Signal(bool)
    _news = Signal(int, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, "lossscope-lane")
        self._newest: _Ticket | None = None
        self._count = 0
        self._news.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def submit(self, start: Callable[[], Job[Any]]) -> None:
        """Run `start()` as soon as the worker is free, and forget every job before it."""
        self._drop_newest()
        self._count += 1
        self._newest = _Ticket(self._count, start)
        self.busy.emit(True)
        self._pool.submit(self._run, self._newest)

    def cancel(self) -> None:
        """Stop the present job; nothing of it arrives any more."""
        if self._newest is not None:
            self._drop_newest()
            self.busy.emit(False)

    def close(self) -> None:
        """Stop for good, and wait for the worker to end."""
        self._drop_newest()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _drop_newest(self) -> None:
        if self._newest is not None:
            self._newest.cancelled.set()
            self._newest = None

    def _run(self, ticket: _Ticket) -> None:
        try:
            self._drive(ticket)
        except Exception as error:  # noqa: BLE001 the one boundary between a worker and the window
            self._news.emit(ticket.number, "failed", error)

    def _drive(self, ticket: _Ticket) -> None:
        if ticket.cancelled.is_set():
            return
        job = ticket.start()
        try:
            while not ticket.cancelled.is_set():
                self._news.emit(ticket.number, "progressed", next(job).fraction)
        except StopIteration as stop:
            self._news.emit(ticket.number, "done", stop.value)
        finally:
            job.close()

    def _receive(self, number: int, kind: str, news: object) -> None:
        if self._newest is None or number != self._newest.number:
            return
        if kind == "progressed":
            self.progressed.emit(news)
            return
        self._newest = None
        self.busy.emit(False)
        if kind == "done":
            self.done.emit(news)
        else:
            self.failed.emit(news)
