"""One step in several parts, micro-batches or ranks: the loss of them all beside the mean of their means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.ledger.build import ledger_of
from core.ledger.ledger import Expected
from core.ledger.reported import matches, tolerance_of
from core.reduction import NOTHING
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.assess import Assessment
    from core.batch import Batch

WITHOUT = -1  # the place, in an order, of a part that does not say its rank or its turn


@final
@dataclass(frozen=True, slots=True)
class Part:
    """One file of a step: what it adds above and below the fraction, and its own value.

    Attributes:
        rank: the process that it ran in; micro: its turn in the accumulation; None where the file says nothing.
    """

    name: str
    rank: int | None
    micro: int | None
    numerator: float
    divisor: float
    value: float


@final
@dataclass(frozen=True, eq=False, slots=True)
class Combined:
    """A step as a whole.

    Attributes:
        parts: by rank, then by turn.
        numbers: what the parts can be made into; the first is the loss of one batch of them all.
        reported: the number that all parts name; None if there is none, or if each names its own.
        ticked: the place, among `numbers`, of what gives the reported one.
        refused: how many parts the loss refuses; they are left out.
    """

    parts: tuple[Part, ...]
    numbers: tuple[Expected, ...]
    reported: float | None
    ticked: int | None
    refused: int


def combined(assessments: Sequence[Assessment]) -> Combined | None:
    """Of the parts of one step under one loss; None if no part has a value."""
    accepted = [assessed for assessed in assessments if assessed.evaluation is not None]
    parts = in_order(part for part in map(part_of, accepted) if part is not None)
    if not parts:
        return None
    divided = any(_divides(assessed) for assessed in accepted)
    numbers = numbers_of(parts, divided=divided)
    reported = _reported(accepted)
    ticked = None if reported is None else _ticked(accepted[0].batch, numbers, reported)
    return Combined(parts, numbers, reported, ticked, len(assessments) - len(accepted))


def part_of(assessed: Assessment) -> Part | None:
    """What a batch adds to its step; None if its loss refuses it."""
    ledger = ledger_of(assessed)
    if ledger is None or assessed.evaluation is None:
        return None
    batch, divisor = assessed.batch, assessed.evaluation.divisor.value
    return Part(batch.name, rank_of(batch), micro_of(batch), ledger.numerator.value, divisor, ledger.result.value)


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """By rank, then by turn."""
    return tuple(sorted(parts, key=_order))


def numbers_of(parts: tuple[Part, ...], *, divided: bool) -> tuple[Expected, ...]:
    """What parts can be made into; the first is the loss of one batch of them all."""
    return tuple(_numbers(parts, divided))


def rank_of(batch: Batch) -> int | None:
    """The process that the batch ran in, if its file says so."""
    return _whole(batch, "rank")


def micro_of(batch: Batch) -> int | None:
    """Its turn among the micro-batches of a step, if its file says so."""
    return _whole(batch, "micro")


def _whole(batch: Batch, key: str) -> int | None:
    array = batch.extras.get(key)
    if array is not None:
        return int(array.item()) if array.size == 1 and array.dtype.kind in "iu" else None
    noted = batch.meta.get(key)
    return noted if isinstance(noted, int) and not isinstance(noted, bool) else None


def _order(part: Part) -> tuple[int, int, str]:
    return (
        WITHOUT if part.rank is None else part.rank,
        WITHOUT if part.micro is None else part.micro,
        part.name,
    )


def _divides(assessed: Assessment) -> bool:
    return assessed.evaluation is not None and assessed.evaluation.divisor.name != NOTHING


def _numbers(parts: tuple[Part, ...], divided: bool) -> Iterator[Expected]:
    values = [part.value for part in parts]
    if not divided:
        yield Expected(say("ledger", "sum over all parts"), _sum(values))
        yield Expected(say("ledger", "mean of the parts' sums"), _mean(values))
        return
    yield Expected(say("ledger", "Σ terms ÷ Σ divisors"), _pooled(parts))
    yield Expected(say("ledger", "mean of the parts' means"), _mean(values))
    ranks = {part.rank for part in parts}
    if 1 < len(ranks) < len(parts):
        each = [_pooled(tuple(part for part in parts if part.rank == rank)) for rank in ranks]
        yield Expected(say("ledger", "mean over ranks of Σ terms ÷ Σ divisors"), _mean(each))
    yield Expected(say("ledger", "sum of the parts' means"), _sum(values))


def _pooled(parts: tuple[Part, ...]) -> float:
    divisor = _sum([part.divisor for part in parts])
    return _sum([part.numerator for part in parts]) / divisor if divisor else float("nan")


def _sum(values: Sequence[float]) -> float:
    with np.errstate(invalid="ignore", over="ignore"):
        return float(np.sum(values))


def _mean(values: Sequence[float]) -> float:
    return _sum(values) / len(values)


def _reported(accepted: Sequence[Assessment]) -> float | None:
    said = [assessed.batch.reported for assessed in accepted if assessed.batch.reported is not None]
    return said[0] if said and all(matches(said[0], other, 1e-9) for other in said) else None


def _ticked(batch: Batch, numbers: tuple[Expected, ...], reported: float) -> int | None:
    tolerance = tolerance_of(batch)
    return next((i for i, number in enumerate(numbers) if matches(reported, number.value, tolerance)), None)
