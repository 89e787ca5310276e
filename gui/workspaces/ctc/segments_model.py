"""Segments as rows of the table, and which of them is at the playhead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gui.kit.segment_row import SegmentRow
from gui.workspaces.ctc.class_names import written

if TYPE_CHECKING:
    from core.ctc.segments import Segment, Word
    from core.ctc.sequence import Sequence

Unit = Literal["symbols", "words"]
GOOD, FAIR = 0.60, 0.30


def confidence_role(confidence: float) -> str:
    """The hue of a mean probability on the best path."""
    return "ok" if confidence > GOOD else "warn" if confidence > FAIR else "err"


def symbol_rows(sequence: Sequence, given: tuple[Segment, ...]) -> tuple[SegmentRow, ...]:
    """The last frame is shown inclusive, as frames are counted on the axis."""
    return tuple(_row(written(sequence, one.cls), one) for one in given)


def word_rows(given: tuple[Word, ...]) -> tuple[SegmentRow, ...]:
    """Like `symbol_rows`."""
    return tuple(_row(one.label, one) for one in given)


def _row(name: str, one: Segment | Word) -> SegmentRow:
    return SegmentRow(name, one.start, one.end - 1, one.confidence, confidence_role(one.confidence))


def current_row(rows: tuple[SegmentRow, ...], frame: int) -> int | None:
    """The segment that a frame belongs to."""
    return next((number for number, row in enumerate(rows) if row.first <= frame <= row.last), None)
