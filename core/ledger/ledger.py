"""A calculation as data: lines from the terms of the rows to the one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from core.arrays import BoolArray
    from core.text import Text

# What a line does with the one before; a note changes nothing, it points at rows.
Operation = Literal["sum", "weigh", "add", "divide", "result", "note"]


@final
@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """One operation.

    Attributes:
        symbol: how it is written in a formula: "Σ w ℓ", "÷ Σ w[y]".
        title: what it is, in words.
        value: what stands there after it; of a division what is divided by; of a note how many rows.
        rows: (count,) the rows that it is about; None for all.
    """

    operation: Operation
    symbol: str
    title: Text
    value: float
    rows: BoolArray | None = None


@final
@dataclass(frozen=True, eq=False, slots=True)
class Expected:
    """Another number that people compute by hand, and how."""

    title: Text
    value: float


@final
@dataclass(frozen=True, eq=False, slots=True)
class Verdict:
    """What becomes of the loss that the user saw.

    Attributes:
        kind: it is this number; another calculation gives it; none of those tried does.
        sentence: all of this in words; expected: the place, among `Ledger.expected`, of what gives it.
    """

    kind: Literal["proven", "explained", "unexplained"]
    reported: float
    sentence: Text
    expected: int | None = None


@final
@dataclass(frozen=True, eq=False, slots=True)
class Ledger:
    """The whole calculation; `verdict` is None where the file does not say what was seen."""

    lines: tuple[Line, ...]
    expected: tuple[Expected, ...]
    verdict: Verdict | None

    @property
    def result(self) -> Line:
        """The last number."""
        return next(line for line in reversed(self.lines) if line.operation == "result")

    @property
    def numerator(self) -> Line:
        """The last sum: what is divided, or the result itself."""
        return [line for line in self.lines if line.operation in ("sum", "add", "weigh")][-1]

    @property
    def divisor(self) -> Line | None:
        """What it is divided by; None if it is not."""
        return next((line for line in self.lines if line.operation == "divide"), None)
