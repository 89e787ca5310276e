"""What is worth knowing about one number under L1Loss, SmoothL1Loss and MSELoss."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import fixed, signed
from core.explain.note import Note
from core.explain.scalar_point import scalar_point
from core.losses.mse import MSELoss
from core.text import say

if TYPE_CHECKING:
    from core.explain.scalar_point import ScalarPoint


def zone(point: ScalarPoint) -> Note | None:
    """Which branch of SmoothL1Loss holds."""
    beta, d = _finite_beta(point), abs(point.residual)
    if beta is None or not np.isfinite(d):
        return None
    values = {"d": fixed(d, 2), "beta": fixed(beta, 2), "slope": signed(point.slope, 2)}
    if d == beta:
        message = say("core", "Parabola and line meet at β = {beta} with one value and one slope, {slope}.", **values)
        return Note("hint", say("core", "Branch point"), message)
    if d < beta:
        message = say(
            "core", "Error {d} is inside β = {beta}, so the gradient shrinks with the error, as in MSE.", **values
        )
        return Note("hint", say("core", "Quadratic zone"), message)
    message = say("core", "Error {d} is outside β = {beta}: the gradient stays {slope}, as in L1.", **values)
    return Note("hint", say("core", "Linear zone"), message)


def beside_mse(point: ScalarPoint) -> Note | None:
    """Inside the zone SmoothL1Loss is MSELoss divided by 2 beta."""
    beta, d = _finite_beta(point), abs(point.residual)
    if beta is None or not 0 < d < beta:
        return None
    square = scalar_point(replace(point.element, loss=MSELoss(reduction="none")), point.x).value
    values = {"value": fixed(point.value), "square": fixed(square), "twice": fixed(2 * beta, 2)}
    message = say("core", "Inside the zone it is (x − y)²/2β: {value}. MSE, without ½, is {square}.", **values)
    if beta == 0.5:
        return Note("hint", say("core", "Equal to MSE here, for 2β = 1"), message)
    if beta == 1:
        return Note("hint", say("core", "Half of MSE here, not equal"), message)
    return Note("hint", say("core", "MSE ÷ {twice} here, not equal", **values), message)


def beside_l1(point: ScalarPoint) -> Note | None:
    """Outside the zone SmoothL1Loss is L1Loss less a constant."""
    beta, d = _finite_beta(point), abs(point.residual)
    if beta is None or not beta < d < np.inf:
        return None
    values = {"half": fixed(beta / 2, 2), "l1": fixed(d)}
    message = say("core", "Outside the zone it is |x − y| − ½β: {half} below L1, which is {l1} here.", **values)
    return Note("hint", say("core", "L1 less a constant here"), message)


def beside_huber(point: ScalarPoint) -> Note | None:
    """HuberLoss(delta=beta) is beta times SmoothL1Loss."""
    beta = _finite_beta(point)
    if beta is None:
        return None
    if beta == 1:
        message = say("core", "HuberLoss = β × SmoothL1. At β = 1 they are identical.")
        return Note("ok", say("core", "Same as Huber with δ = β"), message)
    values = {"beta": fixed(beta, 2), "huber": fixed(beta * point.value)}
    message = say("core", "HuberLoss(delta={beta}) is β times this, {huber} here, with slopes up to ±{beta}.", **values)
    return Note("hint", say("core", "Huber is β times this"), message)


def extreme_beta(point: ScalarPoint) -> Note | None:
    """A beta of 0 or of infinity."""
    if point.element.beta == 0:
        message = say("core", "With β = 0 there is no parabola; at x = y the gradient is 0.")
        return Note("hint", say("core", "Exactly L1"), message)
    if point.element.beta == np.inf:
        message = say("core", "With β = ∞ the loss and its gradient are 0 everywhere.")
        return Note("warning", say("core", "Nothing to learn from"), message)
    return None


def kink(point: ScalarPoint) -> Note | None:
    """The corner of |x - y|."""
    if point.residual != 0 or point.element.beta not in (None, 0):
        return None
    message = say("core", "Every slope from −1 to +1 supports the curve at x = y; PyTorch returns 0 here.")
    return Note("hint", say("core", "Kink"), message)


def one_push(point: ScalarPoint) -> Note | None:
    """The gradient of L1Loss knows the side only."""
    if point.residual == 0 or np.isnan(point.residual):
        return None
    message = say("core", "The gradient is {slope} however far the target is.", slope=signed(point.slope, 0))
    return Note("hint", say("core", "One push for every error"), message)


def hidden_nan(point: ScalarPoint) -> Note | None:
    """sign(nan) is 0 in torch: the optimiser sees nothing."""
    if not np.isnan(point.value) or point.slope != 0:
        return None
    message = say("core", "The loss is nan, but PyTorch's gradient is 0: the optimiser sees nothing.")
    return Note("warning", say("core", "The gradient hides a nan"), message)


def plain_square(point: ScalarPoint) -> Note | None:
    """MSELoss is neither halved nor rooted."""
    if not np.isfinite(point.value):
        return None
    message = say("core", "It is the square itself, {value}: no ½ and no root.", value=fixed(point.value))
    return Note("hint", say("core", "Mean of squares"), message)


def grows(point: ScalarPoint) -> Note | None:
    """The gradient of MSELoss has no bound."""
    if not np.isfinite(point.slope) or point.residual == 0:
        return None
    values = {"d": fixed(abs(point.residual), 2), "slope": signed(point.slope, 2)}
    message = say("core", "Error {d} pulls with {slope}, twice the error: a far outlier rules the fit.", **values)
    return Note("hint", say("core", "The gradient grows with the error"), message)


def overflow(point: ScalarPoint) -> Note | None:
    """A square beyond the largest float, with a gradient that is still finite."""
    if point.value != np.inf or not np.isfinite(point.residual):
        return None
    values = {"slope": signed(point.slope, 1), "dtype": point.element.dtype.name}
    message = say("core", "The loss is inf, while the gradient is {slope}.", **values)
    return Note("warning", say("core", "The square overflows {dtype}", **values), message)


def _finite_beta(point: ScalarPoint) -> float | None:
    beta = point.element.beta
    return beta if beta and np.isfinite(beta) else None
