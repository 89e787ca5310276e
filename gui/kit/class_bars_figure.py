"""What each class adds to the loss, as bars side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class ClassBarsFigure:
    """k classes in their order.

    Attributes:
        title, caption: what is shown, and of how many classes.
        classes: (k,) their indices; names: of each, "" where it is called by its index.
        counts: (k,) rows.
        plain, weighted, gradient: (k,) shares from 0 to 1: of the loss without weights, with them, of the gradient;
            nan where there is none. `plain` is None where no weights make a difference.
        chosen: the places of classes of which all rows are selected.
    """

    title: Text
    caption: Text
    classes: IntArray
    names: tuple[str, ...]
    counts: IntArray
    plain: FloatArray | None
    weighted: FloatArray
    gradient: FloatArray
    chosen: frozenset[int] = frozenset()

    @property
    def tallest(self) -> float:
        """The largest share, at least a hundredth."""
        drawn = [self.weighted, self.gradient] if self.plain is None else [self.plain, self.weighted, self.gradient]
        finite = np.concatenate(drawn)
        return max(float(finite[np.isfinite(finite)].max(initial=0.0)), 0.01)

    @property
    def has_gradient(self) -> bool:
        """Whether any class has a share of the gradient."""
        return bool(np.isfinite(self.gradient).any())
