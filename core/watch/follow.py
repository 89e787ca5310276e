"""One sample through the steps: its loss and the probability of its target in every dump."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import exp, nan
from types import MappingProxyType
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.errors import InputError
from core.files import read
from core.jobs import Job, Progress
from core.problem import evaluate
from core.rows import ClassRow, ElementRow, row_terms, row_values, rows_of
from core.table.common import unweighted
from core.watch.sample import Sample, row_in
from core.watch.scan import Entry, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.arrays import Array, FloatArray
    from core.batch import Batch
    from core.losses import Evaluation, Loss
    from core.watch.point import Point
    from core.watch.tick import Tick
    from core.watch.timeline import Series

AT_ONCE = 64  # dumps that one call reads


@final
@dataclass(frozen=True, slots=True)
class Reading:
    """Attributes: loss: the row's own, without its weight; probability: of its target, nan where there is none."""

    loss: float
    probability: float


ABSENT = Reading(nan, nan)


@final
@dataclass(frozen=True, eq=False, slots=True)
class Track:
    """Attributes: readings: by dump, ABSENT where the sample is not in it; unread: how many dumps are still to read."""

    sample: Sample
    readings: Mapping[Entry, Reading] = field(default_factory=dict[Entry, Reading])
    unread: int = 0

    def along(self, series: Series) -> tuple[FloatArray, FloatArray]:
        """Its loss and the probability of its target at the points of a series; nan where it has none."""
        found = [self._at(point) for point in series.points] if series.split == self.sample.split else []
        found = found or [ABSENT] * len(series.points)
        losses, probabilities = np.array([(one.loss, one.probability) for one in found]).reshape(-1, 2).T
        return frozen(losses), frozen(probabilities)

    def _at(self, point: Point) -> Reading:
        """Of the parts of a step, the one that has it."""
        found = (self.readings.get(tick.entry, ABSENT) for tick in point.ticks)
        return next((reading for reading in found if reading is not ABSENT), ABSENT)


def follow(track: Track, ticks: Iterable[Tick], at_once: int = AT_ONCE) -> Job[Track]:
    """The track with at most `at_once` more dumps read, those of its split that were not, the newest first."""
    wanted = [tick for tick in ticks if tick.split == track.sample.split]
    unread = [tick for tick in wanted if tick.is_there and tick.entry not in track.readings]
    unread.sort(key=lambda tick: tick.entry.modified, reverse=True)
    if not unread and not track.unread:
        return track
    yield Progress(0.0)
    readings = dict(track.readings)
    for number, tick in enumerate(unread[:at_once], 1):
        readings[tick.entry] = _read(track.sample, tick)
        yield Progress(number / len(unread))
    return replace(track, readings=MappingProxyType(readings), unread=max(len(unread) - at_once, 0))


def _read(sample: Sample, tick: Tick) -> Reading:
    """ABSENT also if the file is no longer the dump that it was."""
    try:
        if entry_of(tick.path) != tick.entry:
            return ABSENT
        batch = read(tick.path)[0]
        evaluation = evaluate(batch.loss, batch)
    except InputError:
        return ABSENT
    row = row_in(sample, batch, rows_of(batch.loss, batch, evaluation))
    return ABSENT if row is None else reading_of(batch, batch.loss, evaluation, row)


def reading_of(batch: Batch, loss: Loss, evaluation: Evaluation, row: int) -> Reading:
    """Of one row of a batch."""
    own = float(row_terms(loss, unweighted(loss, batch, evaluation.elements))[row])
    if loss.family == "sequence":
        return Reading(own, exp(-own) if own >= 0 else nan)
    values = row_values(loss, batch, row)
    if isinstance(values, ElementRow):
        return Reading(own, _of_element(values, loss) if loss.family == "binary" else nan)
    if isinstance(values, ClassRow) and isinstance(values.target, int):
        return Reading(own, _of_class(values.values, values.target, logits=loss.name == "CrossEntropyLoss"))
    return Reading(own, nan)


def _of_element(values: ElementRow, loss: Loss) -> float:
    """The probability that a Bernoulli of the prediction gives to a hard target; nan for a soft one."""
    if values.y not in (0.0, 1.0):
        return nan
    with np.errstate(over="ignore"):
        p = values.x if loss.name == "BCELoss" else float(1 / (1 + np.exp(np.float64(-values.x))))
    return p if values.y == 1.0 else 1 - p


def _of_class(values: Array, target: int, *, logits: bool) -> float:
    if not 0 <= target < values.size:
        return nan
    row = values.astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        top = row.max()
        log_sum = np.log(np.exp(row - top).sum()) + top if logits else 0.0
        return float(np.exp(row[target] - log_sum))
