"""The loss over all probability vectors of three classes, and the way down from one of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast, final

import numpy as np
from contourpy import LineType, contour_generator

from core.explain.row_point import RowPoint, row_point
from core.links import apply_link
from core.losses import KLDivLoss
from core.row_floor import entropy, floor_of, optimum
from core.row_loss import RowLoss, row_loss
from core.simplex import Slope, Triple, descend, softmax_step, to_plane, triangle_grid
from gui.kit.simplex_figures import Isolines, TernaryField

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import BoolArray, FloatArray
    from core.errors import InputError
    from core.losses import Loss
    from core.problem import Problem
    from gui.workspaces.explore.state import DType, ExploreState, Link

GRID = 96  # steps along an edge: on a side of 556 px no isoline is off by more than 0.3 px
LEVELS = (-3.0, -2.0, -1.0, -0.75, -0.5, -0.25, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
SPAN = 5.0  # what is this far above the least loss, or further, has one colour
FLOW_STEPS, FLOW_RATE = 400, 0.1
EDGE_POINTS = 24


@final
@dataclass(frozen=True, slots=True)
class Measure:
    """What decides the loss everywhere on the triangle. Losses are compared by identity: they never change."""

    loss: Loss
    link: Link
    target: int
    soft: Triple | None
    dtype: DType

    def row(self) -> RowLoss:
        """The loss of single rows."""
        return self._row(self.link, self.dtype)

    def ground(self, link: Link) -> RowLoss:
        """The same behind another link, in float32 at least, so that isolines stay lines."""
        return self._row(link, np.promote_types(self.dtype, np.float32))

    def _row(self, link: Link, dtype: npt.DTypeLike) -> RowLoss:
        soft = None if self.soft is None else np.array(self.soft)
        return row_loss(self.loss, link, self.target, soft, 3, dtype)


@final
@dataclass(frozen=True, slots=True)
class SimplexRequest:
    """The measure, the logits of the point, and what else is drawn; z is None unless there are three classes."""

    measure: Measure
    names: tuple[str, ...]
    z: Triple | None
    reverse: bool
    flow: bool
    rate: float


@final
@dataclass(frozen=True, eq=False, slots=True)
class SimplexField:
    """What does not depend on the point.

    Attributes:
        picture: the loss on `triangle_grid(GRID)`; KL(p‖q) if asked for; what softmax of probabilities can reach.
        target: (3,) what the loss compares with, after smoothing; best: (3,) where the gradient is zero.
        floor: the least loss there is, or None.
    """

    picture: TernaryField
    target: FloatArray
    best: FloatArray
    floor: float | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class SimplexPoint:
    """The point, and what happens to it.

    Attributes:
        row: logits, probabilities, loss and gradient, in the arithmetic of the measure.
        seen: (3,) the probabilities that the loss reads, which is where the point lies.
        step: (3,) how `seen` moves in one step down, to first order.
        path: (FLOW_STEPS + 1, 3) what the loss reads along the flow, or None.
        entropy, divergence: H(q) and KL(q‖seen), q the smoothed target; their sum is the cross-entropy.
    """

    row: RowPoint
    seen: FloatArray
    step: FloatArray
    path: FloatArray | None
    entropy: float
    divergence: float


@final
@dataclass(frozen=True, eq=False, slots=True)
class SimplexResult:
    """No point where there are not three classes, no field where the loss refuses the target."""

    request: SimplexRequest
    field: SimplexField | None
    point: SimplexPoint | None

    @property
    def refusal(self) -> InputError | None:
        """Why the loss does not take the target."""
        return None if self.point is None else self.point.row.refusal


def request(problem: Problem, state: ExploreState) -> SimplexRequest:
    """What the simplex is computed from."""
    classes = state.classes
    three = classes.z.size == 3
    soft = _triple(classes.soft) if three and classes.soft is not None else None
    measure = Measure(problem.loss, classes.link, classes.target, soft, state.dtype)
    z = _triple(classes.z) if three else None
    return SimplexRequest(measure, classes.names, z, classes.reverse, state.flow, state.rate)


def compute(request: SimplexRequest) -> SimplexResult:
    """The field, remembered while only the point moves, and the point."""
    if request.z is None:
        return SimplexResult(request, None, None)
    point = _point(request, request.z)
    field = None if point.row.refusal is not None else _field(request.measure, request.reverse)
    return SimplexResult(request, field, point)


def _triple(values: FloatArray) -> Triple:
    a, b, c = (float(v) for v in values)
    return a, b, c


@lru_cache(maxsize=8)
def _field(measure: Measure, reverse: bool) -> SimplexField:
    row = measure.row()
    twice = sees_softmax(measure)
    heat = _heat(measure.ground("softmax" if measure.link == "softmax" and not twice else "none"))
    low, high = _range(heat)
    backward = _isolines(_reverse_heat(row.distribution)) if reverse else ()
    picture = TernaryField(heat, low, high, _isolines(heat), backward, _reach() if twice else None)
    return SimplexField(picture, row.distribution, optimum(row), floor_of(row))


def sees_softmax(measure: Measure) -> bool:
    """Whether probabilities go into a loss that applies softmax itself."""
    return measure.loss.name == "CrossEntropyLoss" and measure.link == "softmax"


def _heat(row: RowLoss) -> FloatArray:
    """The loss on the grid's half that is the triangle, and one step beyond for drawing its edge."""
    p, _ = triangle_grid(GRID)
    heat = np.full(p.shape[:2], np.nan)
    inside = _inside(1)
    heat[inside], _ = row.evaluate(np.log(p[inside]))
    return heat


