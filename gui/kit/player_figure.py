"""What the player shows: where the playhead stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class PlayerFigure:
    """Where the playhead stands.

    Attributes:
        at_start, at_end: whether there is nothing before or after, of frames or of steps.
        name: with values, for screen readers.
    """

    frames: int
    frame: int
    at_start: bool
    at_end: bool
    name: Text
