"""Whether a window can be shown; Qt aborts the process where it cannot."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether Qt will find a display, or was told to do without one (QT_QPA_PLATFORM)."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
