"""Writing a file so that it is whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Write `text` as UTF-8 under a passing name beside `path`, then rename it; OSError leaves `path` as it was."""
    goal = Path(os.path.realpath(path))  # a link is followed, not replaced
    passing = goal.with_name(f".{goal.name}.{os.getpid()}.part")
    try:
        with passing.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(goal)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
