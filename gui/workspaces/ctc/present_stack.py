"""The frames in view: picture, emissions or gradient, and the cells of the lattice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.text import say
from gui.kit.lattice_figures import StackFigure
from gui.workspaces.ctc import present_emission as emissions
from gui.workspaces.ctc.present_cells import lattice_figure
from gui.workspaces.ctc.present_sheared import base_of, reach_of, sheared

if TYPE_CHECKING:
    from gui.kit.lattice_figures import EmissionFigure
    from gui.workspaces.ctc.present_lattice import LatticeModel
    from gui.workspaces.ctc.present_view import Look, View


def stack(model: LatticeModel, view: View, look: Look) -> StackFigure:
    """All figures over one part of the frames."""
    sequence = model.sequence
    header = None
    base = base_of(model, view) if look.relative else None
    if not view.whole and base is not None:
        reach = reach_of(model, view.first, view.last)
        header = say("ctc", "frames {first}–{last}, rows up to {reach} from the best path", first=view.first,
                     last=view.last - 1, reach=reach)  # fmt: skip
    elif not view.whole:
        header = say("ctc", "frames {first}–{last}, s {top}–{bottom}", first=view.first, last=view.last - 1,
                     top=view.top, bottom=view.bottom - 1)  # fmt: skip
    read, flag, note = None, None, None
    if view.unread:
        read = view.last
        flag = say("ctc", "input_lengths = {frames}", frames=view.last)
        note = say("ctc", "frames {first}–{last} are in the file but not read", first=view.last,
                   last=view.last + len(sequence.unread) - 1)  # fmt: skip
    cells = lattice_figure(model, view, look)
    return StackFigure(
        first=view.first,
        last=view.last + view.unread,
        header=header,
        source=emissions.source(sequence, view.unread),
        emission=_emission(model, view),
        lattice=cells if base is None else sheared(cells, base, model, view),
        playhead=model.frame,
        read=read,
        read_flag=flag,
        unread_note=note,
    )


def _emission(model: LatticeModel, view: View) -> EmissionFigure:
    sequence = model.sequence
    wanted: list[int] = model.lattice.states[view.top : view.bottom].tolist()
    classes = emissions.classes_in_view(sequence, view.first, view.last, wanted, view.classes)
    gradients = model.result.gradients
    if model.mode == "gradient" and gradients is not None:
        known = None if model.progressed is None else model.progressed.frames
        return emissions.gradient(sequence, gradients, model.truth, view.first, view.last, classes, model.frame, known)
    return emissions.emission(sequence, view.first, view.last, classes, view.unread)
