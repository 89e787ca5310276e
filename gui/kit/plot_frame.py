"""Zooming and panning a frame, and numbers as round as a pixel allows."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gui.kit.figures import Frame, Interval

NARROWEST, WIDEST = 1e-6, 1e7  # of the axis, the former relative to where it lies
SNAP = 5.0  # px


def zoomed(frame: Frame, at: float, factor: float) -> Frame:
    """The axis stretched around `at`; factors below 1 show less of it."""
    low, high = (at + (end - at) * factor for end in frame.x)
    if not NARROWEST * max(1.0, abs(at)) < high - low < WIDEST:
        return frame
    return replace(frame, x=(low, high))


def panned(frame: Frame, dx: float, dy: float, which: str | None) -> Frame:
    """Moved by data units along the axis, and along the value or slope of one plot."""
    moved = replace(frame, x=_shifted(frame.x, dx))
    if which == "value":
        return replace(moved, value=_shifted(frame.value, dy))
    return replace(moved, slope=_shifted(frame.slope, dy)) if which == "slope" else moved


def _shifted(interval: Interval, by: float) -> Interval:
    return interval[0] + by, interval[1] + by


def round_step(per_pixel: float) -> float:
    """The power of ten nearest to one pixel: what an arrow key moves."""
    return 10.0 ** round(math.log10(per_pixel))


def rounded(x: float, per_pixel: float) -> float:
    """X without digits that no pixel can tell: to a tenth of the step, or one decimal more."""
    if not math.isfinite(x):
        return x
    decimals = 1 - math.floor(math.log10(per_pixel))
    return float(np.round(x, max(decimals - 1, 0))) + 0.0


def snapped(x: float, snaps: tuple[float, ...], per_pixel: float) -> float:
    """The nearest of the values that catch it within 5 px, or x itself."""
    near = min(snaps, key=lambda snap: abs(snap - x), default=x)
    return near if abs(near - x) <= SNAP * per_pixel else x
