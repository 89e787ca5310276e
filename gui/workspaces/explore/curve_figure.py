"""The figure of the two linked plots, put together from what was computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.text import say
from gui.kit.figures import CurveFigure, Dot, Frame, Line, LineRole, Panel, Tangent
from gui.kit.numbers import loss4, signed
from gui.workspaces.explore import curve_marks as marks
from gui.workspaces.explore.curve_handles import focus_of, handles_of, x_title
from gui.workspaces.explore.curve_words import letter_of, place, short
from gui.workspaces.explore.descent import RowStep

if TYPE_CHECKING:
    from gui.workspaces.explore.compute_curve import CurveResult, Trace
    from gui.workspaces.explore.curve_range import Home
    from gui.workspaces.explore.curve_words import CurveName

ROLES: tuple[LineRole, ...] = ("loss", "p1", "p2", "p3")


def figure_of(result: CurveResult, names: tuple[CurveName, ...]) -> CurveFigure:
    home = _frame(result.home)
    shown = (result.span.low, result.span.high)
    title = x_title(result)
    if result.refusal is not None:
        problem = result.refusal.problem
        value = Panel(say("explore", "loss"), "", "loss", (), float("nan"), "")
        slope = Panel(say("explore", "gradient"), "", "grad", (), float("nan"), "")
        key = result.home.span.key
        return CurveFigure(key, home, False, shown, title, "", 0.0, value, slope, (), problem, notice=problem)
    at = result.traces[0].at
    description = say(
        "explore",
        "{name} along {axis}: at {x} the loss is {loss}, the gradient {slope}.",
        name=names[0].full,
        axis=title,
        x=place(result.here, result.space),
        loss=loss4(at[0]),
        slope=signed(at[1], 4),
    )
    return CurveFigure(
        result.home.span.key,
        home,
        not result.fitted,
        shown,
        title,
        place(result.here, result.space),
        result.here,
        _value_panel(result, names),
        _slope_panel(result, names),
        handles_of(result),
        description,
        marks.zone_of(result),
        _tangent(result.traces[0]),
        _step(result),
        result.trail if len(result.trail) else None,
    )


def _frame(home: Home) -> Frame:
    return Frame((home.span.low, home.span.high), home.value, home.slope)


def _tangent(trace: Trace) -> Tangent | None:
    at = trace.at
    if not np.all(np.isfinite(at)) or marks.is_off_axis(trace, at[1]):
        return None
    return Tangent(at[1], say("explore", "tangent, slope {slope}", slope=signed(at[1], 2)))


def _step(result: CurveResult) -> float | None:
    """Where a descent step leads along the axis."""
    step = result.step
    if isinstance(step, RowStep):
        return float(step.z[focus_of(result)])
    return None if step is None else step.x


def _value_panel(result: CurveResult, names: tuple[CurveName, ...]) -> Panel:
    letter = letter_of(result)
    lines = tuple(
        Line(
            role,
            name.short,
            f"{short(trace.at[0])} {name.detail}".rstrip(),
            result.x,
            marks.cut(trace, result.x, "value"),
        )
        for trace, name, role in zip(result.traces, names, ROLES, strict=False)
    )
    return Panel(
        say("explore", "loss"),
        f"ℓ({letter}, y)",
        "loss",
        lines,
        result.traces[0].at[0],
        short(result.traces[0].at[0]),
        _dots(result, "value"),
        marks.value_edges(result.traces[0], result.x),
        marks.asides(result),
    )


def _slope_panel(result: CurveResult, names: tuple[CurveName, ...]) -> Panel:
    lines = tuple(
        Line(role, name.short, name.detail, result.x, marks.cut(trace, result.x, "slope"))
        for trace, name, role in zip(result.traces, names, ROLES, strict=False)
    )
    return Panel(
        say("explore", "gradient"),
        f"∂ℓ/∂{letter_of(result)}",
        "grad",
        lines,
        result.traces[0].at[1],
        short(result.traces[0].at[1]),
        _dots(result, "slope"),
        marks.slope_edges(result.traces[0], result.x),
    )


def _dots(result: CurveResult, which: str) -> tuple[Dot, ...]:
    pairs = zip(result.traces, ROLES, strict=False)
    return tuple(dot for trace, role in pairs for dot in marks.dots(trace, role, which))
