"""What dragging or typing a number of the formula strip does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.app_edits import set_param
from gui.frame.fields import edit_of

if TYPE_CHECKING:
    from gui.edit import Edit
    from gui.state import AppState

PROBE = ("x", "y")


def strip_edit(handle: str, value: float, merge_key: str) -> Edit[AppState]:
    """`handle` is x, y, or the name of a parameter of the loss."""
    if handle in PROBE:
        return edit_of(handle, value, merge_key)
    return set_param(handle, value, merge_key)
