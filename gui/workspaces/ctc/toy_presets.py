"""Examples to begin with, made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.text import Text, say
from gui.workspaces.ctc.toy_edits import first_toy

if TYPE_CHECKING:
    from gui.workspaces.ctc.state import Toy


@final
@dataclass(frozen=True, slots=True)
class Preset:
    """An example: its name, and one sentence on what it shows."""

    title: Text
    help: Text


PRESETS: dict[str, Preset] = {"cat": Preset(say("ctc", "cat"), say("ctc", "Three letters over twelve frames."))}


def preset(name: str) -> Toy:
    """The toy of that name."""
    assert name in PRESETS
    return first_toy()
