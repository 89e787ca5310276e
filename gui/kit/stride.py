"""How far the arrow keys and a scrub go: Shift ten times as far, Ctrl a tenth."""

from __future__ import annotations

from PySide6.QtCore import Qt

DIRECTIONS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}


def factor(modifiers: Qt.KeyboardModifier) -> float:
    """What the modifier keys multiply a step by."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return 10.0
    return 0.1 if modifiers & Qt.KeyboardModifier.ControlModifier else 1.0
