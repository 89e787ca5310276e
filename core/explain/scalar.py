"""The formula of one number with its values: L1Loss, SmoothL1Loss, MSELoss, BCELoss and BCEWithLogitsLoss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import fixed, signed
from core.explain.formula import Node, Num, Row, Strip, Sym
from core.explain.plain import plain_text
from core.explain.scalar_binary import logit_parts, probability_parts
from core.explain.scalar_regression import absolute_parts, smooth_parts, square_parts
from core.explain.written import faithful
from core.text import say

if TYPE_CHECKING:
    from core.explain.scalar_parts import Parts
    from core.explain.scalar_point import ScalarPoint

AXIS_LETTER = {"number": "x", "probability": "p", "logit": "z"}


def strip(point: ScalarPoint) -> Strip:
    """Value and gradient of the element's own term; without numbers where the loss refuses them."""
    result = Num(point.value, fixed(point.value), "loss")
    if point.refusal is not None:
        short = Row((Sym("ℓ"), Sym("="), result))
        why = say("core", "{problem}", problem=point.refusal.problem)
        return Strip(short, None, why, f"{plain_text(short)}. {why}")
    with np.errstate(all="ignore"):  # the formula is also written where it overflows
        parts = _parts(point)
        value = _value(parts, result)
        gradient = _gradient(parts, point)
    return Strip(value, gradient, parts.branch, f"{plain_text(value)}; {plain_text(gradient)}")


def _parts(point: ScalarPoint) -> Parts:
    name = point.element.loss.name
    if name == "L1Loss":
        return absolute_parts(point)
    if name == "SmoothL1Loss":
        return smooth_parts(point, point.element.beta or 0.0)
    if name == "MSELoss":
        return square_parts(point)
    return probability_parts(point) if name == "BCELoss" else logit_parts(point)


def _value(parts: Parts, result: Num) -> Row:
    numbers = faithful(parts.value_numbers, result.text)
    return Row((*parts.preface, Sym("ℓ"), Sym("="), *parts.value, Sym("="), *numbers, Sym("="), result))


def _gradient(parts: Parts, point: ScalarPoint) -> Row:
    result = Num(point.slope, signed(point.slope, 4), "grad")
    middle: tuple[Node, ...] = ()
    if parts.slope_numbers is not None:
        middle = (Sym("="), *faithful(parts.slope_numbers, result.text.removeprefix("+")))
    left = Sym(f"∂ℓ/∂{AXIS_LETTER[point.element.space]}", "grad")
    return Row((left, Sym("="), *parts.slope, *middle, Sym("="), result))
