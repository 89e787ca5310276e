"""Everything that is said of a batch under a loss: its value, its rows, its findings."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.arrays import l2_norm
from core.doctor import examine
from core.errors import InputError
from core.jobs import Job, Progress
from core.problem import evaluate
from core.rows import Rows, rows_of

if TYPE_CHECKING:
    from core.batch import Batch
    from core.doctor import Finding
    from core.losses import Evaluation, Loss


@dataclass(frozen=True, eq=False, slots=True)
class Assessment:
    """What a loss makes of a batch.

    Attributes:
        evaluation: None if the loss refuses the batch; `refusal` then says why.
        gradient_norm: the l2 norm of the whole gradient, nan if there is none.
        seconds: the time that the evaluation took.
    """

    batch: Batch
    loss: Loss
    evaluation: Evaluation | None
    refusal: InputError | None
    rows: Rows | None
    gradient_norm: float
    seconds: float
    findings: tuple[Finding, ...]


def assess(loss: Loss, batch: Batch) -> Job[Assessment]:
    """Evaluate, sort and examine a batch; stops between these."""
    started = time.perf_counter()
    evaluation, refusal = _evaluated(loss, batch)
    norm = _norm(evaluation)
    seconds = time.perf_counter() - started
    yield Progress(0.5)
    rows = None if evaluation is None else rows_of(loss, batch, evaluation)
    yield Progress(0.8)
    return Assessment(batch, loss, evaluation, refusal, rows, norm, seconds, examine(batch, loss, evaluation, refusal))


def _evaluated(loss: Loss, batch: Batch) -> tuple[Evaluation | None, InputError | None]:
    try:
        return evaluate(loss, batch), None
    except InputError as error:
        return None, error


def _norm(evaluation: Evaluation | None) -> float:
    return float("nan") if evaluation is None else l2_norm(evaluation.grad)
