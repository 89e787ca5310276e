"""What the weight editor shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.text import Text
    from core.weighting import Normalisation, Scheme


@final
@dataclass(frozen=True, eq=False, slots=True)
class WeightModel:
    """The weights of C classes or columns, and where they come from.

    Attributes:
        title: "Class weights", "Positive weights", ...; names: (C,) as the chips and rows show them.
        values: (C,) the weights in force; shares: (C,) of the weighted total, 0 to 1.
        scheme: "custom" once a bar was dragged; beta: of the scheme "effective".
        normalise: None where a scale means nothing (pos_weight): then the choice is not offered.
        counts: (C,) samples of each class, or None if unknown; source: where they were taken from.
        note: what was done about classes without samples, or None.
    """

    title: Text
    names: tuple[str, ...]
    values: FloatArray
    shares: FloatArray
    scheme: Scheme
    beta: float
    normalise: Normalisation | None
    counts: IntArray | FloatArray | None
    source: Text
    note: Text | None = None
