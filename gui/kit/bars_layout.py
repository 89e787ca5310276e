"""Where the three rows of bars, their columns and their names stand in a widget. Lengths in px."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, final

from PySide6.QtCore import QPointF, QRectF

GUTTER, RIGHT = 64.0, 26.0  # left of the columns: numbers of the axis
TITLE = 28.0  # above each panel
BELOW = 42.0  # names of the classes, and "target"
SHARES = (208.0, 144.0, 162.0)  # heights of the panels at 636 px
INSET = 6.0  # from a panel's edge to the ends of its axis
WIDEST_BAR, BAR_SHARE = 40.0, 0.62
CAP_HEIGHT = 9.0

PanelName = Literal["logits", "probabilities", "gradient"]
PANELS: tuple[PanelName, ...] = ("logits", "probabilities", "gradient")


@final
@dataclass(frozen=True, slots=True)
class PanelArea:
    """A panel's rectangle and the range of its vertical axis."""

    rect: QRectF
    low: float
    high: float

    def y(self, value: float) -> float:
        """Height of a value; values beyond the axis stand at its end, nan at 0 or the lower end."""
        if math.isnan(value):
            value = max(self.low, 0.0)
        inside = min(max(value, self.low), self.high)
        top, bottom = self.rect.top() + INSET, self.rect.bottom() - INSET
        return bottom - (inside - self.low) / (self.high - self.low) * (bottom - top)

    @property
    def per_pixel(self) -> float:
        """How much one px is worth."""
        return (self.high - self.low) / (self.rect.height() - 2 * INSET)


@final
@dataclass(frozen=True, slots=True)
class BarsLayout:
    """All places for one size of the widget.

    Attributes:
        names: the rectangle under the panels where the classes' names stand.
    """

    areas: tuple[PanelArea, PanelArea, PanelArea]
    names: QRectF
    columns: int

    @property
    def column_width(self) -> float:
        """From one column to the next."""
        return self.names.width() / max(self.columns, 1)

    @property
    def bar_width(self) -> float:
        """Bars leave a third of their column free."""
        return min(WIDEST_BAR, BAR_SHARE * self.column_width)

    def center(self, column: int) -> float:
        """The middle of a column."""
        return self.names.left() + (column + 0.5) * self.column_width

    def column_at(self, x: float) -> int | None:
        """The column under x."""
        column = math.floor((x - self.names.left()) / self.column_width)
        return column if 0 <= column < self.columns else None

    def panel_at(self, point: QPointF) -> PanelName | None:
        """The panel under a point, its title included."""
        for name, area in zip(PANELS, self.areas, strict=True):
            if area.rect.adjusted(0, -TITLE, 0, 0).contains(point):
                return name
        return None

    def area(self, panel: PanelName) -> PanelArea:
        """The area of a panel."""
        return self.areas[PANELS.index(panel)]


def layout(
    width: float, height: float, columns: int, ranges: tuple[tuple[float, float], ...], below: float = BELOW
) -> BarsLayout:
    """Places for a widget of this size; `ranges` are the panels' axes, `below` the height of the names."""
    left, right = GUTTER, max(width - RIGHT, GUTTER + 1)
    free = max(height - below - TITLE - 2 * (TITLE - 2), 60.0)
    areas: list[PanelArea] = []
    top = TITLE
    for share, (low, high) in zip(SHARES, ranges, strict=True):
        tall = free * share / sum(SHARES)
        areas.append(PanelArea(QRectF(left, top, right - left, tall), low, high))
        top += tall + TITLE - 2
    names = QRectF(left, areas[-1].rect.bottom(), right - left, below)
    return BarsLayout((areas[0], areas[1], areas[2]), names, columns)
