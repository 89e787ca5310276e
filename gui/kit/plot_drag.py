"""What the mouse holds on a plot, and where that leads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from gui.kit.plot_frame import panned, round_step, rounded, snapped

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from gui.kit.figures import Frame, Handle
    from gui.kit.plot_handles import HandleWidget
    from gui.kit.plot_scale import Layout


@final
@dataclass(frozen=True, slots=True)
class Drag:
    """A handle that is held, so many px from its middle that it does not jump when it is taken."""

    held: HandleWidget
    offset: float
    run: str

    def x_at(self, px: float, layout: Layout, free: bool) -> float:
        """The x that a mouse at this column means; `free` of what would catch it."""
        handle, wanted = self.held.handle, px - self.offset
        inside = min(max(wanted, layout.value.left()), layout.value.right())
        if handle.endless and inside != wanted:
            return math.copysign(math.inf, wanted - inside)
        x = rounded(layout.x.from_px(inside), layout.x.per_pixel)
        return within(handle, x if free else snapped(x, handle.snaps, layout.x.per_pixel))


@final
@dataclass(frozen=True, slots=True)
class Pan:
    """Where the plots were taken, and how they lay then."""

    start: QPointF
    frame: Frame
    layout: Layout

    def frame_at(self, at: QPointF) -> Frame:
        """What is in view with the mouse here."""
        which = self.layout.plot_at(self.start.y())
        scale = self.layout.slope_y if which == "slope" else self.layout.value_y
        dx = self.layout.x.from_px(self.start.x()) - self.layout.x.from_px(at.x())
        return panned(self.frame, dx, scale.from_px(self.start.y()) - scale.from_px(at.y()), which)


def nudged(handle: Handle, layout: Layout, pixels: float) -> float:
    """X after an arrow key: `pixels` round steps on, each about as long as a pixel."""
    return within(handle, round(handle.x + pixels * round_step(layout.x.per_pixel), 12))


def within(handle: Handle, x: float) -> float:
    """X as far as the handle may go."""
    return x if handle.limits is None else min(max(x, handle.limits[0]), handle.limits[1])
