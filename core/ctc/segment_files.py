"""Segments as CSV, JSON and Praat's TextGrid."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.strict_json import strict

if TYPE_CHECKING:
    from collections.abc import Sequence as Many

    from core.ctc.segments import Segment, Word
    from core.text import Text

COLUMNS = ("sequence", "label", "class", "start", "end", "confidence")


@final
@dataclass(frozen=True, slots=True)
class Aligned:
    """One sequence with its segments.

    Attributes:
        frame_seconds: None where the length of a frame is not known.
        refusal: why it has no alignment, and so no segments; None if it has one.
    """

    sequence: int
    frames: int
    frame_seconds: float | None
    segments: tuple[Segment, ...]
    words: tuple[Word, ...]
    refusal: Text | None = None


def as_csv(aligned: Iterable[Aligned]) -> str:
    """One line a label, frames counted from 0, end exclusive."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(row.values() for row in _rows(aligned))
    return out.getvalue()


def as_json(aligned: Iterable[Aligned]) -> str:
    """A list of objects with the columns of the CSV, in strict JSON."""
    return json.dumps(strict(list(_rows(aligned))), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def as_textgrid(aligned: Iterable[Aligned]) -> str:
    """Two tiers a sequence, labels and words, in seconds; a frame is one second where its length is not known."""
    given = [one for one in aligned if one.frames > 0]
    end = max((one.frames * (one.frame_seconds or 1.0) for one in given), default=1.0)
    tiers = [tier for one in given for tier in _tiers(one, end, len(given) > 1)]
    head = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {end:.10g}",
        "tiers? <exists>",
        f"size = {len(tiers)}",
        "item []:",
    ]
    lines = [line for number, tier in enumerate(tiers, start=1) for line in (f"    item [{number}]:", *tier)]
    return "\n".join([*head, *lines, ""])


FORMATS: Mapping[str, Callable[[Iterable[Aligned]], str]] = {
    ".csv": as_csv,
    ".json": as_json,
    ".textgrid": as_textgrid,
}


def _rows(aligned: Iterable[Aligned]) -> Iterable[dict[str, object]]:
    for one in aligned:
        for segment in one.segments:
            values = (segment.label, segment.cls, segment.start, segment.end, segment.confidence)
            yield dict(zip(COLUMNS, (one.sequence, *values), strict=True))


def _tiers(one: Aligned, end: float, numbered: bool) -> Iterable[list[str]]:
    for name, spoken in (("labels", one.segments), ("words", one.words)):
        yield _tier(f"{one.sequence} {name}" if numbered else name, spoken, one.frame_seconds or 1.0, end)


def _tier(name: str, spoken: Many[Segment | Word], seconds: float, end: float) -> list[str]:
    intervals = _intervals(spoken, seconds, end)
    lines = [
        '        class = "IntervalTier"',
        f"        name = {_quoted(name)}",
        "        xmin = 0",
        f"        xmax = {end:.10g}",
        f"        intervals: size = {len(intervals)}",
    ]
    for number, (start, stop, text) in enumerate(intervals, start=1):
        lines += [
            f"        intervals [{number}]:",
            f"            xmin = {start:.10g}",
            f"            xmax = {stop:.10g}",
            f"            text = {_quoted(text)}",
        ]
    return lines


def _intervals(spoken: Many[Segment | Word], seconds: float, end: float) -> list[tuple[float, float, str]]:
    """Praat wants every moment of a tier in exactly one interval: gaps are intervals without text."""
    found: list[tuple[float, float, str]] = []
    reached = 0.0
    for part in spoken:
        start, stop = part.start * seconds, part.end * seconds
        if start > reached:
            found.append((reached, start, ""))
        found.append((start, stop, part.label))
        reached = stop
    if reached < end:
        found.append((reached, end, ""))
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
