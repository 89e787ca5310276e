"""A point of a line: one dump, or the ranks and micro-batches of one step together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import hypot, nan
from typing import TYPE_CHECKING, final

from core.ledger import StepParts, in_order, numbers_of
from core.ledger.combined import WITHOUT
from core.ledger.reported import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.watch.tick import Tick

_NO_TURN = (WITHOUT, WITHOUT)
SAME = 1e-9  # relative: numbers reported by the parts of a step that are one and the same


@final
@dataclass(frozen=True, eq=False, slots=True)
class Point:
    """What the dumps of one step and split say together.

    Attributes:
        ticks: by rank, then by turn; most often one.
        value: the loss of one batch of them all: Σ terms ÷ Σ divisors.
        mean_of_means: what averaging the parts' losses gives instead; the same for one dump.
        accuracy: from 0 to 1; nan without classes.
        half: rows that make half of the loss, those of each part taken together; 0 where it is not finite.
        gradient_norm: of `value`, for the inputs of all parts.
        modified: when the last of them was written, ns since the epoch.
    """

    ticks: tuple[Tick, ...]
    value: float
    mean_of_means: float
    plain: float
    accuracy: float
    kept: int
    half: int
    plain_half: int
    gradient_norm: float
    findings: tuple[int, int, int]
    reported: float | None
    modified: int

    @property
    def first(self) -> Tick:
        """The part that stands for it."""
        return self.ticks[0]

    @property
    def step(self) -> int | None:
        return self.ticks[0].step

    @property
    def split(self) -> str:
        return self.ticks[0].split

    @property
    def is_there(self) -> bool:
        """Whether it can be opened."""
        return self.ticks[0].is_there


def points_of(ticks: Iterable[Tick], *, by_step: bool) -> tuple[Point, ...]:
    """By step, or by time of modification; parts of one step are one point."""
    if not by_step:
        return tuple(point_of([tick]) for tick in sorted(ticks, key=lambda tick: tick.entry.modified))
    groups: defaultdict[tuple[int, str], list[Tick]] = defaultdict(list)
    for tick in ticks:
        groups[tick.step or 0, tick.split].append(tick)
    return tuple(point_of(parts) for place in sorted(groups) for parts in _steps(groups[place]))


def point_of(ticks: Sequence[Tick]) -> Point:
    """Of one dump, or of the parts of one step."""
    if len(ticks) == 1:
        return _alone(ticks[0])
    ordered = tuple(sorted(ticks, key=_turn))
    value, mean_of_means = _values(ordered)
    kept = sum(tick.kept for tick in ordered)
    return Point(
        ticks=ordered,
        value=value,
        mean_of_means=mean_of_means,
        plain=_plain(ordered),
        accuracy=_accuracy(ordered, kept),
        kept=kept,
        half=sum(tick.half for tick in ordered),
        plain_half=sum(0 if tick.plain is None else tick.plain.half for tick in ordered),
        gradient_norm=_norm(ordered),
        findings=_findings(ordered),
        reported=_reported(ordered),
        modified=max(tick.entry.modified for tick in ordered),
    )


def step_parts(point: Point) -> StepParts | None:
    """What its dumps add to the step; None if it is one dump."""
    if len(point.ticks) == 1:
        return None
    parts = in_order(tick.part for tick in point.ticks if tick.part is not None)
    return StepParts(parts, any(tick.divided for tick in point.ticks), point.reported)


def _alone(tick: Tick) -> Point:
    """Most points are one dump, and there may be 10,000."""
    plain, kept, right = tick.plain, tick.kept, tick.right
    return Point(
        (tick,),
        tick.value,
        tick.value,
        plain.numerator / plain.divisor if plain is not None and plain.divisor else nan,
        right / kept if right is not None and kept else nan,
        kept,
        tick.half,
        0 if plain is None else plain.half,
        tick.gradient_norm,
        tick.findings,
        tick.reported,
        tick.entry.modified,
    )


def _steps(ticks: list[Tick]) -> Iterator[list[Tick]]:
    """Dumps of one step and split: one list of all parts, if they say which part they are; else each is its own."""
    if len(ticks) == 1 or any(_turn(tick) == _NO_TURN for tick in ticks):
        for tick in sorted(ticks, key=lambda tick: tick.entry.modified):
            yield [tick]
        return
    newest = {_turn(tick): tick for tick in sorted(ticks, key=lambda tick: tick.entry.modified)}
    yield list(newest.values())


def _turn(tick: Tick) -> tuple[int, int]:
    return WITHOUT if tick.rank is None else tick.rank, WITHOUT if tick.micro is None else tick.micro


def _values(ticks: tuple[Tick, ...]) -> tuple[float, float]:
    parts = in_order(tick.part for tick in ticks if tick.part is not None)
    if not parts:
        return nan, nan
    pooled, mean, *_ = numbers_of(parts, divided=any(tick.divided for tick in ticks))
    return pooled.value, mean.value


def _plain(ticks: tuple[Tick, ...]) -> float:
    found = [tick.plain for tick in ticks if tick.plain is not None]
    divisor = sum(plain.divisor for plain in found)
    return sum(plain.numerator for plain in found) / divisor if divisor else nan


def _accuracy(ticks: tuple[Tick, ...], kept: int) -> float:
    right = [tick.right for tick in ticks if tick.right is not None]
    return sum(right) / kept if right and kept else nan


def _norm(ticks: tuple[Tick, ...]) -> float:
    """Each part's gradient counts in the whole as its divisor among all: d(Σ n ÷ Σ d) = Σ (d ÷ Σ d) d(n ÷ d)."""
    if not any(tick.divided for tick in ticks):
        return hypot(*(tick.gradient_norm for tick in ticks))
    divisors = [0.0 if tick.part is None else tick.part.divisor for tick in ticks]
    whole = sum(divisors)
    if not whole:
        return nan
    return hypot(*(tick.gradient_norm * own / whole for tick, own in zip(ticks, divisors, strict=True) if own))


def _findings(ticks: tuple[Tick, ...]) -> tuple[int, int, int]:
    errors, warnings, hints = (sum(counts) for counts in zip(*(tick.findings for tick in ticks), strict=True))
    return errors, warnings, hints


def _reported(ticks: tuple[Tick, ...]) -> float | None:
    said = [tick.reported for tick in ticks if tick.reported is not None]
    return said[0] if said and all(matches(said[0], other, SAME) for other in said) else None
