"""The CTC lattice and what stands over the same frames: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from core.arrays import BoolArray, FloatArray, IntArray
    from core.text import Text
    from gui.kit.frame_figures import Picture, SymbolRole

# Which colours: log-mass, probability, a signed gradient, how a cell can be reached, or none but the path's.
Scale = Literal["log", "probability", "gradient", "reach", "plain"]
NOWHERE = -(10**6)  # the row of a path in a frame where it is not in view
UNTOLD = -1.0  # the share of a cell whose value is not shown
FROM_START, TO_END, COMPLETE = 1, 2, 3  # how a cell can be reached, where no path fits


@final
@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row of the lattice or of the emissions; `number` is -1 where none is written."""

    name: str
    role: SymbolRole
    number: int = -1


@final
@dataclass(frozen=True, eq=False, slots=True)
class Edges:
    """Legal moves as (E,) arrays: into (frame, row) from the frame before, `step` rows further up, with its share."""

    frame: IntArray
    row: IntArray
    step: IntArray
    share: FloatArray


@final
@dataclass(frozen=True, slots=True)
class Legend:
    """What the first and the last colour mean."""

    name: str
    low: str
    high: str
    scale: Scale


@final
@dataclass(frozen=True, eq=False, slots=True)
class LatticeFigure:
    """The cells in view: F frames from `first`, R rows from `top`.

    Attributes:
        shares: (F, R) place on the scale, 0 to 1, or UNTOLD; nan where a cell is unreachable. For "reach" FROM_START,
            TO_END or COMPLETE.
        sizes: (F, R) how large a disc is, 0 to 1, or None for all alike.
        texts: the number in each cell, by frame and row, "" for none; () where no cell has one.
        faded: (F, R) cells drawn faintly; None for none.
        faults: (F, R) cells whose value is nan, or None.
        path, given: (F,) the row of the best path and of the one edited by hand; not one of `rows` where out of view.
        stop: the frame where the edited path leaves the lattice, or None.
        drawn: (K, F) the same of alignments drawn from the posterior, or None.
        differs: (F, R) cells where somebody else's alpha is another, or None.
        base: (F,) the row that each frame counts its rows from, None where they are counted from the first.
    """

    first: int
    top: int
    scale: Scale
    shares: FloatArray
    sizes: FloatArray | None
    texts: tuple[tuple[str, ...], ...]
    faded: BoolArray | None
    faults: BoolArray | None
    rows: tuple[RowLabel, ...]
    legend: Legend | None
    edges: Edges | None
    path: IntArray
    given: IntArray | None = None
    stop: int | None = None
    drawn: IntArray | None = None
    differs: BoolArray | None = None
    base: IntArray | None = None

    @property
    def frames(self) -> int:
        """F."""
        return self.shares.shape[0]

    def place_of(self, frame: int, row: int) -> int:
        """Where a row of the lattice stands in a frame, as `top` and `rows` count."""
        return row if self.base is None or not self._knows(frame) else row - int(self.base[frame - self.first])

    def row_at(self, frame: int, place: int) -> int:
        """The row of the lattice at a place; the inverse of `place_of`."""
        return place if self.base is None or not self._knows(frame) else place + int(self.base[frame - self.first])

    def _knows(self, frame: int) -> bool:
        return self.first <= frame < self.first + self.frames


@final
@dataclass(frozen=True, eq=False, slots=True)
class EmissionFigure:
    """Probabilities, or a gradient, of a few classes over the frames in view.

    Attributes:
        values: (K, F); `scale` is "probability" or "gradient".
        texts: the number in each cell, by row and frame, "" where it is too small to tell.
        sum: over all classes in the frame of the playhead, None for emissions; sums: the same for every frame.
        unread: (K, F') the frames after input_length, or None.
    """

    title: Text
    caption: Text | None
    first: int
    scale: Scale
    rows: tuple[RowLabel, ...]
    values: FloatArray
    texts: tuple[tuple[str, ...], ...]
    sum: str | None = None
    sums: tuple[str, ...] = ()
    unread: FloatArray | None = None


@final
@dataclass(frozen=True, eq=False, slots=True)
class SourceFigure:
    """What the model saw: all of it, drawn where its frames stand; `unread` are the frames after input_length."""

    title: Text
    caption: Text
    picture: Picture
    unread: Picture | None = None


@final
@dataclass(frozen=True, eq=False, slots=True)
class StackFigure:
    """Picture, emissions and lattice over one frame axis, from `first` to `last` (exclusive).

    Attributes:
        header: what part of the whole is in view, or None for all of it.
        playhead: the frame it stands on; `read`: the frame after the last one read where more follow, or None.
        read_flag, unread_note: what stands at that frame, under the lattice.
    """

    first: int
    last: int
    header: Text | None
    source: SourceFigure | None
    emission: EmissionFigure
    lattice: LatticeFigure
    playhead: int
    read: int | None = None
    read_flag: Text | None = None
    unread_note: Text | None = None
