"""What the ledger shows: one calculation as terms, other numbers, a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from core.text import Text

# How a term stands to the one before: it begins, follows from it, divides it, is the result; or is a note beside them.
Joint = Literal["", "→", "÷", "=", "·"]


@final
@dataclass(frozen=True, slots=True)
class Term:
    """A number that can be chosen.

    Attributes:
        symbol: how it is written in a formula; value: its number as text.
        caption: what it is, in words.
        role: the colour of the number.
    """

    joint: Joint
    symbol: str
    value: str
    caption: Text
    role: str = "text"


@final
@dataclass(frozen=True, slots=True)
class Other:
    """A number that people expect instead; `ticked` if it is what they saw."""

    title: Text
    value: str
    ticked: bool = False


@final
@dataclass(frozen=True, slots=True)
class Seal:
    """What becomes of the number that the user saw; `role` is ok, warn or err."""

    sentence: Text
    icon: str
    role: str


@final
@dataclass(frozen=True, slots=True)
class LedgerFigure:
    """Terms in the order of the calculation; without terms `empty` says why."""

    title: Text
    terms: tuple[Term, ...] = ()
    others: tuple[Other, ...] = ()
    seal: Seal | None = None
    empty: Text | None = None
