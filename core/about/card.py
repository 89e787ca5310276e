"""What a card about a loss holds: formulas as trees, sentences as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.explain.formula import Row
    from core.text import Text


@final
@dataclass(frozen=True, slots=True)
class Line:
    """One line of a formula, and the condition under which it holds (None: always)."""

    formula: Row
    condition: Text | None = None


@final
@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim can be read; `address` is a DOI or a page's address, shown as text and never opened."""

    title: str
    address: str


@final
@dataclass(frozen=True, slots=True)
class About:
    """Everything that the card of one loss says.

    Attributes:
        definition, gradient: of one term, before the reduction.
        symbols: what the letters in the formulas stand for.
        assumes: the noise or likelihood under which this loss is the right one.
        when: when to choose it, and when not.
        traps: what goes wrong, each with a number that core gives.
        divisor: what "mean" divides by; `divisor_name` is how the ledger calls it.
    """

    name: str
    summary: Text
    definition: tuple[Line, ...]
    gradient: tuple[Line, ...]
    symbols: Text
    shapes: tuple[Text, ...]
    domain: tuple[Text, ...]
    assumes: Text
    when: tuple[Text, ...]
    traps: tuple[Text, ...]
    divisor: Text
    divisor_name: str
    sources: tuple[Source, ...]
