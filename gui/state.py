"""The whole state of the program: one immutable value, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.problem import Problem
from gui.workspaces.batch.state import BatchState
from gui.workspaces.ctc.state import CTCState
from gui.workspaces.explore.state import ExploreState


@dataclass(frozen=True, eq=False, slots=True)
class AppState:
    """The problem that all workspaces look at, and what each of them adds."""

    problem: Problem
    explore: ExploreState = field(default_factory=ExploreState)
    ctc: CTCState = field(default_factory=CTCState)
    batch: BatchState = field(default_factory=BatchState)
