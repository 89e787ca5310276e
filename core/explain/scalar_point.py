"""One number on its axis, with everything that is said of it: what the loss receives, term, slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.errors import InputError

if TYPE_CHECKING:
    from core.element_loss import ElementLoss


@final
@dataclass(frozen=True, eq=False, slots=True)
class ScalarPoint:
    """A prediction at one place.

    Attributes:
        x, y: in the dtype of the arithmetic; `received`: what the loss is given for x.
        value, slope: the element's own term and its derivative by x; nan if the loss refuses them.
        refusal: why it does.
    """

    element: ElementLoss
    x: float
    y: float
    received: float
    value: float
    slope: float
    refusal: InputError | None

    @property
    def residual(self) -> float:
        """X - y as the loss computes it."""
        number = self.element.dtype.type
        return float(number(self.received) - number(self.y))


def scalar_point(element: ElementLoss, x: float) -> ScalarPoint:
    """`element` evaluated at x."""
    number = element.dtype.type
    refusal = None
    try:
        value, slope = (float(each) for each in element.evaluate(x))
    except InputError as error:
        refusal, value, slope = error, float("nan"), float("nan")
    return ScalarPoint(
        element, float(number(x)), float(number(element.y)), float(element.received(x)), value, slope, refusal
    )
