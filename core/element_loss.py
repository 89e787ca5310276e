"""A loss on single numbers: a prediction stands on an axis, passes a link, and the gradient comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast, final

import numpy as np

from core.arrays import FloatArray, frozen
from core.links import Link, apply_link, pull_back
from core.params import specs, with_param

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.losses import Loss

# What a number on an axis is. A binary loss can be drawn over p and over z = logit(p): one point, two coordinates.
Space = Literal["number", "probability", "logit"]
WEIGHTS = ("weight", "pos_weight")


@final
@dataclass(frozen=True, eq=False, slots=True)
class ElementLoss:
    """What one number is measured against: the element's own term, before any reduction.

    Attributes:
        loss: reduction "none"; its weights, if any, are 0-d.
        space: what the axis shows; `link` leads from there to what the loss receives.
        y: the target.
    """

    loss: Loss
    space: Space
    link: Link
    y: float
    dtype: np.dtype[Any]

    def evaluate(self, x: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Terms and their derivatives with respect to x, both shaped like x and in this dtype.

        InputError where the loss refuses the target or the prediction.
        """
        x = np.asarray(x, self.dtype)
        result = cast("Any", self.loss).evaluate(self.received(x), np.full_like(x, self.y))
        return result.elements, pull_back(self.link, x, result.grad)

    def received(self, x: npt.ArrayLike) -> FloatArray:
        """What the loss is given for x."""
        return apply_link(self.link, np.asarray(x, self.dtype))

    def weight(self, name: str) -> float | None:
        """`weight` or `pos_weight` as a number; None if the loss has none."""
        given = getattr(self.loss, name, None)
        return None if given is None else float(given)

    @property
    def beta(self) -> float | None:
        """Where SmoothL1Loss changes its branch; None for the other losses."""
        return getattr(self.loss, "beta", None)


def own_space(loss: Loss) -> Space:
    """What the loss receives."""
    if loss.family != "binary":
        return "number"
    return "probability" if loss.name == "BCELoss" else "logit"


def link_between(axis: Space, own: Space) -> Link:
    """What leads from the axis to a loss's own space; a plain number stands in for a probability."""
    if axis == "logit" and own != "logit":
        return "sigmoid"
    return "logit" if axis == "probability" and own == "logit" else "none"


def element_loss(
    loss: Loss, y: float, space: Space, dtype: npt.DTypeLike, place: tuple[int, ...] = (), shape: tuple[int, ...] = ()
) -> ElementLoss:
    """`loss` made ready for numbers of `space`, weighted as the element at `place` of a batch of `shape`.

    Without a batch it is the first element that the weights speak of.
    """
    loss = with_param(loss, "reduction", "none")
    kind = np.dtype(dtype)
    names = {spec.name for spec in specs(type(loss))}
    for name in names.intersection(WEIGHTS):
        weight = getattr(loss, name)
        if weight is not None:
            loss = with_param(loss, name, frozen(_one_of(np.asarray(weight), place, shape), kind))
    return ElementLoss(loss, space, link_between(space, own_space(loss)), y, kind)


def _one_of(weight: npt.NDArray[Any], place: tuple[int, ...], shape: tuple[int, ...]) -> npt.NDArray[Any]:
    try:
        fits = bool(shape) and np.broadcast_shapes(weight.shape, shape) == shape
    except ValueError:
        fits = False
    if fits:
        return np.asarray(np.broadcast_to(weight, shape)[place])
    return weight.ravel()[:1].reshape(()) if weight.size else np.ones((), weight.dtype)
