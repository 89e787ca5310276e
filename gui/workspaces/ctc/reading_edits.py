"""What a user reads beside the lattice: sampled alignments, another alpha, a descent; pure functions of the state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import InputError
from core.text import say
from gui.edit import Edit
from gui.workspaces.ctc import toy_edits

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from gui.workspaces.ctc.state import CTCState, GivenAlpha

MOST_SAMPLED = 20
LEARNING_FRAMES = 20


def draw_path() -> Edit[CTCState]:
    """Show one alignment more, drawn from the posterior."""

    def update(state: CTCState) -> CTCState:
        return replace(state, sampled=min(state.sampled + 1, MOST_SAMPLED))

    return Edit(say("ctc", "Draw an alignment"), update)


def clear_paths() -> Edit[CTCState]:
    """Show none of the alignments drawn."""

    def update(state: CTCState) -> CTCState:
        return replace(state, sampled=0) if state.sampled else state

    return Edit(say("ctc", "Clear the alignments drawn"), update)


def compare_with(given: GivenAlpha) -> Edit[CTCState]:
    """Hold an alpha against the lattice."""
    return Edit(say("ctc", "Compare with {name}", name=given.name), lambda state: replace(state, given=given))


def compare_loss(text: str) -> Edit[CTCState]:
    """Hold a loss against the exact one; an empty text ends that."""

    def update(state: CTCState) -> CTCState:
        loss = _number(text) if text.strip() else None
        return state if state.given_loss == loss else replace(state, given_loss=loss)

    return Edit(say("ctc", "Compare a loss"), update)


def compare_no_more() -> Edit[CTCState]:
    """Let the other alpha go."""

    def update(state: CTCState) -> CTCState:
        return replace(state, given=None) if state.given is not None else state

    return Edit(say("ctc", "End the comparison"), update)


def _number(text: str) -> float:
    try:
        return float(text.strip().replace("\N{MINUS SIGN}", "-"))
    except ValueError as error:
        raise InputError(
            "loss", say("ctc", "“{text}” is no number.", text=text), say("ctc", "Type the loss of this sequence.")
        ) from error


def show_descent(step: int, merge_key: str | None = None) -> Edit[CTCState]:
    """Show the toy after so many steps of descent."""

    def update(state: CTCState) -> CTCState:
        return state if state.learning == step else replace(state, learning=step)

    return Edit(say("ctc", "Step {step} of the descent", step=step), update, merge_key)


def learn_from_equal() -> Edit[CTCState]:
    """The descent from equal emissions, over frames enough to show it: in few frames the blank has no room."""

    def update(state: CTCState) -> CTCState:
        opened = toy_edits.open_preset("uniform").update(state)
        frames = max(len(toy_edits.toy_of(opened).logits), LEARNING_FRAMES)
        return replace(toy_edits.set_frames(frames).update(opened), learning=0)

    return Edit(say("ctc", "Learn from equal emissions"), update)


def end_descent() -> Edit[CTCState]:
    """Show the toy as it is."""

    def update(state: CTCState) -> CTCState:
        return state if state.learning is None else replace(state, learning=None)

    return Edit(say("ctc", "Leave the descent"), update)


def keep_descended(logits: FloatArray) -> Edit[CTCState]:
    """Let what was learned be the toy."""

    def update(state: CTCState) -> CTCState:
        return replace(state, toy=replace(toy_edits.toy_of(state), logits=logits, preset=""), learning=None)

    return Edit(say("ctc", "Keep what was learned"), update)
