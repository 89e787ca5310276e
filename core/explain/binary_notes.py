"""What is worth knowing about one number under BCELoss and BCEWithLogitsLoss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.element_loss import element_loss
from core.explain.digits import fixed, signed
from core.explain.note import Note
from core.explain.scalar_point import scalar_point
from core.losses.bce_with_logits import BCEWithLogitsLoss
from core.saturation import sigmoid_is_one_from
from core.text import say

if TYPE_CHECKING:
    from core.explain.scalar_point import ScalarPoint

NOTICEABLE = 1e-6  # a gradient that stood below it before rounding is not missed
LOST_SHARE = 0.1


def clamp(point: ScalarPoint) -> Note | None:
    """Log 0, which BCELoss stops at -100."""
    p = point.received
    if not ((p == 0 and point.y > 0) or (p == 1 and point.y < 1)):
        return None
    values = {"value": fixed(point.value, 1), "slope": signed(point.slope, 1)}
    message = say("core", "log 0 is −∞; PyTorch stops it at −100: loss {value}, gradient {slope}.", **values)
    return Note("warning", say("core", "Clamped at 100"), message)


def dead_zone(point: ScalarPoint) -> Note | None:
    """Sigmoid then BCELoss has lost a gradient that BCEWithLogitsLoss still gives."""
    if point.element.link != "sigmoid" or not np.isfinite(point.x):
        return None
    right = _with_logits(point)
    if abs(right) < NOTICEABLE or abs(point.slope - right) <= LOST_SHARE * abs(right):
        return None
    values = {
        "slope": signed(point.slope, 4),
        "right": signed(right, 4),
        "dtype": point.element.dtype.name,
        "threshold": fixed(sigmoid_is_one_from(point.element.dtype), 2),
    }
    if point.received == 1 and point.slope == 0:
        message = say("core", "From z = {threshold} on the gradient is 0; BCEWithLogitsLoss gives {right}.", **values)
        return Note("warning", say("core", "Dead zone: sigmoid rounds to 1 in {dtype}", **values), message)
    message = say("core", "Through σ it is {slope} in {dtype}; BCEWithLogitsLoss gives {right}.", **values)
    title = say("core", "The gradient is nan") if np.isnan(point.slope) else say("core", "The gradient is lost in σ")
    return Note("warning", title, message)


def difference(point: ScalarPoint) -> Note | None:
    """With respect to z the gradient is p - y, as long as nothing is rounded away."""
    own = {point.element.weight("weight"), point.element.weight("pos_weight")} - {None, 1.0}
    if point.element.space != "logit" or own or not np.isfinite(point.x):
        return None
    p = float(np.exp(-np.logaddexp(0.0, -point.x)))
    if not abs(point.slope - (p - point.y)) <= 1e-2 * max(abs(p - point.y), NOTICEABLE):
        return None
    values = {"p": fixed(p, 3), "y": fixed(point.y, 3), "slope": signed(point.slope, 3)}
    message = say("core", "By z it is σ(z) − y = {p} − {y} = {slope}, never beyond ±1.", **values)
    return Note("hint", say("core", "The gradient is p − y"), message)


def steep(point: ScalarPoint) -> Note | None:
    """With respect to p the same point has a gradient without bound."""
    if point.element.space != "probability" or not 0 < point.x < 1 or not np.isfinite(point.slope) or not point.slope:
        return None
    values = {"slope": signed(point.slope, 2), "by_z": signed(point.slope * point.x * (1 - point.x), 3)}
    message = say("core", "By p it is {slope}; times p(1 − p) it is {by_z}, the gradient by z.", **values)
    return Note("hint", say("core", "By p the gradient has no bound"), message)


def soft_floor(point: ScalarPoint) -> Note | None:
    """A soft target has a floor above 0: its entropy."""
    y = point.y
    factors = {point.element.weight("weight"), point.element.weight("pos_weight")} - {None, 1.0}
    if not 0 < y < 1 or factors:
        return None
    entropy = float(-y * np.log(y) - (1 - y) * np.log1p(-y))
    message = say(
        "core", "A target of {y} cannot go below {floor}, reached at p = y.", y=fixed(y, 2), floor=fixed(entropy)
    )
    return Note("hint", say("core", "A soft target has a floor"), message)


def target_outside(point: ScalarPoint) -> Note | None:
    """BCEWithLogitsLoss does not check its target."""
    if 0 <= point.y <= 1 or np.isnan(point.y):
        return None
    message = say("core", "y = {y}: PyTorch takes it, and the loss has no lower bound.", y=fixed(point.y, 2))
    return Note("warning", say("core", "The target is outside [0, 1]"), message)


def positive_weight(point: ScalarPoint) -> Note | None:
    """pos_weight counts the positive part of the target several times."""
    weight = point.element.weight("pos_weight")
    if weight is None or weight == 1 or not np.isfinite(weight):
        return None
    values = {"weight": fixed(weight, 2)}
    if point.y == 0:
        message = say("core", "For a target of 0 it changes nothing; a positive would count {weight} times.", **values)
    elif point.y == 1:
        message = say("core", "A target of 1 counts {weight} times, in loss and gradient alike.", **values)
    else:
        message = say("core", "The positive part of the target counts {weight} times.", **values)
    return Note("hint", say("core", "Positives weigh {weight}", **values), message)


def stays_weighted(point: ScalarPoint) -> Note | None:
    """Mean divides by the number of elements, so a weight never cancels here."""
    weight = point.element.weight("weight")
    if weight is None or weight == 1:
        return None
    values = {"weight": fixed(weight, 2)}
    message = say("core", "mean divides by the number of elements, so the factor {weight} stays.", **values)
    return Note("hint", say("core", "The weight does not cancel"), message)


def infinite_logit(point: ScalarPoint) -> Note | None:
    """Inf - inf and 0 · inf inside BCEWithLogitsLoss."""
    if not np.isinf(point.received) or point.element.link == "sigmoid" or np.isfinite(point.value):
        return None
    message = say("core", "z = {z} gives {value}, as in PyTorch.", z=fixed(point.received), value=fixed(point.value))
    return Note("warning", say("core", "Infinite logit"), message)


def _with_logits(point: ScalarPoint) -> float:
    weight = point.element.weight("weight")
    loss = BCEWithLogitsLoss(weight=None if weight is None else np.asarray(weight))
    return scalar_point(element_loss(loss, point.element.y, "logit", point.element.dtype), point.x).slope
