"""Value and gradient of the loss, and of the losses pinned beside it, along one axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.element_loss import ElementLoss, Space, element_loss
from core.errors import InputError
from core.explain.row_point import RowPoint, row_point
from core.explain.scalar_point import ScalarPoint, scalar_point
from core.losses import Loss
from gui.workspaces.explore.curve_grid import grid, jumps
from gui.workspaces.explore.curve_range import Home, Span, home_of
from gui.workspaces.explore.descent import RowStep, ScalarStep, row_step, scalar_step
from gui.workspaces.explore.kinds import SCALAR_FAMILIES
from gui.workspaces.explore.state import RowProbe, ScalarProbe
from gui.workspaces.explore.sweep import ClassSweep, Sweep, comparable, drawn_space, place_of, row_of, special_points

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.problem import Problem
    from gui.workspaces.explore.curve_grid import Jump
    from gui.workspaces.explore.state import ExploreState


@final
@dataclass(frozen=True, slots=True)
class CurveRequest:
    """What the curves depend on: equal requests give equal results.

    Attributes:
        scalar, classes: the probe in use; the other one is None.
        place, shape: where the loaded element stands in the batch, for its weights.
        span: the part of the axis in view; None for the range that fits.
    """

    loss: Loss
    pins: tuple[Loss, ...]
    scalar: ScalarProbe | None
    classes: RowProbe | None
    place: tuple[int, ...]
    shape: tuple[int, ...]
    row: int | None
    dtype: str
    rate: float
    span: Span | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class Trace:
    """One loss along the axis.

    Attributes:
        value, slope: (n,) on the result's grid, float64.
        at: value and slope at the probe.
        jumps: where either of them is not continuous.
    """

    loss: Loss
    sweep: Sweep
    value: FloatArray
    slope: FloatArray
    at: tuple[float, float]
    jumps: tuple[Jump, ...]


@final
@dataclass(frozen=True, eq=False, slots=True)
class CurveResult:
    """Everything the two plots draw; no traces where the loss refuses the probe.

    Attributes:
        x: (n,) the grid: equal steps over the span, and every point where a curve may bend or break.
        finite: (n,) differences of the loss over the neighbours on the grid, against its slope.
        trail: (k, 2) places left behind, and the loss there.
        fitted: whether the span is the one that fits, not the one asked for.
    """

    request: CurveRequest
    point: ScalarPoint | RowPoint
    space: Space
    x: FloatArray
    traces: tuple[Trace, ...]
    finite: FloatArray
    step: ScalarStep | RowStep | None
    trail: FloatArray
    home: Home
    span: Span
    fitted: bool

    @property
    def here(self) -> float:
        """Where the probe stands on the axis."""
        return self.point.x if isinstance(self.point, ScalarPoint) else float(self.point.z[_focus(self.request)])

    @property
    def refusal(self) -> InputError | None:
        """Why there is no curve."""
        return self.point.refusal


def request(problem: Problem, state: ExploreState, span: Span | None = None) -> CurveRequest:
    """The part of the state that the curves depend on; `span` is what the view shows of the axis."""
    is_scalar = problem.loss.family in SCALAR_FAMILIES
    place, shape = place_of(problem, state.row) if is_scalar else ((), ())
    scalar, classes = (state.scalar, None) if is_scalar else (None, state.classes)
    pins = comparable(problem.loss, state.pins)
    return CurveRequest(problem.loss, pins, scalar, classes, place, shape, state.row, state.dtype, state.rate, span)


def compute(asked: CurveRequest) -> CurveResult:
    """One pass of each loss over the whole grid, in the dtype of the probe."""
    if asked.scalar is not None:
        return _scalar(asked, asked.scalar)
    if asked.classes is not None:
        return _row(asked, asked.classes)
    raise ValueError(f"{asked.loss.name} has no curve")


def _scalar(asked: CurveRequest, probe: ScalarProbe) -> CurveResult:
    space = drawn_space(asked.loss, probe.axis)
    losses = (asked.loss, *asked.pins)
    sweeps = [element_loss(loss, probe.y, space, asked.dtype, asked.place, asked.shape) for loss in losses]
    point = scalar_point(sweeps[0], probe.x)
    if point.refusal is not None:
        return _refused(asked, point, space)
    step = scalar_step(sweeps[0], probe.x, asked.rate)
    trail = np.array(probe.trail, np.float64)
    if space == "probability":
        trail = trail[(trail >= 0) & (trail <= 1)]
    walked = np.stack([trail, sweeps[0].evaluate(trail)[0]], axis=-1) if trail.size else np.empty((0, 2))
    return _drawn(asked, point, space, sweeps, step, walked)


def _row(asked: CurveRequest, probe: RowProbe) -> CurveResult:
    rows = [row_of(loss, probe, asked.dtype) for loss in (asked.loss, *asked.pins)]
    point = row_point(rows[0], probe.names, probe.z)
    if point.refusal is not None:
        return _refused(asked, point, "number")
    sweeps = [ClassSweep(row, probe.z, _focus(asked)) for row in rows]
    return _drawn(asked, point, "number", sweeps, row_step(rows[0], probe.z, asked.rate), np.empty((0, 2)))


def _focus(asked: CurveRequest) -> int:
    probe = asked.classes
    return 0 if probe is None else min(probe.focus, probe.z.size - 1)


def _drawn(
    asked: CurveRequest,
    point: ScalarPoint | RowPoint,
    space: Space,
    sweeps: list[ElementLoss] | list[ClassSweep],
    step: ScalarStep | RowStep | None,
    trail: FloatArray,
) -> CurveResult:
    here = point.x if isinstance(point, ScalarPoint) else float(point.z[_focus(asked)])
    home = home_of(sweeps[0], space, here, point.value, asked.loss.name, asked.row)
    fits = asked.span is not None and asked.span.serves(home, here)
    span = asked.span if fits and asked.span is not None else home.span
    specials = tuple(x for sweep in sweeps for x in special_points(sweep))
    x = grid(span, space, sweeps[0].dtype, (here, *specials), _points(sweeps[0]))
    losses = (asked.loss, *asked.pins)
    traces = tuple(_trace(loss, sweep, x, here) for loss, sweep in zip(losses, sweeps, strict=True))
    wide = x.astype(np.float64)
    finite = _differences(wide, traces[0].value)
    return CurveResult(asked, point, space, wide, traces, finite, step, trail, home, span, not fits)


def _points(sweep: Sweep) -> int:
    """1,000 points, but fewer of long rows: a curve is smooth enough with 100."""
    if isinstance(sweep, ClassSweep):
        return int(np.clip(60_000 // sweep.z.size, 100, 1000))
    return 1000


def _trace(loss: Loss, sweep: Sweep, x: FloatArray, here: float) -> Trace:
    value, slope = sweep.evaluate(x)
    at_value, at_slope = sweep.evaluate(np.array([here], sweep.dtype))
    at = float(at_value[0]), float(at_slope[0])
    breaks = jumps(sweep, special_points(sweep))
    return Trace(loss, sweep, value.astype(np.float64), slope.astype(np.float64), at, breaks)


def _differences(x: FloatArray, value: FloatArray) -> FloatArray:
    """(n,) the slope of the chord from the point before to the point after; nan at both ends."""
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        inner = (value[2:] - value[:-2]) / (x[2:] - x[:-2])
    return np.concatenate([[np.nan], inner, [np.nan]])


def _refused(asked: CurveRequest, point: ScalarPoint | RowPoint, space: Space) -> CurveResult:
    nothing, home = np.empty(0), Home.nowhere()
    return CurveResult(asked, point, space, nothing, (), nothing, None, np.empty((0, 2)), home, home.span, True)
