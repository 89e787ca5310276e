"""The names of classes as they are written on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.ctc.sequence import Sequence
    from gui.kit.frame_figures import SymbolRole

BLANK, SPACE = "ε", "␣"
SIGNS = {"<wb>": "|", "<space>": SPACE}


def written(sequence: Sequence, cls: int) -> str:
    """A class by its name; blank and space have signs of their own."""
    if cls == sequence.blank:
        return BLANK
    name = sequence.names[cls]
    return SPACE if name.isspace() else SIGNS.get(name, name) or str(cls)


def role(sequence: Sequence, cls: int) -> SymbolRole:
    """What a class is in this sequence."""
    if cls == sequence.blank:
        return "blank"
    return "target" if bool((sequence.labels == cls).any()) else "other"
