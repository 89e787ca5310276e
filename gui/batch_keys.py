"""The keys of the Batch page, wherever on it the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

Act = Literal["pin problem", "sort", "drop", "only", "pin row", "weights", "finding", "finding before", "copy", "code"]
PLAIN: dict[Qt.Key, Act] = {
    Qt.Key.Key_A: "pin problem",
    Qt.Key.Key_S: "sort",
    Qt.Key.Key_X: "drop",
    Qt.Key.Key_O: "only",
    Qt.Key.Key_P: "pin row",
    Qt.Key.Key_W: "weights",
    Qt.Key.Key_F8: "finding",
}
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def act_of(event: QKeyEvent) -> Act | None:
    """What a key asks for; None for a key that is not the page's."""
    key = Qt.Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == CONTROL and key == Qt.Key.Key_C:
        return "copy"
    if held == CONTROL | SHIFT and key == Qt.Key.Key_C:
        return "code"
    if held == SHIFT and key == Qt.Key.Key_F8:
        return "finding before"
    return PLAIN.get(key) if held == Qt.KeyboardModifier.NoModifier else None
