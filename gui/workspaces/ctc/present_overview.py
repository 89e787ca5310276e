"""A lattice too large to be drawn cell by cell: all of it as an image, and the labels that are least sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.text import Text, say
from gui.kit.overview_figures import OverviewFigure, Token
from gui.workspaces.ctc.class_names import written
from gui.workspaces.ctc.compute_lattice import pooled
from gui.workspaces.ctc.present_emission import picture_of, source_caption

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray
    from core.ctc.segments import Segment
    from gui.kit.lattice_figures import Scale
    from gui.workspaces.ctc.present_lattice import LatticeModel
    from gui.workspaces.ctc.present_view import Look

WEAKEST = 5
GOOD, FAIR = 0.90, 0.50


def overview(model: LatticeModel, look: Look) -> OverviewFigure:
    """The whole lattice in the colours of the mode."""
    scale, levels, name = _levels(model, look)
    T, S = model.lattice.alpha.shape
    picture = picture_of(model.sequence)
    spoken = tuple(_token(model, segment) for segment in model.result.segments)
    weakest = sorted(spoken, key=lambda token: token.confidence)[:WEAKEST]
    return OverviewFigure(
        title=say("ctc", "whole lattice"),
        caption=say("ctc", "{layer}, {states} × {frames}", layer=name, states=S, frames=T),
        scale=scale,
        levels=levels,
        frames=T,
        states=S,
        path=model.lattice.best_path if look.path or model.mode == "path" else model.lattice.best_path[:0],
        strip_title=say("ctc", "source") if picture is not None else say("ctc", "emission"),
        strip_caption=source_caption(model.sequence),
        strip=picture,
        emission=None if picture is not None else _strip_emission(model),
        spoken_title=say("ctc", "aligned"),
        spoken=spoken,
        weakest_title=say("ctc", "weakest labels"),
        weakest_caption=say("ctc", "mean p on the best path"),
        weakest=tuple(weakest),
    )


def _levels(model: LatticeModel, look: Look) -> tuple[Scale, Array, Text]:
    layers = model.result.overviews
    assert layers is not None
    if model.mode == "alpha":
        layer, name = (layers.alpha_log if look.absolute else layers.alpha), say("ctc", "log α")
    elif model.mode == "beta":
        layer, name = (layers.beta_log if look.absolute else layers.beta), say("ctc", "log β")
    else:
        return "log", _quantised(layers.occupancy), say("ctc", "log γ")
    return "log", _quantised(layer, by_root=not look.absolute), name


def _quantised(layer: FloatArray, *, by_root: bool = False) -> Array:
    """(rows, columns) 1 for the least, 255 for the largest, 0 for what is unreachable; see present_cells.relative."""
    reached = np.isfinite(layer)
    if not reached.any():
        return np.zeros(layer.shape, np.uint8)
    low, high = float(layer[reached].min()), float(layer[reached].max())
    below = (high - np.where(reached, layer, high)) / max(high - low, 1e-9)
    share = 1.0 - (np.sqrt(below) if by_root else below)
    return np.where(reached, 1 + np.round(254 * share), 0).astype(np.uint8)


@np.errstate(over="ignore")
def _strip_emission(model: LatticeModel) -> FloatArray:
    """(3, columns) the blank, the likeliest symbol of the target, the likeliest other."""
    sequence = model.sequence
    used = np.zeros(sequence.log_probs.shape[1], dtype=np.bool_)
    used[sequence.labels] = True
    used[sequence.blank] = False
    other = ~used
    other[sequence.blank] = False
    rows = [sequence.log_probs[:, sequence.blank]]
    for which in (used, other):
        if which.any():
            rows.append(sequence.log_probs[:, which].max(axis=1))
    return np.exp(pooled(np.stack(rows, axis=1)))


def _token(model: LatticeModel, segment: Segment) -> Token:
    last = segment.end - 1
    place = say("ctc", "frames {first}–{last}", first=segment.start, last=last)
    if last == segment.start:
        place = say("ctc", "frame {first}", first=segment.start)
    confidence = segment.confidence
    return Token(
        name=written(model.sequence, segment.cls),
        place=place,
        first=segment.start,
        last=last,
        state=2 * segment.place + 1,
        confidence=confidence,
        text=f"{confidence:.3f}",
        role="ok" if confidence > GOOD else "warn" if confidence > FAIR else "err",
    )
