"""What a user does, as data: a named pure function from state to state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.text import Text

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Edit(Generic[S]):
    """A change to the state.

    Attributes:
        label: the words in the Undo menu ("Change beta").
        update: pure; may raise InputError, then nothing changes.
        merge_key: edits of one drag or of one number being typed share it and make one undo step.
    """

    label: Text
    update: Callable[[S], S]
    merge_key: str | None = None
