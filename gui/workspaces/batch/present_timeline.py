"""The dumps of a watched place as lines over steps, and what is said of one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.explain.digits import fixed, significant
from core.text import Text, say
from core.watch import Series, remarks, rising_loss, status
from gui.kit.figures import ReadOut, ReadOutRow
from gui.kit.timeline_figure import ERROR, QUIET, WARNING, TimelineFigure, TimelineLine, TimelineMark

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.watch import Point, Timeline, Track, Watched

NAMELESS = say("timeline", "loss")
FOLLOWED = 4  # the dash of the line of a sample
LEAST = 3  # dumps from which on one is called the lowest


@final
@dataclass(frozen=True, eq=False, slots=True)
class WatchModel:
    """What stands at the foot of the page.

    Attributes:
        status: how many dumps, how old the last; remarks: what else should be known of the files.
        rising: why a loss rose though accuracy rose, sentence by sentence.
    """

    status: Text
    remarks: tuple[Text, ...]
    rising: tuple[Text, ...]
    figure: TimelineFigure
    live: bool


def lines_of(watched: Watched, split: str | None, marker: int | None, track: Track | None) -> TimelineFigure:
    """The series of `split` bold and with stops, the others dashed, the followed sample dotted."""
    timeline = watched.timeline
    own = timeline.of(split)
    others = [series for series in timeline.series if series is not own]
    lines = [_loss_line(series, "text2", dash) for dash, series in enumerate(others, 1)]
    if own is not None:
        lines += _followed(own, track)
        lines.append(_loss_line(own, "loss", 0))
    figure = TimelineFigure(
        name=NAMELESS,
        lines=tuple(lines),
        norm=None if own is None else _norm_line(own),
        stops=frozen(np.empty(0)) if own is None else own.x,
        severity=frozen(np.empty(0, np.int8)) if own is None else _severity(own),
        marker=None,
        marker_words=None,
        best=None if own is None else _best(timeline, own),
    )
    return with_marker(figure, watched, split, marker)


def with_marker(figure: TimelineFigure, watched: Watched, split: str | None, marker: int | None) -> TimelineFigure:
    """The same lines with the marker elsewhere."""
    timeline = watched.timeline
    own = timeline.of(split)
    words = None if own is None or marker is None else _marker_words(timeline, own, marker)
    return replace(figure, name=_name(timeline, own, marker), marker=marker, marker_words=words)


def words_of(watched: Watched, figure: TimelineFigure, wall: float, *, live: bool) -> WatchModel:
    """With the sentences around it; `wall` as time.time()."""
    index, timeline = watched.index, watched.timeline
    return WatchModel(status(index, wall), remarks(index, timeline), rising_loss(timeline), figure, live)


def card_of(timeline: Timeline, series: Series, place: int, track: Track | None) -> ReadOut:
    """The numbers of a dump, for the card beside the mouse."""
    point = series.points[place]
    rows = [
        ReadOutRow("loss", say("timeline", "loss"), (fixed(point.value),)),
        *_parts(point),
        *_plain(point),
    ]
    if point.reported is not None:
        rows.append(_row(say("timeline", "reported"), fixed(point.reported)))
    if point.accuracy == point.accuracy:
        rows.append(_row(say("timeline", "accuracy"), f"{fixed(100 * point.accuracy, 1)}%"))
    if point.half:
        rows.append(_row(say("timeline", "rows that make half the loss"), f"{point.half} / {point.kept}"))
    rows.append(_row(say("timeline", "gradient norm"), fixed(point.gradient_norm)))
    rows.append(_row(say("timeline", "errors, warnings, hints"), " · ".join(map(str, point.findings))))
    rows += _sample_rows(series, place, track)
    if not point.is_there:
        rows.append(_row(say("timeline", "The file is gone: its numbers stay."), ""))
    return ReadOut(float(series.x[place]), point.first.path.name, (place_words(timeline, series, place),), tuple(rows))


def place_words(timeline: Timeline, series: Series, place: int) -> Text:
    """Step 30; without steps dump 4."""
    if timeline.by_step:
        return say("timeline", "step {step}", step=series.points[place].step)
    return say("timeline", "dump {number}", number=int(series.x[place]) + 1)


def _marker_words(timeline: Timeline, own: Series, marker: int) -> Text:
    """Of a step in several files one is open."""
    where, parts = place_words(timeline, own, marker), len(own.points[marker].ticks)
    return where if parts == 1 else say("timeline", "{place}, the first of {count} parts", place=where, count=parts)


def _loss_line(series: Series, role: str, dash: int) -> TimelineLine:
    name = Text("{split}", {"split": series.split}) if series.split else NAMELESS
    return TimelineLine(name, _last(series.value), role, dash, series.x, series.value)


def _norm_line(series: Series) -> TimelineLine | None:
    if not np.isfinite(series.norm).any():
        return None
    return TimelineLine(say("timeline", "gradient"), _last(series.norm), "grad", 0, series.x, series.norm)


def _followed(series: Series, track: Track | None) -> list[TimelineLine]:
    if track is None:
        return []
    losses, _ = track.along(series)
    if not np.isfinite(losses).any():
        return []
    key = track.sample.key
    name = say("timeline", "id {key}", key=key) if track.sample.by_id else say("timeline", "row {key}", key=key)
    return [TimelineLine(name, _last(losses), "ink", FOLLOWED, series.x, losses)]


def _severity(series: Series) -> IntArray:
    errors, warnings = series.findings[:, 0] > 0, series.findings[:, 1] > 0
    found = np.where(warnings, WARNING, QUIET)
    return frozen(np.where(errors | ~np.isfinite(series.value), ERROR, found), np.int8)


def _best(timeline: Timeline, series: Series) -> TimelineMark | None:
    """The lowest loss, where it is not the last one and there are enough to speak of it."""
    finite = np.isfinite(series.value)
    if np.count_nonzero(finite) < LEAST:
        return None
    place = int(np.argmin(np.where(finite, series.value, np.inf)))
    value = float(series.value[place])
    where = place_words(timeline, series, place)
    words = say("timeline", "lowest {value} at {place}", value=significant(value, 3), place=where)
    return TimelineMark(float(series.x[place]), value, words)


def _last(values: FloatArray) -> str:
    """The last number that there is, nan and inf included, but not the gaps of a sample's line."""
    known = values[~np.isnan(values)]
    return significant(float(known[-1]), 3) if known.size else "nan"


