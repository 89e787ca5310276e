"""Curves over the steps of a descent: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class StepLine:
    """A curve: (K,) between 0 and 1, and its true value at the step shown as text."""

    name: Text
    role: str
    values: FloatArray
    text: str


@final
@dataclass(frozen=True, eq=False, slots=True)
class StepFigure:
    """Some curves over K steps, and the step shown."""

    step: int
    lines: tuple[StepLine, ...]

    @property
    def steps(self) -> int:
        """The last step."""
        return len(self.lines[0].values) - 1
