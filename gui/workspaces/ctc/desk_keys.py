"""The keys of the CTC page, wherever on it the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

Kind = Literal["mode", "frame", "move", "play", "steps", "predict", "draw", "weak", "jump", "find"]
MODES = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2, Qt.Key.Key_4: 3, Qt.Key.Key_5: 4}
# Shift+comma and Shift+full stop are < and > on many keyboards.
BY_TEN = {Qt.Key.Key_Less: -10, Qt.Key.Key_Greater: 10}
MOVES = {Qt.Key.Key_Home: 0, Qt.Key.Key_Comma: 1, Qt.Key.Key_Period: 2, Qt.Key.Key_End: 3}


def move_of(event: QKeyEvent) -> tuple[Kind, int] | None:
    """What a key asks for, and how much of it; None for a key that is not the page's."""
    key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    if key in MODES:
        return "mode", MODES[key]
    if key in BY_TEN or (shift and key in (Qt.Key.Key_Comma, Qt.Key.Key_Period)):
        return "frame", BY_TEN.get(key, -10 if key == Qt.Key.Key_Comma else 10)
    if key in MOVES:
        return "move", MOVES[key]
    if key == Qt.Key.Key_Space:
        return "play", 1
    if key == Qt.Key.Key_F10:
        return "steps", -1 if shift else 1
    return _reading_of(key, shift)


def _reading_of(key: Qt.Key, shift: bool) -> tuple[Kind, int] | None:
    """P draws an alignment, N goes to the next weak segment; with Shift they take it back, or go to the one before."""
    sign = -1 if shift else 1
    kinds: dict[Qt.Key, tuple[Kind, int]] = {
        Qt.Key.Key_Question: ("predict", 1),
        Qt.Key.Key_P: ("draw", sign),
        Qt.Key.Key_N: ("weak", sign),
        Qt.Key.Key_J: ("jump", 1),
        Qt.Key.Key_Slash: ("find", 1),
    }
    return kinds.get(key)
