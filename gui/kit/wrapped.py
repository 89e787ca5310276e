"""A sentence broken into lines of a given width."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout

from gui.kit.theme import font

if TYPE_CHECKING:
    from gui.kit.theme import FontRole


@lru_cache(maxsize=512)
def wrapped(words: str, face: FontRole, width: int, most: int) -> tuple[str, ...]:
    """At most `most` lines; the last one is elided if more would be needed."""
    layout = QTextLayout(words, font(face))
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(words)]
    lines = [words[a:b].strip() for a, b in zip(starts, ends, strict=True)]
    if len(lines) > most:
        rest = words[starts[most - 1] :]
        last = QFontMetricsF(font(face)).elidedText(rest, Qt.TextElideMode.ElideRight, width)
        lines = [*lines[: most - 1], last]
    return tuple(lines)