def _range(heat: FloatArray) -> tuple[float, float]:
    """What the colours run over: from 0, or the least loss where that is negative, to the largest or SPAN above."""
    finite = heat[np.isfinite(heat) & _inside(0)]
    if finite.size == 0:
        return 0.0, SPAN
    low = min(0.0, float(finite.min()))
    return low, max(min(low + SPAN, float(finite.max())), low + 1e-6)


def _reverse_heat(q: FloatArray) -> FloatArray:
    """KL(p‖q): KLDivLoss with the roles exchanged, log q as its input."""
    p, _ = triangle_grid(GRID)
    heat = np.full(p.shape[:2], np.nan)
    inside = _inside(1)
    with np.errstate(divide="ignore"):
        log_q = np.broadcast_to(np.log(q), p[inside].shape)
    heat[inside] = KLDivLoss(reduction="none").evaluate(log_q, p[inside]).elements.sum(axis=-1)
    return heat


@lru_cache(maxsize=2)
def _inside(beyond: int) -> BoolArray:
    """Where on the grid row + column stays within the triangle, or `beyond` steps past its edge."""
    count = np.arange(GRID + 1)
    return np.less_equal(np.add.outer(count, count), GRID + beyond)


def _isolines(heat: FloatArray) -> tuple[Isolines, ...]:
    _, xy = triangle_grid(GRID)
    outside = ~(_inside(0) & np.isfinite(heat))
    if outside.all():
        return ()
    values = np.ma.array(heat, mask=outside)
    lines = contour_generator(xy[..., 0], xy[..., 1], values, corner_mask=True, line_type=LineType.Separate)
    low, high = float(values.min()), float(values.max())
    found = ((level, lines.lines(level)) for level in LEVELS if low < level < high)
    return tuple(Isolines(level, tuple(cast("list[FloatArray]", line))) for level, line in found)


@lru_cache(maxsize=1)
def _reach() -> FloatArray:
    """Softmax of the triangle's edges: curves, for e^t · e^(1−t) stays constant while t moves."""
    share = np.linspace(0, 1, EDGE_POINTS)[:, None]
    corners = np.eye(3)
    edges = [(1 - share) * corners[c] + share * corners[(c + 1) % 3] for c in range(3)]
    return to_plane(apply_link("softmax", np.concatenate(edges)))


def _point(request: SimplexRequest, z: Triple) -> SimplexPoint:
    row = row_point(request.measure.row(), request.names, np.array(z))
    seen = read_by_loss(request.measure, row.z).astype(np.float64)
    target = row.row.distribution
    return SimplexPoint(
        row,
        seen,
        _step(request, row, seen),
        _path(request, row.row, z) if request.flow else None,
        entropy(target),
        _divergence(target, seen),
    )


def read_by_loss(measure: Measure, z: FloatArray) -> FloatArray:
    """(..., 3) the probabilities behind the loss, for logits (..., 3)."""
    p = apply_link("softmax", z)
    return apply_link("softmax", p) if sees_softmax(measure) else p


def _divergence(q: FloatArray, seen: FloatArray) -> float:
    with np.errstate(divide="ignore"):
        return float(KLDivLoss(reduction="sum").evaluate(np.log(seen), q).value)


def _step(request: SimplexRequest, row: RowPoint, seen: FloatArray) -> FloatArray:
    p = apply_link("softmax", row.z.astype(np.float64))
    moved = softmax_step(p, -request.rate * row.gradient.astype(np.float64))
    return softmax_step(seen, moved) if sees_softmax(request.measure) else moved


def _path(request: SimplexRequest, row: RowLoss, z: Triple) -> FloatArray | None:
    slope = Slope(_triple(row.weighted), row.loss.name == "CrossEntropyLoss")
    if not np.all(np.isfinite((*slope.mass, *z))):
        return None
    logits = descend(z, slope, row.link, FLOW_RATE, FLOW_STEPS)
    return read_by_loss(request.measure, logits)
