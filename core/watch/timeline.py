"""Dumps as points of lines: one line a split, one point a step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.watch.index import AT_ONCE, Index, update
from core.watch.point import Point, points_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from core.jobs import Job
    from core.watch.scan import Entry

    Line = npt.NDArray[np.float64]


@final
@dataclass(frozen=True, eq=False)
class Series:
    """The points of one split from left to right, and their numbers as arrays of the same length.

    Attributes:
        split: "" where the dumps do not say it.
        x: (n,) steps, ascending; without them places in the order of time.
    """

    split: str
    points: tuple[Point, ...]
    x: Line

    @cached_property
    def value(self) -> Line:
        """(n,) the loss, nan where it has none."""
        return self._each(lambda point: point.value)

    @cached_property
    def plain(self) -> Line:
        """(n,) the mean loss without weights and label smoothing."""
        return self._each(lambda point: point.plain)

    @cached_property
    def accuracy(self) -> Line:
        """(n,) from 0 to 1, nan without classes."""
        return self._each(lambda point: point.accuracy)

    @cached_property
    def norm(self) -> Line:
        """(n,) the l2 norm of the gradient."""
        return self._each(lambda point: point.gradient_norm)

    @cached_property
    def findings(self) -> Line:
        """(n, 3) how many errors, warnings, hints."""
        return frozen(np.array([point.findings for point in self.points], np.float64).reshape(-1, 3))

    def nearest(self, x: float) -> int:
        """The place of the point nearest to x, of equals the last."""
        right = int(np.searchsorted(self.x, max(x, float(self.x[0])), side="right"))
        left = right - 1
        return right if right < self.x.size and self.x[right] - x < x - self.x[left] else left

    def place_of(self, path: Path, which: Entry | int | None = None) -> int | None:
        """Where a file stands; of one that was written over the dump of that entry or step, or else the last."""
        places = self._places
        return places.get((path, which), places.get((path, None)))

    @cached_property
    def _places(self) -> dict[tuple[Path, Entry | int | None], int]:
        found: dict[tuple[Path, Entry | int | None], int] = {}
        for place, point in enumerate(self.points):
            for tick in point.ticks:
                found[tick.path, tick.entry] = found[tick.path, tick.step] = found[tick.path, None] = place
        return found

    def _each(self, number: Callable[[Point], float]) -> Line:
        return frozen(np.array([number(point) for point in self.points], np.float64))


@final
@dataclass(frozen=True, eq=False, slots=True)
class Timeline:
    """What is drawn of a watched place.

    Attributes:
        series: one a split, by name.
        by_step: False where a dump lacks its step, and all are in the order of time.
    """

    series: tuple[Series, ...]
    by_step: bool

    @property
    def count(self) -> int:
        """How many points there are."""
        return sum(len(series.points) for series in self.series)

    def of(self, split: str | None) -> Series | None:
        """The series of a split; None for none."""
        return next((series for series in self.series if series.split == split), None)

    def newest(self) -> tuple[Series, int] | None:
        """Where the last dump by time of modification stands."""
        places = [(point.modified, series, i) for series in self.series for i, point in enumerate(series.points)]
        if not places:
            return None
        _, series, place = max(places, key=lambda found: found[0])
        return series, place


NOTHING = Timeline((), by_step=True)


@final
@dataclass(frozen=True, eq=False, slots=True)
class Watched:
    """A watched place: what was read of it, and the lines of that."""

    index: Index
    timeline: Timeline = NOTHING


def look(watched: Watched, now: float, at_once: int = AT_ONCE) -> Job[Watched]:
    """Bring both up to date as `update` does; the same object if nothing changed."""
    index = yield from update(watched.index, now, at_once)
    if index is watched.index:
        return watched
    same = index.past == watched.index.past and index.ticks == watched.index.ticks
    return Watched(index, watched.timeline if same else timeline_of(index))


def timeline_of(index: Index) -> Timeline:
    """All that was read, in order."""
    ticks = index.all_ticks
    by_step = all(tick.step is not None for tick in ticks)
    points = points_of(ticks, by_step=by_step)
    splits = sorted({point.split for point in points})
    return Timeline(tuple(_series(split, points, by_step=by_step) for split in splits), by_step)


def _series(split: str, points: Sequence[Point], *, by_step: bool) -> Series:
    """Without steps a point's x is its place among the points of all splits."""
    own = [(place, point) for place, point in enumerate(points) if point.split == split]
    x = [float(point.step or 0) if by_step else float(place) for place, point in own]
    return Series(split, tuple(point for _, point in own), frozen(np.array(x, np.float64)))
