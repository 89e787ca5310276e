"""One mark on a small scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class ScaleMark:
    """A place on the scale. `role` gives its hue; the first of a scale is a disc, the others are strokes."""

    name: Text
    value: float
    text: str
    role: str
