"""One step of gradient descent from the probe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.element_loss import ElementLoss
    from core.row_loss import RowLoss


@final
@dataclass(frozen=True, eq=False, slots=True)
class ScalarStep:
    """Where a step of size `rate` leads; `wanted` is where it would without the edge of [0, 1]."""

    rate: float
    x: float
    wanted: float
    value: float


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowStep:
    """Where a step of size `rate` leads the whole row; `z` is (C,)."""

    rate: float
    z: FloatArray
    value: float


def scalar_step(element: ElementLoss, x: float, rate: float) -> ScalarStep | None:
    """A step down the slope; None where there is no finite slope."""
    _, slope = element.evaluate(x)
    wanted = float(x) - rate * float(slope)
    if not np.isfinite(wanted):
        return None
    reached = float(np.clip(wanted, 0, 1)) if element.space == "probability" else wanted
    value, _ = element.evaluate(reached)
    return ScalarStep(rate, reached, wanted, float(value))


def row_step(row: RowLoss, z: FloatArray, rate: float) -> RowStep | None:
    """A step of all scores down the gradient; None where there is no finite one."""
    _, gradients = row.evaluate(z[None])
    reached = z - rate * gradients[0].astype(np.float64)
    if not np.all(np.isfinite(gradients)):
        return None
    terms, _ = row.evaluate(reached[None])
    return RowStep(rate, reached, float(terms[0]))
