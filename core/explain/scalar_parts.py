"""What the formula of a single number consists of, before its result is written behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.explain.entries import entry
from core.explain.formula import Node

if TYPE_CHECKING:
    from core.explain.scalar_point import ScalarPoint
    from core.explain.written import Written
    from core.text import Text

Writing = Callable[[int], "Written"]


@final
@dataclass(frozen=True, eq=False, slots=True)
class Parts:
    """Value and gradient in letters, and in numbers of so many digits.

    Attributes:
        preface: what stands before both, such as p = σ(z) = 0.73.
        slope_numbers: None where the letters already say it all.
        branch: which branch holds, in words and numbers.
    """

    value: tuple[Node, ...]
    value_numbers: Writing
    slope: tuple[Node, ...]
    slope_numbers: Writing | None
    branch: Text | None = None
    preface: tuple[Node, ...] = ()


def x_of(point: ScalarPoint, digits: int) -> Written:
    """The prediction as it stands on the axis."""
    return entry(point.x, digits, "input", "x")


def y_of(point: ScalarPoint, digits: int) -> Written:
    """The target."""
    return entry(point.y, digits, "target", "y")
