"""The surface and its sections in the words and numbers of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.explain.formula import Strip
from core.explain.note import Note
from core.explain.scalar import AXIS_LETTER, strip
from core.explain.scalar_notes import notes
from core.text import Text, say
from gui.kit.empty_state import EmptyState
from gui.kit.numbers import MINUS, fixed, grad4, loss4
from gui.kit.row_figures import AxisName, SliceFigure
from gui.kit.surface_figures import Reading, SectionFigure
from gui.kit.ticks import ticks
from gui.workspaces.explore.present_slice import placed_isolines

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.explain.scalar_point import ScalarPoint
    from core.problem import Problem
    from gui.workspaces.explore.compute_surface import Surface, SurfaceResult
    from gui.workspaces.explore.state import ExploreState

LONGEST = 0.055  # the longest arrow, as a share of the window
OWN_ARROW = 0.16


@final
@dataclass(frozen=True, eq=False, slots=True)
class SurfaceModel:
    """All that the tab shows.

    Attributes:
        surface, along_x, along_y: None where there is nothing to draw; `empty` then says why.
        value, gradient_norm: of the probe.
    """

    surface: SliceFigure | None
    along_x: SectionFigure | None
    along_y: SectionFigure | None
    readings: tuple[Reading, ...]
    empty: EmptyState | None
    strip: Strip
    notes: tuple[Note, ...]
    value: float
    gradient_norm: float


def present(_problem: Problem, state: ExploreState, result: SurfaceResult) -> SurfaceModel:
    """The result in the words and numbers of the screen."""
    point = result.point
    said = notes(point)
    surface = result.surface
    if surface is None or surface.relief is None:
        why = point.refusal
        empty = EmptyState(
            why.problem if why else say("explore", "The loss is nowhere finite here."),
            why.remedy if why else say("explore", "Choose other weights or another dtype."),
        )
        return SurfaceModel(None, None, None, (), empty, strip(point), said, point.value, abs(point.slope))
    along_x = _section(result, surface, result.along_x, is_x=True)
    along_y = _section(result, surface, result.along_y, is_x=False)
    figure = _surface(result, surface)
    readings = _readings(point, state)
    return SurfaceModel(figure, along_x, along_y, readings, None, strip(point), said, point.value, abs(point.slope))


def _surface(result: SurfaceResult, surface: Surface) -> SliceFigure:
    point, window = result.point, result.request.ground.window
    relief = surface.relief
    assert relief is not None
    letter = AXIS_LETTER[point.element.space]
    x0, x1, y0, y1 = window
    across = LONGEST * (x1 - x0)
    ways = np.zeros_like(surface.tails)
    ways[:, 0] = _shortened(-surface.slopes) * across
    kept = np.isfinite(surface.slopes)
    tip = point.x + float(_shortened(np.array(-point.slope))) * OWN_ARROW * (x1 - x0)
    return SliceFigure(
        say("explore", "loss surface"),
        say("explore", "arrows: length |g| ÷ (1 + |g|)"),
        AxisName(say("explore", "{letter} · input", letter=letter), is_target=False),
        AxisName(say("explore", "y · target"), is_target=True),
        window,
        ticks(x0, x1, 8),
        ticks(y0, y1, 8),
        relief.shade,
        (f"ℓ {fixed(relief.low, 2)}", f"≥{relief.clip:.4g}".replace("-", MINUS)),
        placed_isolines(relief.lines, window),
        np.hstack([surface.tails[kept], surface.tails[kept] + ways[kept]]),
        (point.x, point.y),
        (tip, point.y) if np.isfinite(tip) and point.slope else None,
        _description(point, letter),
        say("explore", "descent −∂ℓ/∂{letter}", letter=letter),
        say("explore", "Drag the disc: it moves input and target · arrows move it"),
    )


def _shortened(slopes: FloatArray) -> FloatArray:
    """Between −1 and 1: a gradient of 1e12 must still leave the small ones to be seen."""
    with np.errstate(invalid="ignore"):
        return slopes / (1 + np.abs(slopes))


def _section(result: SurfaceResult, surface: Surface, values: FloatArray, *, is_x: bool) -> SectionFigure:
    point, relief = result.point, surface.relief
    assert relief is not None
    letter = AXIS_LETTER[point.element.space]
    x0, x1, y0, y1 = result.request.ground.window
    held = fixed(point.y, 2) if is_x else fixed(point.x, 2)
    title = say("explore", "ℓ along {letter}", letter=letter) if is_x else say("explore", "ℓ along y")
    caption = (
        say("explore", "at y = {value}", value=held)
        if is_x
        else say("explore", "at {letter} = {value}", letter=letter, value=held)
    )
    low = min(relief.low, 0.0)
    high = surface.highest if surface.highest > low else low + 1
    return SectionFigure(
        title=title,
        caption=caption,
        position=values[:, 0],
        value=values[:, 1],
        first=x0 if is_x else y0,
        last=x1 if is_x else y1,
        low=low,
        high=high,
        ticks=ticks(low, high, 4),
        probe=(point.x if is_x else point.y, point.value),
        probe_label=loss4(point.value),
        role="loss",
        description=_description(point, letter),
    )


def _readings(point: ScalarPoint, state: ExploreState) -> tuple[Reading, ...]:
    letter = AXIS_LETTER[point.element.space]
    fault = None if np.isfinite(point.value) else "err"
    return (
        Reading(say("explore", "{letter}", letter=letter), fixed(point.x, 4), "input"),
        Reading(say("explore", "y"), fixed(point.y, 4), "target"),
        Reading(say("explore", "ℓ"), loss4(point.value), fault or "loss"),
        Reading(say("explore", "∂ℓ/∂{letter}", letter=letter), grad4(point.slope), fault or "grad"),
        Reading(say("explore", "dtype"), state.dtype, "text2"),
    )


def _description(point: ScalarPoint, letter: str) -> Text:
    return say(
        "explore",
        "Probe at {letter} {x}, target {y}, loss {loss}, slope {slope}",
        letter=letter,
        x=fixed(point.x, 2),
        y=fixed(point.y, 2),
        loss=loss4(point.value),
        slope=grad4(point.slope),
    )
