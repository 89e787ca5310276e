"""A loss along one axis: over an element's prediction, or over one class's score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, final

import numpy as np

from core.batch import BY_CLASS
from core.element_loss import ElementLoss, Space, element_loss, own_space
from core.row_loss import RowLoss, row_loss
from core.saturation import sigmoid_is_one_from
from gui.workspaces.explore.kinds import SCALAR_FAMILIES
from gui.workspaces.explore.state import Axis

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.losses import Loss
    from core.problem import Problem
    from gui.workspaces.explore.state import RowProbe


class Sweep(Protocol):
    """What a curve is drawn of: terms and their derivatives by x, in `dtype`; InputError where the loss refuses."""

    @property
    def dtype(self) -> np.dtype[Any]: ...
    def evaluate(self, x: FloatArray) -> tuple[FloatArray, FloatArray]: ...


@final
@dataclass(frozen=True, eq=False, slots=True)
class ClassSweep:
    """A row of class scores `z` (C,) in which the score of class `focus` moves."""

    row: RowLoss
    z: FloatArray
    focus: int

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.row.dtype

    def evaluate(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        z = np.tile(self.z.astype(self.dtype), (x.size, 1))
        z[:, self.focus] = x
        terms, gradients = self.row.evaluate(z)
        return terms, gradients[:, self.focus]


def drawn_space(loss: Loss, axis: Axis) -> Space:
    """What the axis shows under this loss."""
    return own_space(loss) if axis == "input" or loss.family != "binary" else axis


def comparable(loss: Loss, pins: tuple[Loss, ...]) -> tuple[Loss, ...]:
    """The pinned losses that make sense on the axis of `loss`: a regression loss can also score a probability."""
    if loss.family == "binary":
        return tuple(pin for pin in pins if pin.family in SCALAR_FAMILIES)
    if loss.family in BY_CLASS:
        return tuple(pin for pin in pins if pin.family in BY_CLASS)
    return tuple(pin for pin in pins if pin.family == loss.family)


def element_of(problem: Problem, y: float, space: Space, dtype: str, row: int | None) -> ElementLoss:
    """The problem's loss on single numbers, weighted as the batch's element number `row`."""
    return element_loss(problem.loss, y, space, dtype, *place_of(problem, row))


def place_of(problem: Problem, row: int | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where element number `row` stands in the batch, and the batch's shape; both () without a batch."""
    batch = problem.batch
    if batch is None or batch.target is None or row is None:
        return (), ()
    try:
        shape = np.broadcast_shapes(batch.input.shape, batch.target.shape)
        return tuple(int(i) for i in np.unravel_index(row, shape)), shape
    except ValueError:
        return (), ()


def row_of(loss: Loss, probe: RowProbe, dtype: str) -> RowLoss:
    """A class loss on rows like the probe's."""
    return row_loss(loss, probe.link, probe.target, probe.soft, probe.z.size, dtype)


def special_points(sweep: Sweep) -> tuple[float, ...]:
    """Where a curve may break or bend sharply: these belong to its grid, each with its neighbours."""
    if not isinstance(sweep, ElementLoss):
        return ()
    if sweep.link == "sigmoid":
        edge = sigmoid_is_one_from(sweep.dtype)
        return (-edge, edge)
    if sweep.space == "probability":
        return (0.0, sweep.y, 1.0)
    if sweep.space == "logit":
        return (0.0,)
    beta = sweep.beta
    around = (sweep.y - beta, sweep.y + beta) if beta is not None and np.isfinite(beta) else ()
    return (sweep.y, *around)
