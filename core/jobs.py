"""Long work as generators: each yield tells progress and is a place to stop."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, from 0 to 1."""

    fraction: float


Job = Generator[Progress, None, R]


def finish(job: Job[R]) -> R:
    """Run a job straight through, for tests and the command line."""
    while True:
        try:
            next(job)
        except StopIteration as stop:
            return stop.value
