"""The cells in view in the colours of the mode, with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gui.kit.lattice_figures import UNTOLD, LatticeFigure, Legend, RowLabel
from gui.kit.numbers import MINUS
from gui.workspaces.ctc.class_names import role, written
from gui.workspaces.ctc.present_moves import drawn_of, edges_of, path_of
from gui.workspaces.ctc.present_refusal import reach

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray
    from gui.kit.lattice_figures import Scale
    from gui.workspaces.ctc.present_lattice import LatticeModel
    from gui.workspaces.ctc.present_progress import Progressed
    from gui.workspaces.ctc.present_view import Look, View


def lattice_figure(model: LatticeModel, view: View, look: Look) -> LatticeFigure:
    """The cells in view."""
    scale, shares = _shares(model, view, look)
    if model.progressed is not None:
        shares = np.where(_told(model.progressed, view) | np.isnan(shares), shares, UNTOLD)
    occupancy = _cut(model.lattice.occupancy, view)
    sized = scale == "probability"
    faults = np.isnan(_cut(model.lattice.alpha, view)) | np.isnan(_cut(model.lattice.beta, view))
    return LatticeFigure(
        first=view.first,
        top=view.top,
        scale=scale,
        shares=shares,
        sizes=np.sqrt(np.clip(np.nan_to_num(occupancy), 0.0, 1.0)) if sized else None,
        texts=_texts(model, view) if scale != "reach" else (),
        faded=_faded(model, view),
        faults=faults if bool(faults.any()) else None,
        rows=_rows(model, view),
        legend=_legend(model, view, look, scale),
        edges=edges_of(model, view) if look.edges and model.fits else None,
        path=path_of(model, view, shown=look.path or model.mode == "path"),
        given=None if model.given is None else model.given[view.first : view.last],
        stop=model.stop,
        drawn=drawn_of(model, view),
        differs=None if model.differs is None else _cut(model.differs, view),
    )


def _legend(model: LatticeModel, view: View, look: Look, scale: Scale) -> Legend | None:
    if scale == "probability":
        return Legend("γ", "0", "1", scale)
    if scale != "log":
        return None
    layer, name = (model.lattice.beta, "log β") if model.mode == "beta" else (model.lattice.alpha, "log α")
    values = layer[view.first : view.last]
    known = np.where(np.isfinite(values), values, np.nan)
    if not np.isfinite(known).any():
        return None
    if look.absolute:
        return Legend(name, _log_text(float(np.nanmin(known))), _log_text(float(np.nanmax(known))), scale)
    below = np.nanmin(known - np.where(np.isnan(known), -np.inf, known).max(axis=1, keepdims=True))
    return Legend(name, _log_text(float(min(below, -1.0))), "max", scale)


def relative(layer: FloatArray, absolute: bool) -> FloatArray:
    """(F, R) log-masses as places between 0 and 1; nan where there is none.

    Relative to the largest of each frame, by the root of the distance: both what is a nat below it and what is a
    hundred below are told apart from it, and from each other.
    """
    known = np.where(np.isfinite(layer), layer, np.nan)
    if not np.isfinite(known).any():
        return known
    if absolute:
        low, high = float(np.nanmin(known)), float(np.nanmax(known))
        return (known - low) / max(high - low, 1e-9)
    top = np.where(np.isnan(known), -np.inf, known).max(axis=1, keepdims=True)
    below = np.where(np.isfinite(top), top, 0.0) - known
    return 1.0 - np.sqrt(below / max(float(np.nanmax(below)), 1.0))


def _cut(layer: Array, view: View) -> Array:
    return layer[view.first : view.last, view.top : view.bottom]


def _shares(model: LatticeModel, view: View, look: Look) -> tuple[Scale, FloatArray]:
    lattice, mode = model.lattice, model.mode
    if not model.fits:
        kinds = _cut(reach(lattice), view).astype(np.float64)
        return "reach", np.where(kinds == 0, np.nan, kinds)
    if mode in ("alpha", "beta"):
        layer = lattice.alpha if mode == "alpha" else lattice.beta
        whole = layer[view.first : view.last]  # the largest of a frame need not be in view
        return "log", relative(whole, look.absolute)[:, view.top : view.bottom]
    occupancy = _cut(lattice.occupancy, view)
    unreached = np.isneginf(_cut(lattice.alpha, view)) | np.isneginf(_cut(lattice.beta, view))
    return ("plain" if mode == "path" else "probability"), np.where(unreached, np.nan, occupancy)


def _texts(model: LatticeModel, view: View) -> tuple[tuple[str, ...], ...]:
    lattice, mode = model.lattice, model.mode
    if mode == "path":
        values = np.full((view.last - view.first, view.bottom - view.top), np.nan)
        here = path_of(model, view, shown=True)
        at = np.flatnonzero(here >= 0)
        values[at, here[at] - view.top] = lattice.emission[view.first + at, here[at]]
    else:
        layers = {"alpha": lattice.alpha, "beta": lattice.beta}
        values = _cut(layers.get(mode, lattice.occupancy), view)
    write = _share_text if mode in ("occupancy", "gradient") else _log_text
    texts = [[write(value) for value in frame] for frame in values.tolist()]
    step = model.progressed
    if step is not None:
        for i, j in np.argwhere(~_told(step, view)).tolist():
            texts[i][j] = ""
        if step.hidden and step.focus is not None and _is_in(view, *step.focus):
            texts[step.focus[0] - view.first][step.focus[1] - view.top] = "?"
    return tuple(map(tuple, texts))


def _told(step: Progressed, view: View) -> BoolArray:
    """(F, R) the cells whose value the step-through shows: not the one that is to be guessed."""
    told = _cut(step.revealed, view).copy()
    if step.hidden and step.focus is not None and _is_in(view, *step.focus):
        told[step.focus[0] - view.first, step.focus[1] - view.top] = False
    return told


def _is_in(view: View, frame: int, row: int) -> bool:
    return view.first <= frame < view.last and view.top <= row < view.bottom


def _log_text(value: float) -> str:
    if not np.isfinite(value):
        return ""
    text = f"{value:.1f}" if abs(value) < 99.95 else f"{value:.0f}"
    return "0.0" if text == "-0.0" else text.replace("-", MINUS)


def _share_text(value: float) -> str:
    if not np.isfinite(value):
        return ""
    return "0" if value < 0.005 else f"{value:.2f}"


def _faded(model: LatticeModel, view: View) -> BoolArray | None:
    """What the step-through has not computed; outside it what the playhead has not passed, in the mode's direction.

    A playhead at the first frame has not begun to play: everything is shown.
    """
    if model.progressed is not None:
        return ~_cut(model.progressed.revealed, view)
    if model.mode not in ("alpha", "beta") or model.frame == 0 or not model.fits:
        return None
    frames = np.arange(view.first, view.last)[:, None]
    ahead = frames > model.frame if model.mode == "alpha" else frames < model.frame
    return np.broadcast_to(ahead, (view.last - view.first, view.bottom - view.top))


def _rows(model: LatticeModel, view: View) -> tuple[RowLabel, ...]:
    sequence = model.sequence
    states: list[int] = model.lattice.states[view.top : view.bottom].tolist()
    # The blank's class may also be a label: rows of labels are the odd ones.
    return tuple(
        RowLabel(written(sequence, c), "target" if row % 2 else role(sequence, c), row)
        for row, c in enumerate(states, start=view.top)
    )
