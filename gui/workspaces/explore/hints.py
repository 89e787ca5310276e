"""What the status bar says while the mouse is over nothing in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.text import Text, say

if TYPE_CHECKING:
    from gui.workspaces.explore.state import Tab

HINTS: dict[Tab, Text] = {
    "curve": say("explore", "Drag the probe or the target · ← → nudge, Shift ×10 · P pin"),
    "surface": say("explore", "Drag the point: prediction and target at once"),
    "bars": say("explore", "Drag a logit · 0–9 choose a class · T set target"),
    "simplex": say("explore", "Drag the point or the target · 0–2 choose the target · F flow"),
    "frame": say("explore", "Drag the playhead · , . frame by frame · Home End"),
}
