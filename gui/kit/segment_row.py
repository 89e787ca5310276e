"""One row of the table of segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment.

    Attributes:
        first, last: its frames, both inclusive, as they are shown.
        confidence: from 0 to 1; `role`: ok, warn or err.
    """

    label: str
    first: int
    last: int
    confidence: float
    role: str
