"""The simplex and the column beside it in the words and numbers of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.explain.formula import Strip
from core.explain.note import Note
from core.explain.row import strip
from core.explain.row_notes import notes
from core.simplex import to_plane
from core.text import Text, say
from gui.kit.empty_state import EmptyState
from gui.kit.numbers import fixed, loss4, prob
from gui.kit.simplex_figures import Point, SimplexColumn, TernaryFigure
from gui.workspaces.explore.compute_simplex import SPAN, sees_softmax
from gui.workspaces.explore.present_simplex_column import column_of
from gui.workspaces.explore.simplex_edits import three_classes

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.explain.row_point import RowPoint
    from core.problem import Problem
    from gui.workspaces.explore.compute_simplex import SimplexField, SimplexPoint, SimplexResult
    from gui.workspaces.explore.state import ExploreState

DOTS = (10, 30, 60, 120)
NAMED_DOT = 60
PATH_STEP = 5  # the line is smooth enough with every fifth step
SAME_PLACE = 1e-6
INFINITE_SLOPE = 1e-9  # a class with no more of the target than this costs nothing to miss


@final
@dataclass(frozen=True, eq=False, slots=True)
class SimplexModel:
    """All that the tab shows.

    Attributes:
        figure, column: None where there is nothing to draw; `empty` then says why.
        value, gradient_norm: the row's own term, and the length of its derivative by z; nan if there is none.
    """

    figure: TernaryFigure | None
    column: SimplexColumn | None
    empty: EmptyState | None
    strip: Strip | None
    notes: tuple[Note, ...]
    value: float
    gradient_norm: float


def present(problem: Problem, state: ExploreState, result: SimplexResult) -> SimplexModel:
    """The result in the words and numbers of the screen."""
    if result.point is None:
        nothing = float("nan")
        return SimplexModel(None, None, _not_three(problem, state), None, (), nothing, nothing)
    row = result.point.row
    focus = min(max(state.classes.focus, 0), 2)
    with np.errstate(over="ignore", invalid="ignore"):
        norm = float(np.linalg.norm(row.gradient.astype(np.float64)))
    figure = column = empty = None
    if result.field is None or result.refusal is not None:
        empty = None if result.refusal is None else EmptyState(result.refusal.problem, result.refusal.remedy)
    else:
        figure, column = _figure(result, result.field, result.point), column_of(state, result.field, result.point)
    said = notes(row, problem.loss.reduction)
    return SimplexModel(figure, column, empty, strip(row, focus), said, row.value, norm)


def _not_three(problem: Problem, state: ExploreState) -> EmptyState:
    classes = state.classes
    sentence = say("explore", "The triangle has three corners; the row has {count} classes.", count=classes.z.size)
    kept = ", ".join(classes.names[c] for c in three_classes(classes) if 0 <= c < len(classes.names))
    remedy = say("explore", "Keep {names}, their probabilities renormalised.", names=kept)
    if problem.batch is not None and state.row is not None:
        remedy = say(
            "explore",
            "Keep {names} of row {row} of the batch, their probabilities renormalised; the batch stays as it is.",
            names=kept,
            row=state.row,
        )
    if classes.z.size < len(three_classes(classes)):
        remedy = say("explore", "Add an unlikely class to {names}.", names=kept)
    return EmptyState(sentence, remedy, say("explore", "Use three classes"))


def _figure(result: SimplexResult, field: SimplexField, point: SimplexPoint) -> TernaryFigure:
    row = point.row
    handle = _handle(row)
    at, target = _place(point.seen), _place(handle)
    smoothed, best = _moved(field.target, handle), _moved(field.best, field.target)
    dots = () if point.path is None else tuple((_place(point.path[n]), _steps(n)) for n in DOTS)
    values = ", ".join(fixed(float(p), 2) for p in point.seen)
    return TernaryFigure(
        field=field.picture,
        corners=_corners(row),
        target_corner=None if row.row.soft is not None else row.row.target,
        point=at,
        point_label=f"p = ({values})",
        target=target,
        smoothed=smoothed,
        best=best,
        path=None if point.path is None else to_plane(point.path[::PATH_STEP]),
        dots=dots,
        arrow=None if result.request.flow else _arrow(point, at),
        edge=_edge(result, row),
        title=say("explore", "loss on the simplex"),
        caption=_caption(result),
        legend=_legend(field),
        notes=_map_notes(result, field, point),
        description=_description(row, point.seen),
        target_description=_target_description(row, handle),
    )


def _handle(row: RowPoint) -> FloatArray:
    """Where the flag stands: the target before smoothing."""
    return np.eye(3)[row.row.target] if row.row.soft is None else row.row.soft.astype(np.float64)


def _place(p: FloatArray) -> Point:
    x, y = to_plane(p.astype(np.float64))
    return float(x), float(y)


def _moved(p: FloatArray, before: FloatArray) -> Point | None:
    """A place of its own, or None where it is the same as `before` or off the triangle."""
    real = bool(np.all(np.isfinite(p))) and bool(np.all(p >= 0)) and float(p.sum()) > 0
    return _place(p) if real and float(np.abs(p - before).max()) > SAME_PLACE else None


def _steps(step: int) -> Text | None:
    return say("explore", "{count} steps", count=step) if step == NAMED_DOT else None


def _arrow(point: SimplexPoint, at: Point) -> tuple[Point, Point] | None:
    if not np.all(np.isfinite(point.step)):
        return None
    dx, dy = to_plane(point.step)
    return at, (at[0] + float(dx), at[1] + float(dy))


def _corners(row: RowPoint) -> tuple[Text, Text, Text]:
    hard = row.row.soft is None
    top, left, right = (
        say("explore", "{name} · target", name=row.name(c))
        if hard and c == row.row.target
        else say("explore", "{name}", name=row.name(c))
        for c in range(3)
    )
    return top, left, right


def _edge(result: SimplexResult, row: RowPoint) -> tuple[int, Text] | None:
    """Where the loss is infinite: opposite the only class that the target needs."""
    needed = np.flatnonzero(row.row.distribution > INFINITE_SLOPE)
    reads_log = result.request.measure.link != "softmax"
    if needed.size != 1 or not reads_log:
        return None
    return int(needed[0]), say("explore", "ℓ → ∞ along this edge (p of the target = 0)")


def _caption(result: SimplexResult) -> Text:
    if sees_softmax(result.request.measure):
        return say("explore", "each point is what the loss reads: softmax(softmax(z))")
    return say("explore", "each point is a probability vector; drag it anywhere")


def _map_notes(result: SimplexResult, field: SimplexField, point: SimplexPoint) -> tuple[Text, ...]:
    """Sentences under the title, one for each thing on the map that is out of the ordinary."""
    said: list[Text] = []
    floor = field.floor
    if sees_softmax(result.request.measure) and floor is not None:
        said.append(say("explore", "Softmax twice reaches only the outlined part:"))
        said.append(say("explore", "the loss cannot go below {floor}", floor=fixed(floor, 3)))
    elif floor is not None and floor > SAME_PLACE and point.row.row.weight is None:
        said.append(say("explore", "floor = H(q) = {floor}", floor=loss4(floor)))
    elif floor is not None and floor > SAME_PLACE:
        said.append(say("explore", "floor = {floor}, where p is w q ÷ Σ w q", floor=loss4(floor)))
    if field.picture.reverse or result.request.reverse:
        said.append(say("explore", "dashed: KL(p∥q), not what KLDivLoss computes"))
    if result.request.reverse and not field.picture.reverse:
        said.append(say("explore", "q has a zero: KL(p∥q) is infinite inside"))
    if point.row.takes_as_given:
        said.append(say("explore", "z goes in as it is: the map is for normalised log-probabilities"))
    return tuple(said)


def _legend(field: SimplexField) -> tuple[str, str]:
    low, high = field.picture.low, field.picture.high
    if high - low < SPAN:
        return fixed(low, 1), fixed(high, 1)
    return fixed(low, 0), f"≥ {fixed(high, 0)}"


def _description(row: RowPoint, seen: FloatArray) -> Text:
    return say(
        "explore",
        "Prediction: {shares}; loss {loss}",
        shares=", ".join(f"{row.name(c)} {prob(float(seen[c]))}" for c in range(3)),
        loss=loss4(row.value),
    )


def _target_description(row: RowPoint, handle: FloatArray) -> Text:
    if row.row.soft is None:
        return say("explore", "Target: {name}", name=row.name(row.row.target))
    shares = ", ".join(f"{row.name(c)} {prob(float(handle[c]))}" for c in range(3))
    return say("explore", "Target: {shares}", shares=shares)
