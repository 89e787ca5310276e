"""How many frames a target needs, and the rules about it that circulate, right and wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable


@final
@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """A rule for how many frames are enough, and what it says of one sequence.

    Attributes:
        formula: as it is written; `needed`: the frames that it asks for here.
        allows: whether it lets the sequence pass; `is_right`: whether that is the truth here.
        belief: what is behind it.
    """

    formula: str
    needed: int
    allows: bool
    is_right: bool
    belief: Text


def rules(T: int, U: int, R: int) -> tuple[Rule, ...]:
    """The right rule first, then four that circulate, with their verdicts on U labels with R repeats in T frames."""
    verdicts = [(rule, rule[1] <= T) for rule in _formulas(U, R)]
    _, fits = verdicts[0]
    return tuple(
        Rule(formula, needed, allows, allows == fits, belief) for (formula, needed, belief), allows in verdicts
    )


def _formulas(U: int, R: int) -> Iterable[tuple[str, int, Text]]:
    yield "T ≥ U + R", U + R, say("ctc", "A frame for each label, and a blank between equal neighbours.")
    yield (
        "T ≥ 2U + 1",
        2 * U + 1,
        say("ctc", "As if every blank of the lattice had to be visited; they may be skipped."),
    )
    yield "T − 2 ≥ U", U + 2, say("ctc", "As if the blanks at both ends had to be visited; they may be skipped.")
    yield "T ≥ U", U, say("ctc", "Forgets the blank between equal neighbours.")
    if R > 0:
        yield "T ≥ U + 2R − 1", U + 2 * R - 1, say("ctc", "Counts repeats twice; it is right for a single one.")
