"""Explore's tabs: for each, what it depends on, how that is computed, and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

from core.jobs import Job, Progress
from gui.workspaces.explore import (
    compute_bars,
    compute_curve,
    compute_frame,
    compute_simplex,
    compute_surface,
    present_bars,
    present_curve,
    present_frame,
    present_simplex,
    present_surface,
)

if TYPE_CHECKING:
    from core.explain.formula import Strip
    from core.explain.note import Note
    from core.problem import Problem
    from core.text import Text
    from gui.workspaces.explore.present_curve import LossRow
    from gui.workspaces.explore.state import ExploreState, Tab


@final
@dataclass(frozen=True, slots=True)
class Part:
    """One tab. `request(problem, state)`, for the curve also what its view shows of the axis.

    `quick`: fast enough to be computed between two frames.
    """

    request: Callable[..., Any]
    compute: Callable[[Any], Job[Any]]
    present: Callable[[Problem, ExploreState, Any], Any]
    quick: bool = True


@final
@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """What a tab gives to the rest of the window.

    Attributes:
        value, gradient_norm: of the probe: one number, one row, one sequence.
        table: the losses compared at the probe; path: what a descent step would do.
    """

    strip: Strip | None
    notes: tuple[Note, ...]
    value: float
    gradient_norm: float
    table: tuple[LossRow, ...] = ()
    path: Text | None = None


def at_once(compute: Callable[[Any], Any]) -> Callable[[Any], Job[Any]]:
    """A quick function as a job of one piece."""

    def job(request: Any) -> Job[Any]:
        yield Progress(0.0)
        return compute(request)

    return job


PARTS: dict[Tab, Part] = {
    "curve": Part(compute_curve.request, at_once(compute_curve.compute), present_curve.present),
    "surface": Part(compute_surface.request, at_once(compute_surface.compute), present_surface.present),
    "bars": Part(compute_bars.request, at_once(compute_bars.compute), present_bars.present),
    "simplex": Part(compute_simplex.request, at_once(compute_simplex.compute), present_simplex.present),
    "frame": Part(compute_frame.request, compute_frame.compute, present_frame.present, quick=False),
}


def shown(tab: Tab, model: Any) -> Shown:
    """The part of a tab's model that strip, inspector and status bar show."""
    if tab == "curve":
        here = model.table[0] if model.table else None
        value, slope = (here.loss, here.slope) if here else (float("nan"), float("nan"))
        return Shown(model.strip, model.notes, value, abs(slope), model.table, model.path)
    return Shown(model.strip, model.notes, model.value, model.gradient_norm)
