"""The curves of a loss and everything said beside them, ready to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.explain import row, row_notes, scalar, scalar_notes
from core.explain.formula import Strip
from core.explain.note import Note
from core.explain.scalar_point import ScalarPoint
from core.text import Text, say
from gui.kit.figures import CurveFigure, Frame, Line, LineRole, Panel, ReadOut, ReadOutRow, Tangent
from gui.kit.numbers import editable, fixed, grad4, loss4, signed
from gui.workspaces.explore import curve_marks as marks
from gui.workspaces.explore.compute_curve import CurveResult, Trace
from gui.workspaces.explore.curve_handles import handles_of, x_title
from gui.workspaces.explore.curve_words import LETTERS, CurveName, names_of, place, short
from gui.workspaces.explore.descent import ScalarStep

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.explore.curve_range import Home
    from gui.workspaces.explore.state import ExploreState

ROLES: tuple[LineRole, ...] = ("loss", "p1", "p2", "p3")


@final
@dataclass(frozen=True, slots=True)
class LossRow:
    """One line of the table "At the probe"; `role` gives hue and dash."""

    name: str
    role: LineRole
    loss: float
    slope: float
    loss_text: str
    slope_text: str


@final
@dataclass(frozen=True, eq=False, slots=True)
class CurveModel:
    """The curve tab.

    Attributes:
        table: the loss and the pinned ones at the probe.
        path: what one descent step would do, or None.
    """

    figure: CurveFigure
    result: CurveResult
    names: tuple[CurveName, ...]
    table: tuple[LossRow, ...]
    path: Text | None
    strip: Strip
    notes: tuple[Note, ...]

    @property
    def value(self) -> float:
        """The loss at the probe; nan where it is refused."""
        return self.result.point.value

    @property
    def gradient_norm(self) -> float:
        """Of one number or of the whole row."""
        point = self.result.point
        slope = point.slope if isinstance(point, ScalarPoint) else point.gradient.astype(np.float64)
        return float(np.linalg.norm(slope))


def present(problem: Problem, state: ExploreState, result: CurveResult) -> CurveModel:
    """Figure, table, formula and notes of what was computed."""
    del state
    names = names_of(result.traces)
    strip, notes = _explained(result, problem.loss.reduction)
    rows = zip(result.traces, names, ROLES[: len(names)], strict=True)
    table = tuple(
        LossRow(name.full, role, *trace.at, loss4(trace.at[0]), signed(trace.at[1], 4)) for trace, name, role in rows
    )
    return CurveModel(_figure(result, names), result, names, table, _path(result), strip, notes)


def read_out(model: CurveModel, x: float) -> ReadOut | None:
    """What all curves say at the point of the grid nearest to x."""
    result = model.result
    if not result.x.size:
        return None
    i = int(np.argmin(np.abs(result.x - x)))
    main = result.traces[0]
    slope, finite = float(main.slope[i]), float(result.finite[i])
    rows = [
        ReadOutRow("loss", model.names[0].full, (loss4(float(main.value[i])), grad4(slope))),
        ReadOutRow("plain", say("explore", "finite difference"), ("", grad4(finite))),
        ReadOutRow("plain", say("explore", "off the gradient by"), ("", fixed(abs(finite - slope), 6))),
    ]
    others = list(zip(result.traces, model.names, ROLES, strict=False))[1:]
    for trace, name, role in sorted(others, key=lambda each: -each[0].value[i]):
        rows.append(ReadOutRow(role, name.full, (loss4(float(trace.value[i])), grad4(float(trace.slope[i])))))
    at = float(result.x[i])
    letter = LETTERS[result.space] if isinstance(result.point, ScalarPoint) else "z"
    heads = (say("explore", "loss"), say("explore", "gradient"))
    return ReadOut(at, f"{letter} = {place(at, result.space)}", heads, tuple(rows))


def _explained(result: CurveResult, reduction: str) -> tuple[Strip, tuple[Note, ...]]:
    point = result.point
    if isinstance(point, ScalarPoint):
        return scalar.strip(point), scalar_notes.notes(point)
    assert result.request.classes is not None
    return row.strip(point, result.request.classes.focus), row_notes.notes(point, reduction)


def _path(result: CurveResult) -> Text | None:
    step, point = result.step, result.point
    if step is None:
        return None
    values = {"rate": editable(step.rate, 1), "before": fixed(point.value, 3), "after": fixed(step.value, 3)}
    if isinstance(step, ScalarStep):
        letter, space = LETTERS[result.space], result.space
        moves = {"letter": letter, "x": place(result.here, space), "to": place(step.x, space)}
        return say("explore", "Step {rate}: {letter} {x} → {to}, loss {before} → {after}.", **values, **moves)
    return say("explore", "Step {rate} of all scores: loss {before} → {after}.", **values)


def _figure(result: CurveResult, names: tuple[CurveName, ...]) -> CurveFigure:
    home = _frame(result.home)
    shown = (result.span.low, result.span.high)
    title = x_title(result)
    if result.refusal is not None:
        value, slope = _panel(result, (), "value"), _panel(result, (), "slope")
        problem = result.refusal.problem
        common = (title, "", 0.0, value, slope, (), problem)
        return CurveFigure(result.home.span.key, home, False, shown, *common, notice=problem)
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
        _panel(result, names, "value"),
        _panel(result, names, "slope"),
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
    step = result.step
    if step is None or result.request.classes is None:
        return None if step is None or not isinstance(step, ScalarStep) else step.x
    return None if isinstance(step, ScalarStep) else float(step.z[min(result.request.classes.focus, step.z.size - 1)])


def _panel(result: CurveResult, names: tuple[CurveName, ...], which: str) -> Panel:
    letter = LETTERS[result.space] if isinstance(result.point, ScalarPoint) else "z"
    is_value = which == "value"
    lines = tuple(_line(result, i, name, which) for i, name in enumerate(names))
    found = [dot for trace, role in zip(result.traces, ROLES, strict=False) for dot in marks.dots(trace, role, which)]
    at = result.traces[0].at[0 if is_value else 1] if result.traces else float("nan")
    edges = ()
    if result.traces:
        edges = (marks.value_edges if is_value else marks.slope_edges)(result.traces[0], result.x)
    if is_value:
        symbol = f"ℓ({letter}, y)" if isinstance(result.point, ScalarPoint) else "ℓ(z, y)"
        remarks = marks.asides(result) if result.traces else ()
        return Panel(say("explore", "loss"), symbol, "loss", lines, at, short(at), tuple(found), edges, remarks)
    return Panel(say("explore", "gradient"), f"∂ℓ/∂{letter}", "grad", lines, at, short(at), tuple(found), edges)


def _line(result: CurveResult, index: int, name: CurveName, which: str) -> Line:
    trace = result.traces[index]
    here = trace.at[0 if which == "value" else 1]
    caption = f"{short(here)} {name.detail}".rstrip() if which == "value" else name.detail
    return Line(ROLES[index], name.short, caption, result.x, marks.cut(trace, result.x, which), here)
