"""The row of class scores as bars, notes and a table, ready to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.explain.formula import Strip
from core.explain.note import Note
from core.explain.row import strip
from core.explain.row_notes import notes
from core.links import apply_link
from core.row_floor import optimum
from core.text import Text, say
from gui.kit.numbers import fixed, logit, prob, signed
from gui.kit.row_figures import REST, BarsFigure, Column, LineFigure, Panel, SliceFigure
from gui.kit.ticks import axis_range, ticks
from gui.workspaces.explore.present_slice import line_figure, slice_figure
from gui.workspaces.explore.row_captions import gradient_caption, logits_title, probability_title

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.explain.row_point import RowPoint
    from core.problem import Problem
    from gui.workspaces.explore.compute_bars import BarsResult
    from gui.workspaces.explore.state import ExploreState

MOST_COLUMNS = 60
LARGEST_SHOWN = 24  # of more classes than that: the most probable ones
LOGITS = (-3.0, 4.0)


@final
@dataclass(frozen=True, eq=False, slots=True)
class ProbeRow:
    """One class in the table "At the probe"."""

    name: str | Text
    p: str
    q: str
    gradient: str
    is_target: bool


@final
@dataclass(frozen=True, eq=False, slots=True)
class BarsModel:
    """All that the tab shows.

    Attributes:
        slice, line: None where there is nothing to draw; `empty` then says why.
        value, gradient_norm: the row's own term, and the length of its derivative by z.
    """

    bars: BarsFigure
    slice: SliceFigure | None
    line: LineFigure | None
    empty: Text | None
    strip: Strip
    notes: tuple[Note, ...]
    table: tuple[ProbeRow, ...]
    value: float
    gradient_norm: float


def present(problem: Problem, state: ExploreState, result: BarsResult) -> BarsModel:
    """The result in the words and numbers of the screen."""
    point = result.point
    focus = min(max(state.classes.focus, 0), point.z.size - 1)
    shown = _shown(point, focus, result.request.pair)
    bars = _bars(point, focus, shown)
    with np.errstate(over="ignore", invalid="ignore"):
        norm = float(np.linalg.norm(point.gradient.astype(np.float64)))
    return BarsModel(
        bars,
        slice_figure(result),
        line_figure(result),
        _empty(result),
        strip(point, focus),
        notes(point, problem.loss.reduction),
        _table(point, bars),
        point.value,
        norm,
    )


def _empty(result: BarsResult) -> Text | None:
    if result.point.refusal is not None:
        return result.point.refusal.problem
    if result.slice is not None:
        nowhere = say("explore", "The loss is not finite anywhere on this slice.")
        return nowhere if result.slice.relief is None else None
    if result.point.z.size < 2:
        return say("explore", "A slice needs two classes.")
    return say("explore", "The two logits of the slice must be finite.")


def _shown(point: RowPoint, focus: int, pair: tuple[int, int]) -> IntArray:
    """The classes that have a column, in their own order."""
    count = point.z.size
    if count <= MOST_COLUMNS:
        return np.arange(count)
    largest = np.argsort(-point.p, kind="stable")[:LARGEST_SHOWN]
    wanted = {int(c) for c in largest} | {focus, *pair, int(np.argmax(point.row.distribution))}
    return np.array(sorted(c for c in wanted if 0 <= c < count))


def _bars(point: RowPoint, focus: int, shown: IntArray) -> BarsFigure:
    columns = [Column(int(c), point.name(int(c))) for c in shown]
    rest = np.setdiff1d(np.arange(point.z.size), shown)
    if rest.size:
        columns.append(Column(REST, say("explore", "other {count}", count=rest.size)))
    row = point.row
    target = None if row.soft is not None or not 0 <= row.target < point.z.size else row.target
    return BarsFigure(
        tuple(columns),
        _logits(point, shown, rest),
        _probabilities(point, shown, rest),
        _gradient(point, shown, rest),
        target,
        focus,
        row.soft is not None or row.loss.family == "distribution",
        _description(point, focus),
    )


def _description(point: RowPoint, focus: int) -> Text:
    return say(
        "explore",
        "Class {name}: logit {z}, probability {p}, gradient {gradient}, loss {loss}",
        name=point.name(focus),
        z=logit(float(point.z[focus])),
        p=prob(float(point.p[focus])),
        gradient=signed(float(point.gradient[focus]), 3),
        loss=fixed(point.value, 4),
    )


def _logits(point: RowPoint, shown: IntArray, rest: IntArray) -> Panel:
    values = _with_rest(point.z.astype(np.float64), shown, rest, np.nan)
    finite = values[np.isfinite(values)]
    low, high = LOGITS
    for value in (finite.min(), finite.max()) if finite.size else ():
        low, high = axis_range(float(value), (low, high))
    labels, short = ([signed(float(v), digits) for v in values] for digits in (2, 1))
    if rest.size:
        labels[-1] = short[-1] = ""
    return Panel(*logits_title(point), values, tuple(labels), tuple(short), low, high, ticks(low, high, 5))


def _probabilities(point: RowPoint, shown: IntArray, rest: IntArray) -> Panel:
    row = point.row
    p = _with_rest(point.p, shown, rest)
    q = None if row.is_ignored else _with_rest(row.distribution, shown, rest)
    best = optimum(row)
    moved = row.weight is not None and not row.is_ignored and not np.allclose(best, row.distribution)
    twice = point.reads_probabilities and row.loss.name == "CrossEntropyLoss"
    outline = _with_rest(apply_link("softmax", point.x), shown, rest) if twice else None
    high = _round_above(np.concatenate([p, q if q is not None else p]))
    optima = _with_rest(best, shown, rest) if moved and not twice else None
    title, caption = probability_title(point, optima is not None)
    labels, short = (tuple(fixed(float(v), digits) for v in p) for digits in (3, 2))
    return Panel(title, caption, p, labels, short, 0.0, high, ticks(0.0, high, 2), q, optima, outline)


def _gradient(point: RowPoint, shown: IntArray, rest: IntArray) -> Panel:
    values = _with_rest(point.gradient, shown, rest)
    high = _round_above(np.abs(values))
    labels, short = (tuple(signed(float(v), digits) for v in values) for digits in (3, 2))
    title = say("explore", "gradient")
    return Panel(title, gradient_caption(point), values, labels, short, -high, high, ticks(-high, high, 4))


def _with_rest(values: FloatArray, shown: IntArray, rest: IntArray, total: float | None = None) -> FloatArray:
    """The shown classes' values, and after them the sum over the others if there are any."""
    values = np.asarray(values, np.float64)
    if not rest.size:
        return values[shown]
    return np.append(values[shown], values[rest].sum() if total is None else total)


def _round_above(values: FloatArray) -> float:
    """1, or the next of 2, 5, 10, 20 … that no finite value exceeds."""
    finite = values[np.isfinite(values)]
    largest = float(finite.max()) if finite.size else 1.0
    if largest <= 1 + 1e-6:
        return 1.0
    decade = 10.0 ** np.floor(np.log10(largest))
    return float(next(step * decade for step in (1, 2, 5, 10) if step * decade >= largest))


def _table(point: RowPoint, bars: BarsFigure) -> tuple[ProbeRow, ...]:
    q = bars.probabilities.marks
    return tuple(
        ProbeRow(
            column.name,
            bars.probabilities.labels[k],
            "–" if q is None else prob(float(q[k])),
            bars.gradient.labels[k],
            column.index == point.row.target and point.row.soft is None,
        )
        for k, column in enumerate(bars.columns)
    )