def _name(timeline: Timeline, own: Series | None, marker: int | None) -> Text:
    if own is None:
        return say("timeline", "Timeline of the dumps: none yet")
    if marker is None:
        return say("timeline", "Timeline of the dumps: {count}", count=timeline.count)
    point = own.points[marker]
    return say("timeline", "Timeline of the dumps: {place}, dump {number} of {count}, loss {loss}",
               place=place_words(timeline, own, marker), number=marker + 1, count=len(own.points),
               loss=fixed(point.value))  # fmt: skip


def _row(name: Text, text: str) -> ReadOutRow:
    return ReadOutRow("", name, (text,))


def _parts(point: Point) -> list[ReadOutRow]:
    if len(point.ticks) == 1:
        return []
    name = say("timeline", "mean of the {count} parts' losses", count=len(point.ticks))
    return [_row(name, fixed(point.mean_of_means))]


def _plain(point: Point) -> list[ReadOutRow]:
    """Where it differs."""
    if point.plain != point.plain or np.isclose(point.plain, point.value, rtol=1e-6):
        return []
    return [_row(say("timeline", "without weights and smoothing"), fixed(point.plain))]


def _sample_rows(series: Series, place: int, track: Track | None) -> list[ReadOutRow]:
    if track is None:
        return []
    loss, probability = (float(values[place]) for values in track.along(series))
    if loss != loss and probability != probability:
        return []
    texts = fixed(loss) if probability != probability else f"{fixed(loss)} · p {fixed(probability, 3)}"
    return [_row(track.sample.name, texts)]
