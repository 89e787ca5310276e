"""Sentences about a watched place: what was found, what is awaited, what a rising loss hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import significant
from core.text import Text, say

if TYPE_CHECKING:
    from core.watch.index import Index
    from core.watch.point import Point
    from core.watch.timeline import Series, Timeline

RISE = 1.05  # times its lowest value, from which a loss is called risen
TRAINING = ("train", "training")
NAMED = 5  # files that cannot be read and are named
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def status(index: Index, wall: float) -> Text:
    """How much is there and how old the newest is; `wall` as time.time()."""
    ticks = index.all_ticks
    if not ticks and index.unread:
        return say("watch", "Reading {count} files …", count=index.unread)
    if not ticks:
        return say("watch", "Waiting for the first dump in {place}.", place=index.place.name)
    ago = _span(wall - max(tick.entry.modified for tick in ticks) / 1e9)
    if index.unread:
        return say("watch", "{count} files, {unread} more to read", count=len(ticks), unread=index.unread)
    if len(ticks) == 1:
        return say("watch", "1 file, {ago} ago", ago=ago)
    if not index.ticks and index.past:
        return say("watch", "{count} dumps, all of them deleted", count=len(ticks))
    if not index.place.is_dir():
        return say("watch", "{count} dumps, last {ago} ago", count=len(ticks), ago=ago)
    return say("watch", "{count} files, last {ago} ago", count=len(ticks), ago=ago)


def remarks(index: Index, timeline: Timeline) -> tuple[Text, ...]:
    """What should be known of the files beside their numbers: order, unreadable ones."""
    said: list[Text] = []
    if not timeline.by_step:
        lacking = sum(tick.step is None for tick in index.all_ticks)
        said.append(say("watch", "Dumps without the key step: {count}. All stand in the order of time.", count=lacking))
    for name, found in list(index.unreadable.items())[:NAMED]:
        said.append(say("watch", "{file} was left out. {reason}", file=name, reason=found.reason))
    if len(index.unreadable) > NAMED:
        said.append(say("watch", "Left out beside these: {count}.", count=len(index.unreadable) - NAMED))
    return tuple(said)


def rising_loss(timeline: Timeline) -> tuple[Text, ...]:
    """For splits whose loss rose from its lowest while accuracy rose: by which rows, and whether weights did it."""
    said: list[Text] = []
    for series in timeline.series:
        if series.split.lower() not in TRAINING:
            said += _rise(series, by_step=timeline.by_step)
    return tuple(said)


def _rise(series: Series, *, by_step: bool) -> list[Text]:
    finite = np.flatnonzero(np.isfinite(series.value) & np.isfinite(series.accuracy))
    if finite.size < 2:
        return []
    low, last = int(finite[np.argmin(series.value[finite])]), int(finite[-1])
    before, after = series.points[low], series.points[last]
    if not (after.value > RISE * before.value and after.accuracy > before.accuracy):
        return []
    since = _place(series, low, by_step=by_step)
    return [_both_rose(series.split, before, after, since), *_few_rows(after), *_without_weights(before, after)]


def _both_rose(split: str, before: Point, after: Point, since: Text) -> Text:
    numbers = {
        "since": since,
        "low": significant(before.value, 4),
        "high": significant(after.value, 4),
        "worse": f"{before.accuracy:.1%}",
        "better": f"{after.accuracy:.1%}",
    }
    if not split:
        return say("watch", "Since {since}: loss {low} → {high}, yet accuracy {worse} → {better}.", **numbers)
    return say(
        "watch",
        "{split} since {since}: loss {low} → {high}, yet accuracy {worse} → {better}.",
        split=split,
        **numbers,
    )


def _few_rows(after: Point) -> list[Text]:
    """More rows are right, and the ones that are wrong are so with more certainty."""
    if not after.half:
        return []
    return [say("watch", "Half of it lies in {half} of {rows} rows.", half=after.half, rows=after.kept)]


def _without_weights(before: Point, after: Point) -> list[Text]:
    """Only where the dumped loss has weights or smoothing."""
    if not np.isfinite((before.plain, after.plain)).all() or (_same(before) and _same(after)):
        return []
    numbers = {"low": significant(before.plain, 4), "high": significant(after.plain, 4)}
    if not after.plain > RISE * before.plain:
        return [say("watch", "Without weights and label smoothing it did not rise: {low}, then {high}.", **numbers)]
    numbers |= {"half": str(after.plain_half), "rows": str(after.kept)}
    return [
        say(
            "watch",
            "So it did without weights and label smoothing, {low} to {high}, half of it in {half} of {rows} rows.",
            **numbers,
        )
    ]


def _same(point: Point) -> bool:
    return bool(np.isclose(point.plain, point.value, rtol=1e-6))


def _place(series: Series, place: int, *, by_step: bool) -> Text:
    if by_step:
        return say("watch", "step {step}", step=series.points[place].step)
    return say("watch", "dump {number}", number=int(series.x[place]) + 1)


def _span(seconds: float) -> str:
    """12 s, 3 min, 2 h, 5 d."""
    for length, unit in _UNITS:
        if seconds >= length:
            return f"{seconds // length:.0f} {unit}"
    return f"{int(max(seconds, 0))} s"
