"""The descent from a toy's emissions, and the toy as it is after some of its steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import final

from core.ctc.descent import Descent, descend
from core.ctc.spelling import labels_of_text
from core.jobs import Job
from gui.workspaces.ctc.state import Toy


@final
@dataclass(frozen=True, slots=True)
class LearningRequest:
    """Where the descent starts."""

    toy: Toy


@final
@dataclass(frozen=True, eq=False, slots=True)
class Learned:
    """A descent, and the toy that it started from."""

    toy: Toy
    descent: Descent

    @property
    def steps(self) -> int:
        """How many could be taken."""
        return len(self.descent.losses) - 1


def compute(asked: LearningRequest) -> Job[Learned]:
    """All steps; without an alignment there is none."""
    toy = asked.toy
    descent = yield from descend(toy.logits, labels_of_text(toy.text, toy.alphabet), toy.blank)
    return Learned(toy, descent)


@lru_cache(maxsize=2)
def toy_after(learned: Learned, step: int) -> Toy:
    """The same toy for the same step: requests are told apart by identity."""
    return replace(learned.toy, logits=learned.descent.logits[min(step, learned.steps)], preset="")
