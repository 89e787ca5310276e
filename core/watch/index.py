"""What is known of a watched place; brought up to date by reading only what is new."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, final

from core.errors import InputError
from core.jobs import Job, Progress
from core.watch.copies import Copies
from core.watch.scan import MOST_FILES, Entry, entry_of, is_sealed, scan
from core.watch.tick import Tick, read_tick

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.text import Text

PATIENCE = 10.0  # seconds after which a file that cannot be read is no longer taken for one that is being written
SETTLE = 1.0  # seconds for which a file that could be read half-written must lie still
AT_ONCE = 64  # files that one update reads


@final
@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is not read yet.

    Attributes:
        since: when, in the caller's seconds, it was first seen as it is.
        tried: whether it could not be read then; else it is only given time.
    """

    entry: Entry
    since: float
    tried: bool


@final
@dataclass(frozen=True, eq=False, slots=True)
class Unreadable:
    """A file that stayed unreadable, and why."""

    entry: Entry
    reason: Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class Index:
    """What was read of a place so far.

    Attributes:
        place: a folder, or one file that is written over and over.
        ticks: of the files that are there, by name.
        past: of files that were deleted, or written over by another step; oldest first.
        waiting: files that are still being written, by name; never shown.
        copies: of a file that is written over, what it held; none of a folder.
        unread: how many files the next updates will read.
        reads: how many files were opened.
    """

    place: Path
    ticks: Mapping[str, Tick] = field(default_factory=dict[str, Tick])
    past: tuple[Tick, ...] = ()
    waiting: Mapping[str, Waiting] = field(default_factory=dict[str, Waiting])
    unreadable: Mapping[str, Unreadable] = field(default_factory=dict[str, Unreadable])
    copies: Copies = field(default_factory=Copies)
    unread: int = 0
    reads: int = 0

    @property
    def all_ticks(self) -> tuple[Tick, ...]:
        """Of the files that are there, and of those that were."""
        return (*self.past, *self.ticks.values())


def update(index: Index, now: float, at_once: int = AT_ONCE) -> Job[Index]:
    """Read the newest `at_once` of the files that are new or changed; the same index if nothing is.

    `now` counts seconds from anywhere. InputError if the folder cannot be listed.
    """
    entries = scan(index.place)
    yield Progress(0.0)
    present = {entry.name: entry for entry in entries}
    work = _Work(index, present)
    fresh = [entry for entry in entries if _is_fresh(index, entry, now)]
    for number, entry in enumerate(fresh[:at_once], 1):
        yield from work.read(entry, now)
        yield Progress(number / len(fresh))
    return work.result(max(len(fresh) - at_once, 0))


def _is_fresh(index: Index, entry: Entry, now: float) -> bool:
    """Whether it is to be read: it is new, it changed, or it had its time and gets a last chance."""
    waiting = index.waiting.get(entry.name)
    if waiting is not None and waiting.entry == entry:
        return now - waiting.since >= (PATIENCE if waiting.tried else SETTLE)
    tick, unreadable = index.ticks.get(entry.name), index.unreadable.get(entry.name)
    return (tick is None or tick.entry != entry) and (unreadable is None or unreadable.entry != entry)


@final
class _Work:
    """One update under way."""

    def __init__(self, index: Index, present: Mapping[str, Entry]) -> None:
        self._index = index
        self._ticks = {name: tick for name, tick in index.ticks.items() if name in present}
        self._gone = [tick for name, tick in index.ticks.items() if name not in present]
        self._waiting = {name: wait for name, wait in index.waiting.items() if name in present}
        self._unreadable = {name: found for name, found in index.unreadable.items() if name in present}
        self._copies = index.copies
        self._reads = 0

    def read(self, entry: Entry, now: float) -> Job[None]:
        """Read one file; it counts only if it is after the reading what it was before."""
        place = self._index.place
        path = place / entry.name if place.is_dir() else place
        if not is_sealed(entry.name) and not self._is_waiting(entry):
            self._waiting[entry.name] = Waiting(entry, now, tried=False)
            return
        self._reads += 1
        try:
            tick, batch = yield from read_tick(path, entry)
        except InputError as error:
            self._put_off(entry, error.problem, now)
            return
        if entry_of(path) == entry:
            self._take(tick)
            if path is place:
                self._copies = self._copies.with_one(entry, batch)

    def result(self, unread: int) -> Index:
        """The index after it."""
        index = self._index
        if not self._reads and not self._gone and unread == index.unread and self._waiting == index.waiting:
            return index
        return replace(
            index,
            ticks=MappingProxyType(self._ticks),
            past=self._past(),
            waiting=MappingProxyType(self._waiting),
            unreadable=MappingProxyType(self._unreadable),
            copies=self._copies,
            unread=unread,
            reads=index.reads + self._reads,
        )

    def _put_off(self, entry: Entry, reason: Text, now: float) -> None:
        same = self._is_waiting(entry)
        waiting = self._waiting.pop(entry.name, None)
        self._unreadable.pop(entry.name, None)
        if waiting is None or not same:
            self._waiting[entry.name] = Waiting(entry, now, tried=True)
        elif not waiting.tried:
            self._waiting[entry.name] = replace(waiting, tried=True)
        else:
            self._let_go(entry.name)
            self._unreadable[entry.name] = Unreadable(entry, reason)

    def _is_waiting(self, entry: Entry) -> bool:
        """Whether the file was seen before as it is now."""
        waiting = self._waiting.get(entry.name)
        return waiting is not None and waiting.entry == entry

    def _take(self, tick: Tick) -> None:
        name = tick.entry.name
        self._let_go(name)
        self._waiting.pop(name, None)
        self._unreadable.pop(name, None)
        self._ticks[name] = tick

    def _let_go(self, name: str) -> None:
        before = self._ticks.pop(name, None)
        if before is not None:
            self._gone.append(before)

    def _past(self) -> tuple[Tick, ...]:
        """What was there before; of a step that was dumped again only the new dump."""
        if not self._gone and not self._index.past:
            return ()
        again = {_moment(tick) for tick in self._ticks.values()}
        gone = (replace(tick, is_there=False) for tick in self._gone)
        kept = [tick for tick in (*self._index.past, *gone) if _moment(tick) not in again]
        return tuple(kept[-MOST_FILES:])


def _moment(tick: Tick) -> tuple[object, ...]:
    """What tells two dumps of a run apart."""
    if tick.step is None:
        return (tick.entry,)
    return (tick.step, tick.split, tick.rank, tick.micro)
