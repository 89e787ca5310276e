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
from gui.kit.figures import CurveFigure, LineRole, ReadOut, ReadOutRow
from gui.kit.numbers import editable, fixed, grad4, loss4, signed
from gui.workspaces.explore.compute_curve import CurveResult
from gui.workspaces.explore.curve_figure import ROLES, figure_of
from gui.workspaces.explore.curve_words import CurveName, letter_of, names_of, place
from gui.workspaces.explore.descent import ScalarStep

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.explore.state import ExploreState


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
    return CurveModel(figure_of(result, names), result, names, table, _path(result), strip, notes)


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
    heads = (say("explore", "loss"), say("explore", "gradient"))
    return ReadOut(at, f"{letter_of(result)} = {place(at, result.space)}", heads, tuple(rows))


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
        space = result.space
        moves = {"letter": letter_of(result), "x": place(result.here, space), "to": place(step.x, space)}
        return say("explore", "Step {rate}: {letter} {x} → {to}, loss {before} → {after}.", **values, **moves)
    return say("explore", "Step {rate} of all scores: loss {before} → {after}.", **values)
