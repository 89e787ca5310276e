"""The lattice with its rows counted from the best path: the band around it is level, however long the target is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gui.kit.lattice_figures import NOWHERE, Edges, RowLabel
from gui.workspaces.ctc.class_names import role, written
from gui.workspaces.ctc.present_view import View, view_of

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray, IntArray
    from gui.kit.lattice_figures import LatticeFigure
    from gui.workspaces.ctc.present_lattice import LatticeModel

REACH = 25  # rows shown on each side of the best path, at most
LEAST_REACH = 4
COUNTS = 1e-3  # the share of the posterior from which a cell has to be in view


def band_view(model: LatticeModel, first: int, last: int) -> View:
    """These frames with all the rows that a sheared view of them needs; the usual view where no best path is."""
    path = model.lattice.best_path[first:last]
    if not path.size:
        return view_of(model, first, last)
    reach = reach_of(model, first, last)
    top, bottom = max(int(path.min()) - reach, 0), min(int(path.max()) + reach + 1, model.states)
    return View(first, last, top, bottom, whole=False)


def reach_of(model: LatticeModel, first: int, last: int) -> int:
    """How far from the best path anything counts in these frames."""
    path = model.lattice.best_path[first:last]
    frames, rows = np.nonzero(model.lattice.occupancy[first:last] > COUNTS)
    away = int(np.abs(rows - path[frames]).max(initial=0))
    return min(max(away + 1, LEAST_REACH), REACH)


def base_of(model: LatticeModel, view: View) -> IntArray | None:
    """(F,) the row that each frame counts from; None where there is no best path."""
    path = model.lattice.best_path
    return path[view.first : view.last] if path.size else None


def sheared(figure: LatticeFigure, base: IntArray, model: LatticeModel, view: View) -> LatticeFigure:
    """The figure with each frame moved so that its row of `base` is number 0."""
    reach = reach_of(model, view.first, view.last)
    offsets = np.arange(-reach, reach + 1)
    rows = base[:, None] + offsets - figure.top
    inside = (rows >= 0) & (rows < len(figure.rows))
    at = np.arange(len(base))[:, None], np.clip(rows, 0, len(figure.rows) - 1)
    texts: tuple[tuple[str, ...], ...] = ()
    if figure.texts:
        texts = tuple(tuple(_text(frame, row) for row in there) for frame, there in zip(figure.texts, rows.tolist(),
                                                                                        strict=True))  # fmt: skip
    return replace(
        figure,
        top=-reach,
        shares=np.where(inside, figure.shares[at], np.nan),
        sizes=_moved(figure.sizes, at, inside),
        texts=texts,
        faded=_flags(figure.faded, at, inside),
        faults=_flags(figure.faults, at, inside),
        differs=_flags(figure.differs, at, inside),
        rows=_labels(model, view, base, reach),
        edges=None if figure.edges is None else _edges(figure.edges, base, figure.first, reach),
        path=_path(figure.path, base, reach),
        given=None if figure.given is None else _path(figure.given, base, reach),
        drawn=None if figure.drawn is None else np.stack([_path(one, base, reach) for one in figure.drawn]),
        base=base,
    )


def _text(frame: tuple[str, ...], row: int) -> str:
    return frame[row] if 0 <= row < len(frame) else ""


def _moved(layer: FloatArray | None, at: tuple[Array, Array], inside: BoolArray) -> FloatArray | None:
    return None if layer is None else np.where(inside, layer[at], 0.0)


def _flags(layer: BoolArray | None, at: tuple[Array, Array], inside: BoolArray) -> BoolArray | None:
    return None if layer is None else layer[at] & inside


def _path(rows: IntArray, base: IntArray, reach: int) -> IntArray:
    """Rows of a path as offsets; what leaves the band or the view is NOWHERE."""
    offsets = rows - base
    return np.where((rows >= 0) & (np.abs(offsets) <= reach), offsets, NOWHERE)


def _edges(edges: Edges, base: IntArray, first: int, reach: int) -> Edges:
    """Moves whose both ends are in the band."""
    here = edges.frame - first
    kept = here >= 1
    frame, row, step = edges.frame[kept], edges.row[kept], edges.step[kept]
    end = row - base[frame - first]
    start = row - step - base[frame - first - 1]
    inside = (np.abs(end) <= reach) & (np.abs(start) <= reach)
    return Edges(frame[inside], end[inside], (end - start)[inside], edges.share[kept][inside])


def _labels(model: LatticeModel, view: View, base: IntArray, reach: int) -> tuple[RowLabel, ...]:
    """What the rows are in the frame of the playhead, or in the middle of the view where that is elsewhere."""
    frame = model.frame if view.first <= model.frame < view.last else (view.first + view.last) // 2
    zero = int(base[frame - view.first])
    found: list[RowLabel] = []
    for offset in range(-reach, reach + 1):
        row = zero + offset
        if 0 <= row < model.states:
            cls = int(model.lattice.states[row])
            hue = "target" if row % 2 else role(model.sequence, cls)
            found.append(RowLabel(written(model.sequence, cls), hue, offset))
        else:
            found.append(RowLabel("", "other", offset))
    return tuple(found)
