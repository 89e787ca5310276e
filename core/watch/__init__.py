"""A folder into which a training loop writes dumps: read as they come, kept as a few numbers each."""

from core.watch.copies import Copies
from core.watch.follow import Reading, Track, follow
from core.watch.index import Index, Unreadable, update
from core.watch.point import Point, step_parts
from core.watch.sample import LOST, Sample, moved_rows, row_in, sample_of
from core.watch.scan import Entry, is_dump, scan
from core.watch.tick import Tick
from core.watch.timeline import NOTHING, Series, Timeline, Watched, look, timeline_of
from core.watch.words import remarks, rising_loss, status

__all__ = [
    "LOST",
    "NOTHING",
    "Copies",
    "Entry",
    "Index",
    "Point",
    "Reading",
    "Sample",
    "Series",
    "Tick",
    "Timeline",
    "Track",
    "Unreadable",
    "Watched",
    "follow",
    "is_dump",
    "look",
    "moved_rows",
    "remarks",
    "rising_loss",
    "row_in",
    "sample_of",
    "scan",
    "status",
    "step_parts",
    "timeline_of",
    "update",
]
