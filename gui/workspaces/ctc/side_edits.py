"""What a user does in the side pane and in the view bar: named pure functions from state to state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.params import with_param
from core.text import say
from gui.edit import Edit
from gui.workspaces.ctc.state import CTCState

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.ctc.state import Mode, Truth


def set_mode(mode: Mode) -> Edit[CTCState]:
    """Draw another quantity."""

    def update(state: CTCState) -> CTCState:
        return state if state.mode == mode else replace(state, mode=mode)

    return Edit(say("ctc", "Change what is drawn"), update)


def set_truth(truth: Truth) -> Edit[CTCState]:
    """Another derivative, which the gradient mode draws."""
    return Edit(say("ctc", "Change the gradient"), lambda state: replace(state, truth=truth, mode="gradient"))


def choose_sequence(sequence: int) -> Edit[CTCState]:
    """Another sequence of the batch; what belongs to the old one alone is forgotten."""

    def update(state: CTCState) -> CTCState:
        if state.sequence == sequence:
            return state
        step = None if state.step is None else 0
        return replace(state, sequence=sequence, frame=0, pinned=(), path=None, step=step, guess=None)

    return Edit(say("ctc", "Choose sequence {n}", n=sequence), update)


def set_param(name: str, value: object, merge_key: str | None = None) -> Edit[Problem]:
    """Another parameter of the loss."""

    def update(problem: Problem) -> Problem:
        if getattr(problem.loss, name) == value:
            return problem
        return replace(problem, loss=with_param(problem.loss, name, value))

    return Edit(say("ctc", "Change {name}", name=name), update, merge_key)
