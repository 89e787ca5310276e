"""What a user does to the path in the collapse strip: named pure functions from state to state."""

from __future__ import annotations

from dataclasses import replace

from core.text import say
from gui.edit import Edit
from gui.workspaces.ctc.state import CTCState


def set_symbol(path: tuple[int, ...], frame: int, cls: int, merge_key: str | None = None) -> Edit[CTCState]:
    """Let the path, so far `path`, emit another class in a frame."""

    def update(state: CTCState) -> CTCState:
        before = state.path if state.path is not None and len(state.path) == len(path) else path
        if not 0 <= frame < len(before) or (state.path is not None and before[frame] == cls):
            return state
        return replace(state, path=(*before[:frame], cls, *before[frame + 1 :]))

    return Edit(say("ctc", "Change the path in frame {frame}", frame=frame), update, merge_key)


def start_from(path: tuple[int, ...]) -> Edit[CTCState]:
    """Begin with another path."""
    return Edit(say("ctc", "Start from another path"), lambda state: replace(state, path=path))


def show_best() -> Edit[CTCState]:
    """Follow the best path again."""

    def update(state: CTCState) -> CTCState:
        return state if state.path is None else replace(state, path=None)

    return Edit(say("ctc", "Show the best path"), update)
