"""The window of a long lattice: which frames of all are shown large, and what the mouse and the keys make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

FEWEST, MOST = 8, 64
Grip = Literal["move", "left", "right"]


@final
@dataclass(frozen=True, slots=True)
class FrameWindow:
    """`count` frames from `first`, of `frames`."""

    first: int
    count: int
    frames: int

    @property
    def last(self) -> int:
        """The frame after the last one."""
        return self.first + self.count

    @property
    def middle(self) -> float:
        """Its middle."""
        return self.first + self.count / 2

    def moved(self, by: int) -> FrameWindow:
        """As wide, so many frames further, as far as there are any."""
        return window_at(self.first + by, self.count, self.frames)

    def around(self, frame: float) -> FrameWindow:
        """As wide, with a frame in its middle."""
        return window_at(round(frame - self.count / 2), self.count, self.frames)

    def showing(self, frame: int) -> FrameWindow:
        """With a frame in it: itself if it has it, else around it."""
        return self if self.first <= frame < self.last else self.around(frame + 0.5)

    def zoomed(self, factor: float, about: float) -> FrameWindow:
        """`factor` times as many frames; the one at `about` keeps its place."""
        count = round(self.count * factor)
        if count == self.count and factor != 1:
            count += 1 if factor > 1 else -1
        count = _bounded(count, self.frames)
        share = (about - self.first) / max(self.count, 1)
        return window_at(round(about - share * count), count, self.frames)

    def dragged(self, grip: Grip, to: float) -> FrameWindow:
        """One of its edges, or its beginning, put on a frame."""
        if grip == "move":
            return window_at(round(to), self.count, self.frames)
        if grip == "right":
            return window_at(self.first, _bounded(round(to) - self.first, self.frames - self.first), self.frames)
        count = _bounded(self.last - round(to), self.last)
        return window_at(self.last - count, count, self.frames)


def window_at(first: int, count: int, frames: int) -> FrameWindow:
    """A window as wide as is wanted and allowed, as near to `first` as there are frames."""
    count = _bounded(count, frames)
    return FrameWindow(min(max(first, 0), max(frames - count, 0)), count, frames)


def _bounded(count: int, most: int) -> int:
    return max(min(max(count, FEWEST), MOST, most), 1)
