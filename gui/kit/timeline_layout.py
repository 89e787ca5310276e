"""Where the parts of a timeline stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from gui.kit.timeline_figure import Scale, TimelineFigure, scale_of

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from gui.kit.timeline_figure import TimelineLine

HEIGHT = 136
LEFT, RIGHT = 44.0, 132.0
TOP, NORM, GAP = 20.0, 20.0, 7.0
FOOT = 36.0  # the track with its marks, and the numbers under it


@final
@dataclass(frozen=True, eq=False, slots=True)
class TimelineLayout:
    """Attributes: area: of the losses; strip: of the gradient norm; track: the height of the scrubber."""

    area: QRectF
    strip: QRectF
    track: float
    span: tuple[float, float]
    scale: Scale
    norm_scale: Scale

    def x(self, value: float | FloatArray) -> FloatArray:
        """The column of a step."""
        low, high = self.span
        return self.area.left() + (np.asarray(value, np.float64) - low) * (self.area.width() / (high - low))

    def y(self, value: float | FloatArray) -> FloatArray:
        """The height of a loss; beyond the scale outside the area."""
        return self.area.bottom() - self.scale.share(value) * self.area.height()

    def norm_y(self, value: float | FloatArray) -> FloatArray:
        """The height of a gradient norm."""
        return self.strip.bottom() - self.norm_scale.share(value) * self.strip.height()

    def knob(self, value: float) -> QPointF:
        """A step on the scrubber."""
        return QPointF(float(self.x(value)), self.track)

    def step(self, x: float) -> float:
        """The step of a column."""
        low, high = self.span
        return low + (x - self.area.left()) * (high - low) / max(self.area.width(), 1.0)


def layout_of(figure: TimelineFigure, width: float, height: float) -> TimelineLayout:
    """The places in a widget of this size."""
    wide = max(width - LEFT - RIGHT, 1.0)
    strip_top = height - FOOT - NORM
    area = QRectF(LEFT, TOP, wide, max(strip_top - GAP - TOP, 1.0))
    return TimelineLayout(
        area=area,
        strip=QRectF(LEFT, strip_top, wide, NORM),
        track=height - FOOT + 14,
        span=_span(figure),
        scale=scale_of(figure.lines),
        norm_scale=scale_of(() if figure.norm is None else (figure.norm,)),
    )


def nearest_stop(figure: TimelineFigure, places: TimelineLayout, x: float) -> int | None:
    """The stop that is nearest to a column; of equals the last; None if there is none."""
    stops = figure.stops
    if not stops.size:
        return None
    step = max(places.step(x), float(stops[0]))
    right = int(np.searchsorted(stops, step, side="right"))
    if right < stops.size and stops[right] - step < step - stops[right - 1]:
        return int(np.searchsorted(stops, stops[right], side="right")) - 1
    return right - 1


def _span(figure: TimelineFigure) -> tuple[float, float]:
    lines: list[TimelineLine] = [line for line in figure.lines if line.x.size]
    if not lines:
        return 0.0, 1.0
    low, high = min(float(line.x[0]) for line in lines), max(float(line.x[-1]) for line in lines)
    return (low, high) if high > low else (low - 1.0, high + 1.0)
