"""Frames along x: one transform for everything that stands over the same frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

GUTTER, RIGHT_PAD = 112.0, 16.0


@final
@dataclass(frozen=True, slots=True)
class FrameAxis:
    """Frames `first` to `last` (exclusive; parts of frames count) between two places in px."""

    first: float
    last: float
    left: float
    right: float

    @property
    def column(self) -> float:
        """The width of a frame."""
        return (self.right - self.left) / max(self.last - self.first, 1e-9)

    def x(self, frame: float) -> float:
        """Where a frame begins."""
        return self.left + (frame - self.first) * self.column

    def frame_at(self, x: float) -> int:
        """The frame at a place, which may lie outside those in view."""
        return int((x - self.left) // self.column + self.first)

    @property
    def shown(self) -> range:
        """The frames of which at least a part is in view."""
        return range(int(self.first), int(-(-self.last // 1)))


def whole_axis(frames: int, width: float) -> FrameAxis:
    """All frames over the width of a widget, its gutter and pad left free."""
    return FrameAxis(0.0, float(max(frames, 1)), GUTTER, max(width - RIGHT_PAD, GUTTER + 1.0))
