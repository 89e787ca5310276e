"""How the lattice is drawn, and which of its cells are in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from gui.workspaces.ctc import present_emission as emissions

if TYPE_CHECKING:
    from gui.workspaces.ctc.present_lattice import LatticeModel

MARGIN, NEAR_MARGIN, NEAR = 2, 1, 12  # rows shown beyond those of the best path; of at most NEAR frames


@final
@dataclass(frozen=True, slots=True)
class Look:
    """How the lattice is drawn; not part of the state.

    Attributes:
        absolute: whether log-masses are coloured by their value, not by the distance from the largest of their frame.
        relative: whether rows are counted from the best path, which is then a level line.
    """

    path: bool = True
    edges: bool = True
    absolute: bool = False
    relative: bool = False


@final
@dataclass(frozen=True, slots=True)
class View:
    """Which cells are in view, ends exclusive.

    Attributes:
        unread: how many frames after the last one read are shown too.
        classes: the most rows of emissions.
    """

    first: int
    last: int
    top: int
    bottom: int
    unread: int = 0
    whole: bool = True
    classes: int = emissions.MOST_ROWS


def whole_view(model: LatticeModel) -> View:
    """Everything; where no path fits, also the frames that were not read, as far as they would be needed."""
    unread = 0
    if not model.fits:
        T = model.frames
        unread = min(len(model.sequence.unread), max(2 * T, 8))
    return View(0, model.frames, 0, model.states, unread)


def view_of(model: LatticeModel, first: int, last: int, keep: int | None = None) -> View:
    """Frames `first` to `last` with the rows around the best path; `keep` is a row that must be among them."""
    path, S = model.lattice.best_path, model.states
    margin = MARGIN if last - first > NEAR else NEAR_MARGIN
    if path.size:
        low, high = int(path[first]) - margin, int(path[last - 1]) + margin + 1
    else:
        middle = (first + last) * S // max(2 * model.frames, 1)
        half = (last - first) // 2 + margin
        low, high = middle - half, middle + half
    shift = 0 if keep is None else min(keep - low, 0) or max(keep - high + 1, 0)
    low, high = max(low + shift, 0), min(high + shift, S)
    return View(first, last, min(low, S - 1), max(high, 1), whole=False)
