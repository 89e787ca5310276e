"""A: what the pinned problem gave, beside what is shown now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.errors import InputError
from core.jobs import Job, Progress
from core.problem import Problem, evaluate
from core.rows import rows_of

if TYPE_CHECKING:
    from core.arrays import FloatArray


@final
@dataclass(frozen=True, eq=False, slots=True)
class Pinned:
    """The pinned problem's value, nan where it has no single one, and what each row gave; None if it was refused."""

    problem: Problem
    value: float
    terms: FloatArray | None


def compute(problem: Problem) -> Job[Pinned]:
    """Evaluate the problem as it was pinned."""
    yield Progress(0.0)
    batch = problem.batch
    assert batch is not None
    try:
        evaluation = evaluate(problem.loss, batch)
    except InputError:
        return Pinned(problem, float("nan"), None)
    yield Progress(0.7)
    value = float(evaluation.value) if evaluation.value.ndim == 0 else float("nan")
    return Pinned(problem, value, rows_of(problem.loss, batch, evaluation).loss)
