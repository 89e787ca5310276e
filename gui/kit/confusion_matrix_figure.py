"""Which class is taken for which: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class ConfusionMatrixFigure:
    """A square of k cells a side.

    Attributes:
        title, caption: what is counted, and how right it is.
        names: of each row and column; a last one for the classes left over, if there are any.
        classes: the class of each, −1 for those left over: it colours the names.
        counts: (k, k) rows by target and prediction; shares: of the row.
        chosen: the cell of which all rows are selected; primary: that of the row that everything speaks of; or None.
    """

    title: Text
    caption: Text
    names: tuple[str, ...]
    classes: tuple[int, ...]
    counts: IntArray
    shares: FloatArray
    chosen: tuple[int, int] | None = None
    primary: tuple[int, int] | None = None
