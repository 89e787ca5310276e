"""The simplex and the column beside it in the words and numbers of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.explain.formula import Strip
from core.explain.note import Note
from core.explain.row import strip
from core.explain.row_notes import notes
from core.links import apply_link
from core.simplex import to_plane
from core.text import Text, say
from gui.kit.empty_state import EmptyState
from gui.kit.numbers import fixed, loss4, prob, signed
from gui.kit.simplex_figures import Point, SimplexColumn, SmallBars, SplitBar, TernaryFigure
from gui.workspaces.explore.compute_simplex import FLOW_RATE, FLOW_STEPS, SPAN, sees_softmax
from gui.workspaces.explore.row_captions import gradient_caption
from gui.workspaces.explore.simplex_edits import three_classes

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.arrays import FloatArray
    from core.explain.row_point import RowPoint
    from core.problem import Problem
    from gui.workspaces.explore.compute_simplex import SimplexField, SimplexPoint, SimplexResult
    from gui.workspaces.explore.state import ExploreState

DOTS = (10, 30, 60, 120)
NAMED_DOT = 60
PATH_STEP = 5  # the line is smooth enough with every fifth step
SAME_PLACE = 1e-6
UNEVEN = 1e-9
LOGIT_REACHES = (1.5, 3.0, 6.0, 12.0, 24.0)
GRADIENT_REACHES = (1.0, 2.0, 5.0, 10.0, 100.0)
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
        figure, column = _figure(result, result.field, result.point), _column(state, result.field, result.point)
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


def _column(state: ExploreState, field: SimplexField, point: SimplexPoint) -> SimplexColumn:
    row = point.row
    said = [say("explore", "- - -  argmax boundary")]
    if state.flow:
        said.insert(0, say("explore", "Flow: {steps} gradient steps, rate {rate}", steps=FLOW_STEPS, rate=FLOW_RATE))
    else:
        said.insert(0, say("explore", "Arrow: one step, rate {rate}", rate=f"{state.rate:g}"))
    spread = float(np.max(field.target)) < 1 - UNEVEN and bool(np.any(field.target))
    return SimplexColumn(
        names=(row.name(0), row.name(1), row.name(2)),
        target=None if row.row.soft is not None else row.row.target,
        charts=(_logits(row), _probabilities(field, point), _gradient(row)),
        split=_split(point) if spread else None,
        notes=tuple(said),
    )


def _logits(row: RowPoint) -> SmallBars:
    caption = say("explore", "as the loss receives them") if row.takes_as_given else say("explore", "up to a constant")
    largest = max((abs(float(z)) for z in row.z if np.isfinite(z)), default=0.0)
    reach = next((r for r in LOGIT_REACHES if r > 1.1 * largest), 1.2 * largest)
    low, high = -reach, reach
    return SmallBars(
        title=say("explore", "logits"),
        caption=caption,
        values=_three(row.z),
        labels=_labels(row.z, lambda v: fixed(v, 2)),
        low=low,
        high=high,
        ticks=((low, fixed(low, 1)), (0.0, "0"), (high, fixed(high, 1))),
        role="ctl",
        title_role="text",
    )


def _probabilities(field: SimplexField, point: SimplexPoint) -> SmallBars:
    row = point.row
    shares = apply_link("softmax", row.z)
    a, b, c = (float(v) for v in field.target)
    return SmallBars(
        title=say("explore", "softmax"),
        caption=say("explore", "p · dashes: target q"),
        values=_three(shares),
        labels=_labels(shares, lambda v: fixed(v, 2)),
        low=0.0,
        high=1.0,
        ticks=((0.0, "0"), (0.5, "0.5"), (1.0, "1")),
        role="ctl",
        title_role="text",
        marks=(a, b, c),
    )


def _gradient(row: RowPoint) -> SmallBars:
    gradient = row.gradient.astype(np.float64)
    largest = float(np.max(np.abs(gradient), initial=0.0, where=np.isfinite(gradient)))
    reach = next((r for r in GRADIENT_REACHES if r >= largest), 1.2 * largest)
    return SmallBars(
        title=say("explore", "gradient"),
        caption=say("explore", "∂ℓ/∂z, through both softmaxes") if _is_twice(row) else gradient_caption(row),
        values=_three(gradient),
        labels=_labels(gradient, lambda v: signed(v, 3)),
        low=-reach,
        high=reach,
        ticks=((-reach, fixed(-reach, 0)), (0.0, "0"), (reach, fixed(reach, 0))),
        role="grad",
        title_role="grad",
    )


def _is_twice(row: RowPoint) -> bool:
    return row.reads_probabilities and row.row.loss.name == "CrossEntropyLoss"


def _split(point: SimplexPoint) -> SplitBar:
    title = say("explore", "CE = H(q) + KL(q∥p)")
    if point.row.row.weight is not None:
        title = say("explore", "CE without weights = H(q) + KL(q∥p)")
    return SplitBar(
        title=title,
        left=max(point.entropy, 0.0),
        right=point.divergence,
        whole_label=loss4(point.entropy + point.divergence),
        left_label=say("explore", "H(q) {value}", value=loss4(point.entropy)),
        right_label=say("explore", "KL {value}", value=loss4(point.divergence)),
    )


def _three(values: FloatArray) -> tuple[float, float, float]:
    a, b, c = (float(v) for v in values)
    return a, b, c


def _labels(values: FloatArray, write: Callable[[float], str]) -> tuple[str, str, str]:
    a, b, c = (write(float(v)) for v in values)
    return a, b, c
