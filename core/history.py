"""Undo and redo as a history of immutable states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

S = TypeVar("S")
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """A state that was left, and the words for what was then done to it."""

    state: S
    label: str
    merge_key: str | None


@dataclass(frozen=True, slots=True)
class History(Generic[S]):
    """The present state between the ones before and the ones undone; at most `LIMIT` of them are kept."""

    present: S
    past: tuple[Step[S], ...] = ()
    future: tuple[Step[S], ...] = ()

    def push(self, state: S, label: str, merge_key: str | None = None) -> History[S]:
        """Go on to `state`. Equal merge keys in a row make one step: a drag, a number typed digit by digit."""
        merges = merge_key is not None and bool(self.past) and self.past[-1].merge_key == merge_key
        past = self.past if merges else (*self.past, Step(self.present, label, merge_key))[-LIMIT:]
        return History(state, past)

    def seal(self) -> History[S]:
        """End a run of merged steps: the next push starts a step of its own."""
        if not self.past or self.past[-1].merge_key is None:
            return self
        last = self.past[-1]
        return History(self.present, (*self.past[:-1], Step(last.state, last.label, None)), self.future)

    def undo(self) -> History[S]:
        """One step back, which ends a run of merged steps; the same history if there is none."""
        if not self.past:
            return self
        *rest, last = self.past
        return History(last.state, tuple(rest), (Step(self.present, last.label, None), *self.future)).seal()

    def redo(self) -> History[S]:
        """One step forward; the same history if there is none."""
        if not self.future:
            return self
        first, *rest = self.future
        return History(first.state, (*self.past, Step(self.present, first.label, None)), tuple(rest))
