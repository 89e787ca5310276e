"""Where the parts of the formula strip stand in the width there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from core.explain.formula import Sym
from core.text import say
from gui.kit.formula_layout import AXIS, LETTER_PX, Atom, Box, Run, advance, atoms, face_font, row_box, text_box
from gui.kit.i18n import tr_text

if TYPE_CHECKING:
    from core.explain.formula import Row, Strip

HEIGHT = 48
PADDING = 16
GAP = 24
PILL_PADDING = 8
CAPTION_GAP = 10
MIN_ROOM = 80  # a branch with less room than this is left out
BASE_LINE = HEIGHT / 2 + AXIS * LETTER_PX[0]
TEXT_LINE = HEIGHT / 2 + 4.5

_ELLIPSIS = Sym("…")


@dataclass(frozen=True, slots=True)
class Placed:
    """What the strip paints, in px of the widget.

    Attributes:
        numbers: the runs with a handle, from left to right: what Tab goes through.
        separators: x of the hairlines; `pill`: (x, width) of the branch, or None.
        whole: False if something had to be left out.
    """

    runs: tuple[Run, ...]
    bars: tuple[tuple[float, float, float], ...]
    numbers: tuple[Run, ...]
    separators: tuple[float, ...]
    pill: tuple[float, float] | None
    whole: bool


def place(strip: Strip, width: float) -> Placed:
    """Value, gradient and branch from left to right; what does not fit gives way from the right.

    Within a row the last equals sign and what follows it stay, so that the result is seen for as long as possible.
    """
    boxes: list[Box] = []
    separators: list[float] = []
    x, whole = float(PADDING), True
    for row in filter(None, (strip.value, strip.gradient)):
        room = width - PADDING - x - (GAP * 2 if boxes else 0)
        box, fitted = _fitted(row, room)
        whole = whole and fitted
        if box is None:
            break
        if boxes:
            separators.append(x + GAP)
            x += GAP * 2
        boxes.append(box.moved(x, BASE_LINE))
        x += box.width
    branch = _branch(strip, x, width) if strip.branch and whole else None
    if branch:
        boxes.append(branch[0])
        separators.append(x + GAP)
    runs = tuple(run for box in boxes for run in box.runs)
    numbers = tuple(sorted((run for run in runs if run.num and run.num.handle), key=lambda run: run.x))
    bars = tuple(bar for box in boxes for bar in box.bars)
    return Placed(
        runs,
        bars,
        numbers,
        tuple(separators),
        branch[1] if branch else None,
        whole and bool(branch) == bool(strip.branch),
    )


def _fitted(row: Row, room: float) -> tuple[Box | None, bool]:
    parts = atoms(row)
    box = row_box(parts)
    if box.width <= room:
        return box, True
    relations = [index for index, part in enumerate(parts) if part.kind == "relation"]
    tail = parts[relations[-1] :] if relations else []
    dots = atoms(_ELLIPSIS)
    for count in range(len(parts) - len(tail) - 1, 0, -1):
        box = row_box([*parts[:count], *dots, *tail])
        if box.width <= room:
            return box, False
    return _head(parts, dots, room), False


def _head(parts: list[Atom], dots: list[Atom], room: float) -> Box | None:
    for count in range(len(parts) - 1, 0, -1):
        box = row_box([*parts[:count], *dots])
        if box.width <= room:
            return box
    return None


def _branch(strip: Strip, x: float, width: float) -> tuple[Box, tuple[float, float] | None] | None:
    """A caption and a pill; without a gradient there is no branch but a sentence that says why, without either."""
    assert strip.branch is not None
    left = x + 2 * GAP
    caption = tr_text(say("kit", "active branch")) if strip.gradient else ""
    start = left + advance(caption, "caption", 0) + CAPTION_GAP + PILL_PADDING if caption else left
    room = width - PADDING - start - (PILL_PADDING if caption else 0)
    if room < MIN_ROOM:
        return None
    metrics = QFontMetricsF(face_font("caption", 0))
    words = metrics.elidedText(tr_text(strip.branch), Qt.TextElideMode.ElideRight, room)
    inside = text_box(words, "caption", 0, "accent" if caption else "text2").moved(start, TEXT_LINE)
    if not caption:
        return inside, None
    before = text_box(caption, "caption", 0, "text2").moved(left, TEXT_LINE)
    pill = (start - PILL_PADDING, inside.width + 2 * PILL_PADDING)
    return Box(0, 0, 0, (*before.runs, *inside.runs)), pill
