"""Where the cells of a lattice stand, and how large they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from gui.kit.frame_axis import FrameAxis

# Nodes with numbers; nodes by colour and size; cells of an image.
Level = Literal["pill", "disc", "cell"]
PILL_COLUMN, DISC_COLUMN = 44.0, 16.0  # px of a column from which each level is drawn
PILL_PITCH, DISC_PITCH = 24.0, 6.0  # px of a row that it needs besides
PILL = (42.0, 22.0)
LARGEST_DISC = 7.5


@final
@dataclass(frozen=True, slots=True)
class LatticeLayout:
    """`rows` rows from `top_row` between two heights, over a frame axis."""

    axis: FrameAxis
    top: float
    bottom: float
    top_row: int
    rows: int

    @property
    def pitch(self) -> float:
        """The height of a row."""
        return (self.bottom - self.top) / max(self.rows, 1)

    @property
    def level(self) -> Level:
        """How a cell of this size is drawn."""
        return level_of(self.axis.column, self.pitch)

    @property
    def radius(self) -> float:
        """Of the largest disc."""
        return min(LARGEST_DISC, 0.42 * self.pitch, 0.36 * self.axis.column)

    def x(self, frame: float) -> float:
        """The middle of a frame."""
        return self.axis.x(frame + 0.5)

    def y(self, row: float) -> float:
        """The middle of a row."""
        return self.top + (row - self.top_row + 0.5) * self.pitch

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell under a place; None outside the lattice."""
        frame, row = self.axis.frame_at(x), int((y - self.top) // max(self.pitch, 1e-9)) + self.top_row
        inside = self.axis.first <= frame < self.axis.last and self.top_row <= row < self.top_row + self.rows
        return (frame, row) if inside else None


def level_of(column: float, pitch: float) -> Level:
    """The level of detail for cells of this size."""
    if column >= PILL_COLUMN and pitch >= PILL_PITCH:
        return "pill"
    return "disc" if column >= DISC_COLUMN and pitch >= DISC_PITCH else "cell"
