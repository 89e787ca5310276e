"""The frames in view: picture, emissions or gradient, and the cells of the lattice, in the colours of the mode."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

from core.ctc.recurrence import edge_shares
from core.text import say
from gui.kit.lattice_figures import UNTOLD, Edges, LatticeFigure, Legend, RowLabel, StackFigure
from gui.kit.numbers import MINUS
from gui.workspaces.ctc import present_emission as emissions
from gui.workspaces.ctc.class_names import role, written
from gui.workspaces.ctc.present_refusal import reach

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray, IntArray
    from core.ctc.lattice import Lattice
    from gui.kit.lattice_figures import EmissionFigure, Scale
    from gui.workspaces.ctc.present_lattice import LatticeModel
    from gui.workspaces.ctc.present_progress import Progressed

MARGIN, NEAR_MARGIN, NEAR = 2, 1, 12  # rows shown beyond those of the best path; of at most NEAR frames


@final
@dataclass(frozen=True, slots=True)
class Look:
    """How the lattice is drawn; not part of the state.

    Attributes:
        absolute: whether log-masses are coloured by their value, not by the distance from the largest of their frame.
    """

    path: bool = True
    edges: bool = True
    absolute: bool = False


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


def stack(model: LatticeModel, view: View, look: Look) -> StackFigure:
    """All figures over one part of the frames."""
    sequence = model.sequence
    header = None
    if not view.whole:
        header = say("ctc", "frames {first}–{last}, s {top}–{bottom}", first=view.first, last=view.last - 1,
                     top=view.top, bottom=view.bottom - 1)  # fmt: skip
    read, flag, note = None, None, None
    if view.unread:
        read = view.last
        flag = say("ctc", "input_lengths = {frames}", frames=view.last)
        note = say("ctc", "frames {first}–{last} are in the file but not read", first=view.last,
                   last=view.last + len(sequence.unread) - 1)  # fmt: skip
    return StackFigure(
        first=view.first,
        last=view.last + view.unread,
        header=header,
        source=emissions.source(sequence, view.unread),
        emission=_emission(model, view),
        lattice=lattice_figure(model, view, look),
        playhead=model.frame,
        read=read,
        read_flag=flag,
        unread_note=note,
    )


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
        edges=_edges(model, view) if look.edges and model.fits else None,
        path=_path(model, view, shown=look.path or model.mode == "path"),
        given=None if model.given is None else model.given[view.first : view.last],
        stop=model.stop,
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


def _emission(model: LatticeModel, view: View) -> EmissionFigure:
    sequence = model.sequence
    wanted: list[int] = model.lattice.states[view.top : view.bottom].tolist()
    classes = emissions.classes_in_view(sequence, view.first, view.last, wanted, view.classes)
    gradients = model.result.gradients
    if model.mode == "gradient" and gradients is not None:
        known = None if model.progressed is None else model.progressed.frames
        return emissions.gradient(sequence, gradients, model.truth, view.first, view.last, classes, model.frame, known)
    return emissions.emission(sequence, view.first, view.last, classes, view.unread)


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
        here = _path(model, view, shown=True)
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


def _edges(model: LatticeModel, view: View) -> Edges:
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


def _path(model: LatticeModel, view: View, *, shown: bool) -> IntArray:
    path = model.lattice.best_path
    unknown = model.progressed is not None and not model.progressed.path
    if not shown or unknown or not path.size:
        return np.full(view.last - view.first, -1)
    here = path[view.first : view.last]
    return np.where((here >= view.top) & (here < view.bottom), here, -1)
