"""Which levels of a surface are worth a line, and the lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, final

import numpy as np

from gui.kit.ticks import round_step

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray

OCTAVES = 5
CLIP_AT = 0.72  # share of the range from which on the colour stays the same
PALEST, DARKEST = 0, 255


@final
@dataclass(frozen=True, eq=False, slots=True)
class Relief:
    """A surface as a picture.

    Attributes:
        shade: uint8, like the values; 0 at `low`, 255 from `clip` on.
        lines: each level with its pieces, (m, 2) arrays of x and y.
    """

    low: float
    clip: float
    shade: Array
    lines: tuple[tuple[float, tuple[FloatArray, ...]], ...]


def relief(x: FloatArray, y: FloatArray, values: FloatArray) -> Relief | None:
    """Shades and isolines of `values` (y first); None if none of them is finite."""
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return None
    low, high = float(finite.min()), float(finite.max())
    clip = _clip(low, high)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        share = (values - low) / (clip - low) if clip > low else np.zeros_like(values)
    shade = (np.clip(np.nan_to_num(share, nan=0.0, posinf=1.0), 0, 1) * DARKEST).astype(np.uint8)
    return Relief(low, clip, shade, _lines(x, y, values, levels(low, high)))


def levels(low: float, high: float) -> tuple[float, ...]:
    """Powers of two and one and a half times these over a wide positive range, else equal steps."""
    if not high - low > 1e-6 * max(1.0, abs(low), abs(high)):
        return ()
    if low >= 0 and high > 8 * low:
        top = math.floor(math.log2(high))
        series = [factor * 2.0**k for k in range(top - OCTAVES, top + 1) for factor in (1.0, 1.5)]
    else:
        step = round_step(high - low, 10)
        series = [k * step for k in range(math.floor(low / step), math.ceil(high / step) + 1)]
    return tuple(level for level in series if low < level < high)


def is_bold(level: float, all_levels: tuple[float, ...]) -> bool:
    """Whether a level is one of those that carry a number: powers of two, or even steps."""
    if len(all_levels) > 1 and math.isclose(all_levels[1] - all_levels[0], all_levels[-1] - all_levels[-2]):
        return round(level / (all_levels[1] - all_levels[0])) % 2 == 0
    return level > 0 and math.isclose(math.log2(level), round(math.log2(level)), abs_tol=1e-9)


def _clip(low: float, high: float) -> float:
    """A round number near CLIP_AT of the range."""
    if not high > low:
        return high
    step = round_step(high - low, 8)
    clip = round((low + CLIP_AT * (high - low)) / step) * step
    return clip if clip > low else high


def _lines(
    x: FloatArray, y: FloatArray, values: FloatArray, wanted: tuple[float, ...]
) -> tuple[tuple[float, tuple[FloatArray, ...]], ...]:
    from contourpy import contour_generator

    holes = not np.all(np.isfinite(values))
    surface = np.ma.masked_invalid(values) if holes else values
    generator = contour_generator(x, y, surface, name="serial")
    return tuple((level, tuple(cast("list[FloatArray]", generator.lines(level)))) for level in wanted)
