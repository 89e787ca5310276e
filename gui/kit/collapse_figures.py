"""What the collapse strip draws: a path frame by frame, and its groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text


@final
@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring frames of one class; end exclusive. `role`: blank, target, or err where it leaves the target."""

    name: str
    start: int
    end: int
    role: str


@final
@dataclass(frozen=True, eq=False, slots=True)
class CollapseFigure:
    """What the strip draws.

    Attributes:
        greedy, path: the symbol of each frame.
        greedy_roles, path_roles: blank, accent, or err where greedy differs from the best path, or the path is illegal.
        groups: the path with repeats merged.
        stop: the first frame of an illegal move, with its `reason`.
        row_names: of the four rows, from top to bottom.
        is_edited: whether the path is the user's own.
    """

    greedy: tuple[str, ...]
    greedy_roles: tuple[str, ...]
    path: tuple[str, ...]
    path_roles: tuple[str, ...]
    groups: tuple[Group, ...]
    stop: int | None
    reason: Text | None
    row_names: tuple[Text, Text, Text, Text]
    is_edited: bool
    name: Text
