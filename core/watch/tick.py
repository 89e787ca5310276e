"""The few numbers of one dump that stay when its arrays are gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, final

import numpy as np

from core.assess import assess
from core.batch import class_axis
from core.doctor import SEVERITIES
from core.errors import InputError
from core.files import read
from core.jobs import Job, Progress
from core.ledger import micro_of, part_of, rank_of
from core.problem import evaluate
from core.reduction import NOTHING
from core.rows import has_class_indices, rows_of
from core.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from core.assess import Assessment
    from core.batch import Batch
    from core.ledger import Part
    from core.losses import Evaluation, Loss
    from core.rows import Rows
    from core.text import Text
    from core.watch.scan import Entry


@final
@dataclass(frozen=True, slots=True)
class Plain:
    """The mean loss without weights and label smoothing, as a fraction.

    Attributes:
        half: the fewest rows that make half of it, 0 where it is not finite.
    """

    numerator: float
    divisor: float
    half: int


@final
@dataclass(frozen=True, eq=False, slots=True)
class Tick:
    """One dump.

    Attributes:
        part: what it adds to its step; None if its loss refuses it, and `refusal` says why.
        divided: whether its loss divides by anything.
        kept: rows that are not ignored; right: those of them whose class is the likeliest, None without classes.
        half: the fewest rows that make half of its loss, 0 where it is not finite.
        findings: how many errors, warnings and hints.
        is_there: False once the file was deleted or written over: the numbers stay.
    """

    path: Path
    entry: Entry
    step: int | None
    split: str
    rank: int | None
    micro: int | None
    loss: str
    part: Part | None
    divided: bool
    plain: Plain | None
    kept: int
    right: int | None
    half: int
    gradient_norm: float
    findings: tuple[int, int, int]
    reported: float | None
    refusal: Text | None
    is_there: bool = True

    @property
    def value(self) -> float:
        """The loss; nan if there is none."""
        return float("nan") if self.part is None else self.part.value


def read_tick(path: Path, entry: Entry) -> Job[tuple[Tick, Batch]]:
    """Read and assess a dump; InputError if it cannot be read."""
    batch = read(path)[0]
    if batch.extent is not None:
        raise InputError(
            path.name,
            say("watch", "It is larger than memory: a dump in a watched folder is read as a whole."),
            say("watch", "Open it alone, or write fewer rows."),
        )
    yield Progress(0.0)
    assessed = yield from assess(batch.loss, batch)
    return tick_of(assessed, path, entry), batch


def tick_of(assessed: Assessment, path: Path, entry: Entry) -> Tick:
    """The numbers of what was found in a dump."""
    batch, evaluation, rows = assessed.batch, assessed.evaluation, assessed.rows
    refusal = assessed.refusal
    return Tick(
        path=path,
        entry=entry,
        step=batch.step,
        split=batch.split or "",
        rank=rank_of(batch),
        micro=micro_of(batch),
        loss=assessed.loss.name,
        part=part_of(assessed),
        divided=evaluation is not None and evaluation.divisor.name != NOTHING,
        plain=None if evaluation is None else _plain(assessed.loss, batch, evaluation),
        kept=0 if rows is None else int(np.count_nonzero(rows.kept)),
        right=None if rows is None else right_rows(assessed.loss, batch, rows),
        half=0 if rows is None else half_rows(rows),
        gradient_norm=assessed.gradient_norm,
        findings=_counted(assessed),
        reported=batch.reported,
        refusal=None if refusal is None else refusal.problem,
    )


def plain_loss(loss: Loss) -> Loss:
    """The same loss without weights and label smoothing, as a mean; `loss` itself where it is so already."""
    changed: dict[str, Any] = {name: None for name in ("weight", "pos_weight") if getattr(loss, name, None) is not None}
    if getattr(loss, "label_smoothing", 0.0):
        changed["label_smoothing"] = 0.0
    if loss.reduction in ("none", "sum"):
        changed["reduction"] = "batchmean" if loss.family == "distribution" else "mean"
    return replace(loss, **changed) if changed else loss  # type: ignore[type-var] losses are dataclasses


def half_rows(rows: Rows) -> int:
    """The fewest rows whose losses make half of the sum; 0 where the sum is not finite, or there is none."""
    losses = np.sort(rows.loss[rows.kept])[::-1]
    with np.errstate(invalid="ignore", over="ignore"):
        sums = np.cumsum(losses)
    if not sums.size or not np.isfinite(sums[-1]) or sums[-1] <= 0:
        return 0
    return int(np.argmax(sums >= sums[-1] / 2)) + 1


def right_rows(loss: Loss, batch: Batch, rows: Rows) -> int | None:
    """How many of the kept rows have their own class as the likeliest; None where there are no classes."""
    input, target = batch.input, batch.target
    if target is None or not input.ndim:
        return None
    if loss.family == "multi-class":
        axis = class_axis(input)
        own = target if has_class_indices(batch) else target.argmax(axis=axis)
        is_right = input.argmax(axis=axis) == own
    elif loss.family == "binary":
        is_right = (input > (0.5 if loss.name == "BCELoss" else 0.0)) == (target > 0.5)
    else:
        return None
    return int(np.count_nonzero(is_right.ravel() & rows.kept))


def _plain(loss: Loss, batch: Batch, evaluation: Evaluation) -> Plain | None:
    plain = plain_loss(loss)
    if plain is not loss:
        try:
            evaluation = evaluate(plain, batch)
        except InputError:
            return None
    divisor = evaluation.divisor.value
    with np.errstate(invalid="ignore", over="ignore"):
        numerator = float(evaluation.value) * divisor
    return Plain(numerator, divisor, half_rows(rows_of(plain, batch, evaluation)))


def _counted(assessed: Assessment) -> tuple[int, int, int]:
    severities = [finding.severity for finding in assessed.findings]
    errors, warnings, hints = (severities.count(severity) for severity in SEVERITIES)
    return errors, warnings, hints
