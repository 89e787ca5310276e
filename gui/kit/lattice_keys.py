"""The keys of the lattice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

LAYERS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2, Qt.Key.Key_4: 3, Qt.Key.Key_5: 4}
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
Toggle = Literal["path", "edges", "absolute", "relative", "zoom"]
TOGGLES: dict[Qt.Key, Toggle] = {
    Qt.Key.Key_B: "path",
    Qt.Key.Key_E: "edges",
    Qt.Key.Key_A: "absolute",
    Qt.Key.Key_V: "relative",
    Qt.Key.Key_Z: "zoom",
}
FRAMES = {Qt.Key.Key_Comma: -1, Qt.Key.Key_Period: 1, Qt.Key.Key_Less: -10, Qt.Key.Key_Greater: 10}
ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: 1}


def is_plain(event: QKeyEvent) -> bool:
    """Whether neither Ctrl nor Alt is held: those keys belong to the window."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return not event.modifiers() & held


def frame_after(event: QKeyEvent, frame: int, frames: int) -> int | None:
    """Where a key takes the playhead; None for a key that does not."""
    key = Qt.Key(event.key())
    if key in ENDS:
        return ENDS[key] * (frames - 1)
    if key not in FRAMES:
        return None
    step = FRAMES[key]
    if abs(step) == 1 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        step *= 10
    return min(max(frame + step, 0), frames - 1)
