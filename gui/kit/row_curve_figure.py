"""The loss of one number of a batch over what that number could be: data, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowCurveFigure:
    """A curve with the row on it.

    Attributes:
        title: what is drawn; axis: what the number is.
        x, y: (points,) numbers and their losses, ascending in x.
        at, loss, slope: where the row stands, and the derivative there.
        target: where the target stands on the same axis; None if it is no number of that axis, or out of view.
    """

    title: Text
    axis: Text
    x: FloatArray
    y: FloatArray
    at: float
    loss: float
    slope: float
    target: float | None
