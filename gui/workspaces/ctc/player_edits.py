"""What a user does to the playhead and to the step-through: named pure functions from state to state."""

from __future__ import annotations

from dataclasses import replace

from core.text import say
from gui.edit import Edit
from gui.workspaces.ctc.state import CTCState, Mode

TOLERANCE = 0.05  # how far a guess may lie from the value


def go_to_frame(frame: int, frames: int, merge_key: str | None = None) -> Edit[CTCState]:
    """Put the playhead on a frame."""
    inside = min(max(frame, 0), max(frames - 1, 0))

    def update(state: CTCState) -> CTCState:
        return state if state.frame == inside else replace(state, frame=inside)

    return Edit(say("ctc", "Move the playhead"), update, merge_key)


def begin() -> Edit[CTCState]:
    """Start the step-through at its first step."""
    return Edit(say("ctc", "Step through"), lambda state: replace(state, step=0, guess=None, frame=0, mode="alpha"))


def leave() -> Edit[CTCState]:
    """Show everything again."""
    return Edit(say("ctc", "Leave the step-through"), lambda state: replace(state, step=None, guess=None))


def go_to_step(step: int, place: tuple[Mode, int | None], merge_key: str | None = None) -> Edit[CTCState]:
    """Go to a step: what it computes is drawn, and the playhead goes to the frame that it computes, if it does one."""
    mode, frame = place

    def update(state: CTCState) -> CTCState:
        if state.step == step:
            return state
        frame_now = state.frame if frame is None else frame
        return replace(state, step=step, guess=None, mode=mode, frame=frame_now)

    return Edit(say("ctc", "Go to step {step}", step=step + 1), update, merge_key)


def set_by_cell(by_cell: bool, step: int) -> Edit[CTCState]:
    """Cell by cell or column by column, on from `step` of the new count."""
    return Edit(
        say("ctc", "Step cell by cell") if by_cell else say("ctc", "Step column by column"),
        lambda state: replace(state, by_cell=by_cell, step=step, guess=None),
    )


def set_predict(predict: bool, step: int | None = None) -> Edit[CTCState]:
    """Hide each value until a guess is made, or show them. A `step` is given to go on cell by cell from there."""

    def update(state: CTCState) -> CTCState:
        if predict and step is not None and not state.by_cell:
            return replace(state, predict=True, guess=None, by_cell=True, step=step)
        return replace(state, predict=predict, guess=None)

    return Edit(say("ctc", "Predict, then reveal"), update)


def guess(value: float) -> Edit[CTCState]:
    """Commit a guess; the value is shown from now on."""
    return Edit(say("ctc", "Guess {value}", value=f"{value:g}"), lambda state: replace(state, guess=value))


def is_right(guess: float, truth: float) -> bool:
    """Whether a guess is accepted; an infinite value must be guessed as such."""
    return guess == truth or abs(guess - truth) <= TOLERANCE
