"""The points at which curves are evaluated, and the places where a curve jumps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import numpy as np

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.element_loss import Space
    from gui.workspaces.explore.curve_range import Span
    from gui.workspaces.explore.sweep import Sweep

JUMP = 1e-3  # what two neighbouring floats differ by more than, relative to 1 + their size, is a jump
# BCELoss rises without bound towards p = 0 and 1: equal steps would miss it.
NEAR_ENDS = np.concatenate([10.0 ** np.arange(-12, -3), [3e-4, 6e-4]])


@final
@dataclass(frozen=True, slots=True)
class Jump:
    """A place with what stands just before it, at it, and just after it."""

    x: float
    values: tuple[float, float, float]
    slopes: tuple[float, float, float]

    @property
    def in_value(self) -> bool:
        """Whether the loss itself jumps."""
        return _differ(self.values)

    @property
    def in_slope(self) -> bool:
        """Whether the gradient does."""
        return _differ(self.slopes)


def grid(span: Span, space: Space, dtype: np.dtype[Any], exact: tuple[float, ...], points: int) -> FloatArray:
    """Equal steps over the span, and the `exact` points in it with their neighbours, rising, in `dtype`."""
    low, high = (max(span.low, 0.0), min(span.high, 1.0)) if space == "probability" else (span.low, span.high)
    ends = np.concatenate([NEAR_ENDS, 1 - NEAR_ENDS]) if space == "probability" else np.empty(0)
    inside = np.array([x for x in (*exact, *ends) if low <= x <= high]).astype(dtype)
    with np.errstate(over="ignore"):
        steps = np.linspace(low, high, points).astype(dtype)
        every = [steps, inside, *(np.nextafter(inside, dtype.type(side)) for side in (-np.inf, np.inf))]
    x = np.unique(np.concatenate(every))
    return x[(x >= low) & (x <= high)] if space == "probability" else x


def jumps(sweep: Sweep, places: tuple[float, ...]) -> tuple[Jump, ...]:
    """Those of the places at which value or slope are not continuous."""
    if not places:
        return ()
    at = np.array(places, sweep.dtype)
    around = np.stack([np.nextafter(at, sweep.dtype.type(-np.inf)), at, np.nextafter(at, sweep.dtype.type(np.inf))])
    if getattr(sweep, "space", None) == "probability":
        around = np.clip(around, 0, 1)
    value, slope = (each.reshape(3, -1).T.astype(np.float64) for each in sweep.evaluate(around.ravel()))
    found = (Jump(float(x), _three(v), _three(s)) for x, v, s in zip(at, value, slope, strict=True))
    return tuple(jump for jump in found if jump.in_value or jump.in_slope)


def _three(array: FloatArray) -> tuple[float, float, float]:
    before, at, after = array.tolist()
    return before, at, after


def _differ(three: tuple[float, float, float]) -> bool:
    before, at, after = three
    return not (_close(before, at) and _close(at, after))


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= JUMP * (1 + min(abs(a), abs(b))) or a == b or (a != a and b != b)
