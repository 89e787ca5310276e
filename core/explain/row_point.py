"""One row of class scores with everything that is said of it: probabilities, term, gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import FloatArray, frozen
from core.errors import InputError
from core.links import apply_link

if TYPE_CHECKING:
    from core.row_loss import RowLoss


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowPoint:
    """A row at one place; arrays are (C,), in the row's dtype.

    Attributes:
        x: what the loss receives.
        p: softmax(z); exp(z) where the loss takes z itself for log-probabilities.
        log_p: what stands for log p in the loss.
        value, gradient: the row's own term and its derivative by z; nan if the loss refuses the target.
        refusal: why it does.
    """

    row: RowLoss
    names: tuple[str, ...]
    z: FloatArray
    x: FloatArray
    p: FloatArray
    log_p: FloatArray
    value: float
    gradient: FloatArray
    refusal: InputError | None

    @property
    def reads_probabilities(self) -> bool:
        """Whether softmax stands where the loss wants scores or log-probabilities."""
        return self.row.link == "softmax"

    @property
    def takes_as_given(self) -> bool:
        """Whether z goes unchanged into a loss that expects log-probabilities."""
        return self.row.link == "none" and self.row.loss.name != "CrossEntropyLoss"

    def name(self, index: int) -> str:
        """The class's name, or its number where the names do not reach."""
        return self.names[index] if 0 <= index < len(self.names) else str(index)


def row_point(row: RowLoss, names: tuple[str, ...], z: FloatArray) -> RowPoint:
    """`row` evaluated at z (C,)."""
    z = frozen(z, row.dtype)
    refusal = None
    try:
        terms, gradients = row.evaluate(z[None])
        value, gradient = float(terms[0]), gradients[0]
    except InputError as error:
        refusal, value, gradient = error, float("nan"), np.full_like(z, np.nan)
    x = apply_link(row.link, z)
    with np.errstate(over="ignore", invalid="ignore"):
        as_given = row.link == "none" and row.loss.name != "CrossEntropyLoss"
        p = np.exp(x) if as_given else apply_link("softmax", z)
    log_p = x if row.loss.name != "CrossEntropyLoss" else apply_link("log_softmax", x)
    return RowPoint(row, names, z, x, p, log_p, value, gradient, refusal)
