"""Which part of the axes shows what matters: the range that fits, and whether the one in view still serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.element_loss import ElementLoss

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.element_loss import Space
    from gui.workspaces.explore.sweep import Sweep

LEAST_HALF = 3.5  # of numbers: target 0.5 is shown on -3..4
LOGIT_HALF = 8.0
CLASS_RANGE = (-4.0, 5.0)
PROBABILITY_MARGIN = 0.02
VALUES_AT = np.array([0.03, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
SLOPES_AT = VALUES_AT[1:-1]
FAR_OFF = 25.0  # a probe so many times above the curve is marked at the edge, not fitted in


@final
@dataclass(frozen=True, slots=True)
class Span:
    """A part of the axis; `key` names what it was chosen for."""

    key: str
    low: float
    high: float

    def serves(self, home: Home, x: float) -> bool:
        """Whether it may stay: same loss and axis, and the probe is in it."""
        return self.key == home.span.key and self.high > self.low and (self.low <= x <= self.high or x != x)


@final
@dataclass(frozen=True, slots=True)
class Home:
    """The range that fits: along the axis, of the loss and of the gradient."""

    span: Span
    value: tuple[float, float]
    slope: tuple[float, float]

    @staticmethod
    def nowhere() -> Home:
        """A range for no curve at all."""
        return Home(Span("", 0.0, 1.0), (0.0, 1.0), (-1.0, 1.0))


def home_of(sweep: Sweep, space: Space, x: float, value: float, loss_name: str, row: int | None) -> Home:
    """The range that shows probe, target and beta, and of the loss what is near them."""
    low, high = _axis(sweep, space, x)
    span = Span(f"{loss_name} {space} {row}", low, high)
    even = np.linspace(low, high, 33)
    at, slopes_at = (VALUES_AT, SLOPES_AT) if space == "probability" else (even, even)
    values = sweep.evaluate(at.astype(sweep.dtype))[0]
    slopes = sweep.evaluate(slopes_at.astype(sweep.dtype))[1]
    return Home(span, _values(values, value), _slopes(slopes, _slope_at(sweep, x), sweep))


def _axis(sweep: Sweep, space: Space, x: float) -> tuple[float, float]:
    if space == "probability":
        return -PROBABILITY_MARGIN, 1 + PROBABILITY_MARGIN
    near = x if np.isfinite(x) else 0.0
    if space == "logit":
        half = max(LOGIT_HALF, 1.2 * abs(near))
        return -half, half
    if isinstance(sweep, ElementLoss):
        return _around(sweep, near)
    return min(CLASS_RANGE[0], np.floor(near - 1)), max(CLASS_RANGE[1], np.ceil(near + 1))


def _around(sweep: ElementLoss, x: float) -> tuple[float, float]:
    """Symmetric about the target, for the losses of regression are."""
    y = sweep.y if np.isfinite(sweep.y) else x
    beta = sweep.beta if sweep.beta is not None and np.isfinite(sweep.beta) else 0.0
    half = max(LEAST_HALF, 1.3 * abs(x - y), 1.6 * beta)
    largest = float(np.finfo(sweep.dtype).max) / 4
    return max(y - half, -largest), min(y + half, largest)


def _values(values: FloatArray, probe: float) -> tuple[float, float]:
    finite = values[np.isfinite(values)].astype(np.float64)
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    low = min(low, 0.0)
    if np.isfinite(probe) and abs(probe) <= FAR_OFF * max(high, -low, 1e-30):
        low, high = min(low, probe), max(high, probe)
    size = high - low or 1.0
    return low - 0.05 * size, low + 1.2 * size


def _slopes(slopes: FloatArray, probe: float, sweep: Sweep) -> tuple[float, float]:
    finite = slopes[np.isfinite(slopes)].astype(np.float64)
    most = float(np.abs(finite).max()) if finite.size else 1.0
    if np.isfinite(probe) and abs(probe) <= FAR_OFF * max(most, 1e-30):
        finite = np.append(finite, probe)
        most = max(most, abs(probe))
    # Losses with a bounded slope leave room to see how others leave theirs.
    bounded = isinstance(sweep, ElementLoss) and sweep.loss.name in ("L1Loss", "SmoothL1Loss")
    reach = (2.3 if bounded else 1.2) * (most or 1.0)
    low, high = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
    # A slope of one sign leaves a strip on the other side of zero.
    return (-reach if low < -0.1 * most or not most else -0.3 * reach), (reach if high > 0.1 * most else 0.3 * reach)


def _slope_at(sweep: Sweep, x: float) -> float:
    return float(sweep.evaluate(np.array([x], sweep.dtype))[1][0])
