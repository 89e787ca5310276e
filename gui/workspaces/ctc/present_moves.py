"""The moves between the cells in view, and the paths through them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.ctc.recurrence import edge_shares
from gui.kit.lattice_figures import Edges
from gui.workspaces.ctc.present_decode import drawn

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.ctc.lattice import Lattice
    from gui.workspaces.ctc.present_lattice import LatticeModel
    from gui.workspaces.ctc.present_view import View


def edges_of(model: LatticeModel, view: View) -> Edges:
    """The legal moves between cells in view that a path from the start can make.

    Their shares are all 0 while the step-through has no posterior.
    """
    lattice = model.lattice
    first, top = max(view.first - 1, 0), max(view.top - 2, 0)
    part = _part(lattice, first, view.last, top, view.bottom)
    shares, reached = edge_shares(part), part.alpha > -np.inf
    if model.progressed is not None and not model.progressed.shares:
        shares[:] = 0.0
    legal = np.zeros(shares.shape, dtype=np.bool_)
    for step in range(min(3, part.states.size)):
        legal[1:, step:, step] = reached[:-1, : part.states.size - step]
    legal[:, ~part.skip, 2] = False
    legal[: view.first + 1 - first] = False  # moves into the first frame come from out of view
    frame, row, step = np.nonzero(legal)
    inside = row - step >= view.top - top
    frame, row, step = frame[inside], row[inside], step[inside]
    return Edges(frame + first, row + top, step, shares[frame, row, step])


def _part(lattice: Lattice, first: int, last: int, top: int, bottom: int) -> Lattice:
    """Some frames and rows of a lattice, as one."""
    cells = slice(first, last), slice(top, bottom)
    return replace(
        lattice,
        states=lattice.states[top:bottom],
        skip=lattice.skip[top:bottom],
        emission=lattice.emission[cells],
        alpha=lattice.alpha[cells],
        beta=lattice.beta[cells],
    )


def path_of(model: LatticeModel, view: View, *, shown: bool) -> IntArray:
    path = model.lattice.best_path
    unknown = model.progressed is not None and not model.progressed.path
    if not shown or unknown or not path.size:
        return np.full(view.last - view.first, -1)
    here = path[view.first : view.last]
    return np.where((here >= view.top) & (here < view.bottom), here, -1)


def drawn_of(model: LatticeModel, view: View) -> IntArray | None:
    """(K, F) the rows of the alignments drawn from the posterior, -1 where out of view; None for none."""
    if not model.sampled or not model.fits:
        return None
    here = drawn(model.lattice)[0][: model.sampled, view.first : view.last]
    return np.where((here >= view.top) & (here < view.bottom), here, -1)
