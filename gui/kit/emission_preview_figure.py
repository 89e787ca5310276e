"""The emissions of a sequence as one picture: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class PreviewFigure:
    """`values` (K, columns) are probabilities of the classes `names` over all `frames`, some frames to a column."""

    title: Text
    sentence: Text
    names: tuple[str, ...]
    values: FloatArray
    frames: int
