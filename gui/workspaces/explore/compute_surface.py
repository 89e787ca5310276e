"""The loss of one number over prediction and target."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast, final

import numpy as np

from core.element_loss import ElementLoss, Space, element_loss
from core.explain.scalar_point import ScalarPoint, scalar_point
from core.links import pull_back
from core.losses import Loss
from gui.kit.isolines import Relief, relief
from gui.workspaces.explore.sweep import drawn_space, place_of

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.problem import Problem
    from gui.workspaces.explore.state import DType, ExploreState

GRID = 121
SECTION = 241
ARROW_STEP = 8
# BCELoss ends in a wall of 100 at its edges: the picture ends where 5% of the points lie above, and half as high again.
WALL_SHARE, WALL_ROOM = 0.95, 1.5
SPANS = (4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0)
LOGITS = 6.0

Window = tuple[float, float, float, float]  # x from, x to, y from, y to


@final
@dataclass(frozen=True, slots=True)
class Ground:
    """What decides the surface, whatever the probe. Losses are compared by identity: they never change."""

    loss: Loss
    space: Space
    dtype: DType
    place: tuple[int, ...]
    shape: tuple[int, ...]
    window: Window

    def element(self, y: float) -> ElementLoss:
        """The loss at one target."""
        return element_loss(self.loss, y, self.space, self.dtype, self.place, self.shape)


@final
@dataclass(frozen=True, slots=True)
class SurfaceRequest:
    """The surface, and where the probe stands on it."""

    ground: Ground
    x: float
    y: float


@final
@dataclass(frozen=True, eq=False, slots=True)
class Surface:
    """The loss over the window.

    Attributes:
        relief: None where nothing is finite; highest: the largest loss that it shows.
        tails: (k, 2) where arrows stand; slopes: (k,) the derivative by x there.
    """

    relief: Relief | None
    highest: float
    tails: FloatArray
    slopes: FloatArray


@final
@dataclass(frozen=True, eq=False, slots=True)
class SurfaceResult:
    """Surface, probe, and the two sections through it: (SECTION, 2) places and losses along x and along y."""

    request: SurfaceRequest
    point: ScalarPoint
    surface: Surface | None
    along_x: FloatArray
    along_y: FloatArray


def request(problem: Problem, state: ExploreState) -> SurfaceRequest:
    """The part of the state that the surface depends on."""
    probe = state.scalar
    space = drawn_space(problem.loss, probe.axis)
    place, shape = place_of(problem, state.row)
    window = _window(problem.loss, space, probe.x, probe.y)
    return SurfaceRequest(Ground(problem.loss, space, state.dtype, place, shape, window), probe.x, probe.y)


def compute(asked: SurfaceRequest) -> SurfaceResult:
    """The surface, remembered while only the probe moves, and the sections."""
    point = scalar_point(asked.ground.element(asked.y), asked.x)
    if point.refusal is not None:
        return SurfaceResult(asked, point, None, np.empty((0, 2)), np.empty((0, 2)))
    surface = _surface(asked.ground)
    x0, x1, y0, y1 = asked.ground.window
    x, y = np.linspace(x0, x1, SECTION), np.linspace(y0, y1, SECTION)
    along_x, _ = _evaluate(asked.ground, x, np.full(SECTION, asked.y))
    along_y, _ = _evaluate(asked.ground, np.full(SECTION, asked.x), y)
    return SurfaceResult(asked, point, surface, np.stack([x, along_x], -1), np.stack([y, along_y], -1))


def _window(loss: Loss, space: Space, x: float, y: float) -> Window:
    """Square for plain numbers, so that the diagonal is x = y; it grows in powers of two to hold the probe."""
    if loss.family == "binary":
        reach = _reach((LOGITS, 2 * LOGITS, *SPANS[2:]), x)
        return (0.0, 1.0, 0.0, 1.0) if space == "probability" else (-reach, reach, 0.0, 1.0)
    reach = max(_reach(SPANS, x), _reach(SPANS, y))
    return -reach, reach, -reach, reach


def _reach(spans: tuple[float, ...], value: float) -> float:
    return next((span for span in spans if abs(value) <= span), spans[-1])


@lru_cache(maxsize=8)
def _surface(ground: Ground) -> Surface:
    x0, x1, y0, y1 = ground.window
    x, y = np.linspace(x0, x1, GRID), np.linspace(y0, y1, GRID)
    values, slopes = _evaluate(ground, *np.meshgrid(x, y))
    wide = values.astype(np.float64)
    finite = wide[np.isfinite(wide)]
    at = slice(ARROW_STEP // 2, None, ARROW_STEP)
    tails = np.stack(np.meshgrid(x[at], y[at]), axis=-1).reshape(-1, 2)
    highest = min(float(finite.max()), WALL_ROOM * float(np.quantile(finite, WALL_SHARE))) if finite.size else 0.0
    drawn = relief(x, y, np.minimum(wide, highest))
    return Surface(drawn, highest, tails, slopes[at, at].astype(np.float64).ravel())


def _evaluate(ground: Ground, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Terms and their derivatives by x, at pairs of prediction and target."""
    element = ground.element(0.0)
    given, target = np.asarray(x, element.dtype), np.asarray(y, element.dtype)
    result = cast("Any", element.loss).evaluate(element.received(given), target)
    return result.elements, pull_back(element.link, given, result.grad)
