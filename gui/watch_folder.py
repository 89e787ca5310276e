"""The look at a watched place, again and again, on a worker."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from core.errors import InputError
from core.watch import Index, Track, Watched, follow, look
from gui.runtime.lane import Lane

if TYPE_CHECKING:
    from core.jobs import Job
    from core.watch import Sample

PERIOD = 500  # ms between two looks; a file system that tells of changes calls earlier
SOON = 40  # ms in which several changes are one
LEAST, PART = (
    64,
    8,
)  # files of one look: so many, or this part of those that were read, so that lines are redrawn seldom
SHARE = 10  # looks take at most one part in so many of the time


@final
@dataclass(frozen=True, eq=False, slots=True)
class _Round:
    """What one look found."""

    watched: Watched
    track: Track | None
    seconds: float


@final
class FolderWatch(QObject):
    """Reads what is new in a folder, or in a file that is written over, until it is told to stop.

    Signals:
        looked(): a look ended; `watched` and `track` hold what is known now.
        failed(InputError): the place cannot be looked at; the looks go on.
    """

    looked = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.watched: Watched | None = None
        self.track: Track | None = None
        self._sample: Sample | None = None
        self._has_looked = False
        self._lane = Lane(self)
        self._lane.done.connect(self._receive)
        self._lane.failed.connect(self._fail)
        self._lane.busy.connect(self._note_busy)
        self._is_busy = False
        self._was_told = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._look)
        self._told = QFileSystemWatcher(self)
        self._told.directoryChanged.connect(self._look_soon)

    @property
    def place(self) -> Path | None:
        """What is watched."""
        return None if self.watched is None else self.watched.index.place

    @property
    def is_settled(self) -> bool:
        """Whether all that was there at the last look has been read."""
        if self.watched is None:
            return True
        return self._has_looked and not self.watched.index.unread and not self._is_behind()

    def start(self, place: Path) -> None:
        """Watch this place, and no other."""
        self.stop()
        self.watched = Watched(Index(place))
        folder = place if place.is_dir() else place.parent
        if folder.is_dir():
            self._told.addPath(str(folder))
        self._look()

    def stop(self) -> None:
        """Look no more, and forget what was read."""
        self._clock.stop()
        self._lane.cancel()
        if self._told.directories():
            self._told.removePaths(self._told.directories())
        self.watched = self.track = self._sample = None
        self._has_looked = False

    def follow(self, sample: Sample | None) -> None:
        """Read also what became of a sample in each dump; None for no sample."""
        if sample == self._sample:
            return
        self._sample = sample
        self.track = None if sample is None else Track(sample)
        if sample is not None and self.watched is not None:
            self._look_soon()

    def close(self) -> None:
        """Stop the worker for good."""
        self.stop()
        self._lane.close()

    def _look(self) -> None:
        if self.watched is not None and not self._is_busy:
            watched, track, self._was_told = self.watched, self.track, False
            self._lane.submit(lambda: _round(watched, track))

    def _look_soon(self) -> None:
        """Once more after the look that is under way, if there is one."""
        self._was_told = True
        if self.watched is not None and not self._is_busy:
            self._clock.start(SOON)

    def _receive(self, found: _Round) -> None:
        if self.watched is None or found.watched.index.place != self.place:
            return
        self.watched, self._has_looked = found.watched, True
        if found.track is not None and found.track.sample == self._sample:
            self.track = found.track
        self._clock.start(self._pause_after(found))
        self.looked.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, InputError):
            self.stop()  # once is enough for a report
            raise error
        self._has_looked = True
        self._clock.start(PERIOD)
        self.failed.emit(error)

    def _pause_after(self, found: _Round) -> int:
        """How many ms the next look is away."""
        if found.watched.index.unread or self._is_behind():
            return 0
        return SOON if self._was_told else max(PERIOD, round(found.seconds * 1000 * SHARE))

    def _is_behind(self) -> bool:
        """Whether the sample that is followed has dumps that were not read."""
        track = self.track
        return track is not None and (not track.readings or track.unread > 0) and self._has_ticks(track)

    def _has_ticks(self, track: Track) -> bool:
        if self.watched is None:
            return False
        return any(tick.split == track.sample.split and tick.is_there for tick in self.watched.index.all_ticks)

    def _note_busy(self, busy: bool) -> None:
        self._is_busy = busy


def _round(watched: Watched, track: Track | None) -> Job[_Round]:
    started = time.monotonic()
    at_once = max(LEAST, len(watched.index.ticks) // PART)
    found = yield from look(watched, started, at_once)
    if track is not None:
        track = yield from follow(track, found.index.all_ticks)
    return _Round(found, track, time.monotonic() - started)
