"""One row of class scores: its point, the loss around it over two logits, and along its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import FloatArray
from core.explain.row_point import RowPoint, row_point
from core.links import Link
from core.losses import Loss
from core.row_floor import floor_of
from core.row_loss import RowLoss, row_loss
from gui.kit.isolines import Relief, relief
from gui.kit.resample import cubic
from gui.kit.ticks import axis_range

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.explore.state import ExploreState, RowProbe

GRID = 61  # points of the slice's picture along each axis; every sixth carries an arrow
ARROW_STEP = 6
SCORES = 45_000  # class scores in one slice; more classes mean a coarser grid, brought to GRID by splines
COARSEST = 21
BASE = (-4.0, 5.0)
STEPS = 121
LONGEST_STEP = 12.0
SHORTEST_DECADE = 8


@final
@dataclass(frozen=True, eq=False, slots=True)
class BarsRequest:
    """What the picture depends on: equal requests give equal results."""

    loss: Loss
    z: FloatArray
    names: tuple[str, ...]
    target: int
    soft: FloatArray | None
    link: Link
    pair: tuple[int, int]
    dtype: str

    def __eq__(self, other: object) -> bool:
        """The same objects throughout: unchanged parts of the state are shared, not copied."""
        if not isinstance(other, BarsRequest):
            return NotImplemented
        return all(getattr(self, name) is getattr(other, name) for name in ("loss", "z", "names", "soft")) and (
            (self.target, self.link, self.pair, self.dtype) == (other.target, other.link, other.pair, other.dtype)
        )

    __hash__ = None  # type: ignore[assignment]


@final
@dataclass(frozen=True, eq=False, slots=True)
class Slice:
    """The loss over two logits, the others as they are.

    Attributes:
        x, y: (GRID,) the values of the pair's logits; `relief`: the loss over them, None where it is not finite.
        tails, gradients: (k, 2) where arrows stand, and the gradient there in the pair's coordinates.
    """

    x: FloatArray
    y: FloatArray
    relief: Relief | None
    tails: FloatArray
    gradients: FloatArray


@final
@dataclass(frozen=True, eq=False, slots=True)
class LineSearch:
    """The loss after one step of size eta down the gradient; `best`: size and loss of the lowest one."""

    eta: FloatArray
    loss: FloatArray
    best: tuple[float, float]


@final
@dataclass(frozen=True, eq=False, slots=True)
class BarsResult:
    """Everything drawn; the slice and the line are None where the loss refuses the row."""

    request: BarsRequest
    point: RowPoint
    slice: Slice | None
    line: LineSearch | None
    floor: float | None


def request(problem: Problem, state: ExploreState) -> BarsRequest:
    """The part of the state that the bars, the slice and the line search depend on."""
    row: RowProbe = state.classes
    return BarsRequest(problem.loss, row.z, row.names, row.target, row.soft, row.link, row.pair, state.dtype)


def compute(asked: BarsRequest) -> BarsResult:
    """The numbers of the row in its own dtype; slice and line in float32 at least, that lines stay lines."""
    row = _row(asked, asked.dtype)
    point = row_point(row, asked.names, asked.z)
    if point.refusal is not None:
        return BarsResult(asked, point, None, None, None)
    wide = _row(asked, np.promote_types(asked.dtype, np.float32).name)
    return BarsResult(asked, point, _slice(wide, point, asked.pair), _line(wide, point), floor_of(row))


def _row(asked: BarsRequest, dtype: str) -> RowLoss:
    return row_loss(asked.loss, asked.link, asked.target, asked.soft, asked.z.size, dtype)


def _slice(row: RowLoss, point: RowPoint, pair: tuple[int, int]) -> Slice | None:
    if point.z.size < 2 or not np.all(np.isfinite(point.z[list(pair)])):
        return None
    (x0, x1), (y0, y1) = (axis_range(float(point.z[c]), BASE) for c in pair)
    size = int(np.clip(np.sqrt(SCORES / point.z.size), COARSEST, GRID))
    z = np.tile(point.z.astype(row.dtype), (size * size, 1))
    z[:, pair[0]] = np.tile(np.linspace(x0, x1, size), size)
    z[:, pair[1]] = np.repeat(np.linspace(y0, y1, size), size)
    terms, gradients = row.evaluate(z)
    loss, by_x, by_y = (
        cubic(values.reshape(size, size), GRID) for values in (terms, gradients[:, pair[0]], gradients[:, pair[1]])
    )
    x, y = np.linspace(x0, x1, GRID), np.linspace(y0, y1, GRID)
    at = slice(ARROW_STEP // 2, None, ARROW_STEP)
    tails = np.stack(np.meshgrid(x[at], y[at]), axis=-1).reshape(-1, 2)
    arrows = np.stack([by_x[at, at], by_y[at, at]], axis=-1).reshape(-1, 2)
    return Slice(x, y, relief(x, y, loss), tails, arrows)


def _line(row: RowLoss, point: RowPoint) -> LineSearch | None:
    gradient = point.gradient.astype(row.dtype)
    if not np.all(np.isfinite(gradient)) or not np.any(gradient) or not np.isfinite(point.value):
        return None
    eta, loss = _first_look(row, point, gradient)
    best = _lowest(loss)
    near = eta[max(best - 1, 0)], eta[min(best + 1, STEPS - 1)]
    closer_eta, closer_loss = _along(row, point, gradient, *near)
    closest = _lowest(closer_loss)
    return LineSearch(eta, loss, (float(closer_eta[closest]), float(closer_loss[closest])))


def _first_look(row: RowLoss, point: RowPoint, gradient: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The longest line whose lowest point is not crowded at its start: a steep gradient has its best step near 0."""
    longest = _along(row, point, gradient, 0.0, LONGEST_STEP)
    line = longest
    for decade in range(1, SHORTEST_DECADE):
        if _lowest(line[1]) >= STEPS // 12:
            return line
        line = _along(row, point, gradient, 0.0, LONGEST_STEP / 10**decade)
    return longest


def _lowest(loss: FloatArray) -> int:
    return int(np.argmin(np.where(np.isnan(loss), np.inf, loss)))


def _along(
    row: RowLoss, point: RowPoint, gradient: FloatArray, low: float, high: float
) -> tuple[FloatArray, FloatArray]:
    eta = np.linspace(low, high, STEPS)
    loss, _ = row.evaluate(point.z.astype(row.dtype) - eta[:, None].astype(row.dtype) * gradient)
    return eta, loss.astype(np.float64)
