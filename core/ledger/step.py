"""The ledger of one part of a step, beside what all parts of the step make together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan
from typing import TYPE_CHECKING, final

from core.explain.digits import significant
from core.ledger.combined import numbers_of
from core.ledger.ledger import Expected, Verdict
from core.ledger.reported import matches
from core.text import say

if TYPE_CHECKING:
    from core.ledger.combined import Part
    from core.ledger.ledger import Ledger


@final
@dataclass(frozen=True, eq=False, slots=True)
class StepParts:
    """Ranks and micro-batches of one step, under the loss that their files name.

    Attributes:
        divided: whether that loss divides; reported: the loss that all of them tell, None without one.
    """

    parts: tuple[Part, ...]
    divided: bool
    reported: float | None


def in_step(ledger: Ledger, name: str, step: StepParts, tolerance: float) -> Ledger:
    """The ledger of the part called `name`, with the step's numbers first; ticked is the one that was reported.

    It is left as it is if that is none of the parts any more: another loss, or a trial, gives another number.
    """
    if not any(part.name == name and _same(part.value, ledger.result.value) for part in step.parts):
        return ledger
    count = len(step.parts)
    numbers = tuple(
        Expected(say("ledger", "the step's {count} parts: {title}", count=count, title=number.title), number.value)
        for number in numbers_of(step.parts, divided=step.divided)
    )
    verdict = ledger.verdict
    if verdict is not None and verdict.expected is not None:
        verdict = replace(verdict, expected=verdict.expected + len(numbers))
    if step.reported is not None and (verdict is None or verdict.kind != "proven"):
        found = [place for place, number in enumerate(numbers) if matches(step.reported, number.value, tolerance)]
        if found:
            words = say("ledger", "reported {reported}: that is {title}", reported=significant(step.reported, 7),
                        title=numbers[found[0]].title)  # fmt: skip
            verdict = Verdict("proven" if found[0] == 0 else "explained", step.reported, words, found[0])
    return replace(ledger, expected=(*numbers, *ledger.expected), verdict=verdict)


def _same(one: float, other: float) -> bool:
    return one == other or (isnan(one) and isnan(other))
