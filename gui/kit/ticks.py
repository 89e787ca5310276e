"""Round numbers along an axis."""

from __future__ import annotations

import math

from gui.kit.numbers import MINUS

Ticks = tuple[tuple[float, str], ...]
_ROUND = (1, 2, 5, 10)


def axis_range(value: float, base: tuple[float, float]) -> tuple[float, float]:
    """`base`, grown by whole units until `value` lies half a unit inside."""
    if not math.isfinite(value):
        return base
    return min(base[0], float(math.floor(value - 0.5))), max(base[1], float(math.ceil(value + 0.5)))


def round_step(span: float, count: int) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides `span` into at most `count` parts."""
    rough = span / count
    decade = 10.0 ** math.floor(math.log10(rough))
    return next(step * decade for step in _ROUND if step * decade >= rough * (1 - 1e-9))


def ticks(low: float, high: float, count: int) -> Ticks:
    """At most `count` + 1 round numbers from `low` to `high`, each with its text."""
    if not high > low:
        return ((low, tick_text(low, 1.0)),)
    step = round_step(high - low, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple((k * step, tick_text(k * step, step)) for k in range(first, last + 1))


def tick_text(value: float, step: float) -> str:
    """`value` with as many decimals as a step of this size needs, and no zeros at the end."""
    if abs(value) >= 1e5 or 0 < step < 1e-4:
        return f"{value:.3g}".replace("-", MINUS)
    decimals = next((d for d in range(6) if math.isclose(round(step, d), step, rel_tol=1e-6)), 6)
    text = f"{value + 0.0:.{decimals}f}".replace("-", MINUS)
    return text.rstrip("0").rstrip(".") if "." in text else text
