"""Where the letters, numbers and fraction bars of a formula stand. Measured once, painted often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from PySide6.QtGui import QFont, QFontMetricsF

from core.explain.formula import Frac, Node, Num, Row, Script, Sym
from gui.kit.theme import font

# px of letters and of numbers: in the line, in a fraction, in a script.
LETTER_PX = (16.5, 13.5, 11.0)
NUMBER_PX = (13.0, 12.0, 11.0)
AXIS = 0.25  # of the letters' size: how high above the base line fraction bars lie
ASCENT, DESCENT = 0.72, 0.22
BAR_GAP = 3.0

Face = Literal["italic", "upright", "number", "caption", "body"]
Kind = Literal["word", "letter", "number", "relation", "binary", "open", "close", "comma", "block"]

_TOKEN = re.compile(r"[A-Za-z_0-9.]{2,}|\S")
_KINDS: dict[str, Kind] = {
    **dict.fromkeys("=<>≤≥≠≈→∈", "relation"),
    **dict.fromkeys("+−-·×⊕÷", "binary"),
    **dict.fromkeys("([{|", "open"),
    **dict.fromkeys(")]}", "close"),
    **dict.fromkeys(",;", "comma"),
}
_OPERANDS = ("letter", "number", "close", "block")


@dataclass(frozen=True, slots=True)
class Run:
    """A text with one font and one colour; (x, y) is where its base line begins. `num` if it is a number."""

    x: float
    y: float
    width: float
    text: str
    face: Face
    level: int
    role: str
    num: Num | None = None

    def moved(self, dx: float, dy: float) -> Run:
        """The same, elsewhere. Written out: dataclasses.replace is slow, and this runs every frame."""
        return Run(self.x + dx, self.y + dy, self.width, self.text, self.face, self.level, self.role, self.num)


@dataclass(frozen=True, slots=True)
class Box:
    """Runs and bars laid out from x = 0 about the base line y = 0; `bars` are (x, y, width)."""

    width: float
    ascent: float
    descent: float
    runs: tuple[Run, ...] = ()
    bars: tuple[tuple[float, float, float], ...] = ()

    def moved(self, dx: float, dy: float) -> Box:
        """The same, elsewhere; its width and extents are those about its own origin."""
        runs = tuple(run.moved(dx, dy) for run in self.runs)
        bars = tuple((x + dx, y + dy, width) for x, y, width in self.bars)
        return Box(self.width, self.ascent, self.descent, runs, bars)


@dataclass(frozen=True, slots=True)
class Atom:
    """A box and how it stands to its neighbours."""

    kind: Kind
    box: Box


@cache
def face_font(face: Face, level: int) -> QFont:
    """The font of a run."""
    if face in ("caption", "body"):
        return font("label" if face == "caption" else "body")
    letters = face != "number"
    base = font("math" if letters else "body-strong")
    made = QFont(base)
    made.setPointSizeF((LETTER_PX if letters else NUMBER_PX)[level] * 72 / 96)
    made.setItalic(face == "italic")
    return made


@lru_cache(maxsize=4096)
def advance(text: str, face: Face, level: int) -> float:
    """The width of a run in px."""
    return QFontMetricsF(face_font(face, level)).horizontalAdvance(text)


def atoms(node: Node, level: int = 0) -> list[Atom]:
    """The parts of a node that stand side by side."""
    if isinstance(node, Row):
        return [atom for item in node.items for atom in atoms(item, level)]
    if isinstance(node, Sym):
        return [_symbol(token, node.role, level) for token in _TOKEN.findall(node.text)]
    if isinstance(node, Num):
        return [Atom("number", text_box(node.text, "number", level, number_role(node), node))]
    if isinstance(node, Frac):
        return [Atom("block", _fraction(node, level))]
    return [_script(node, level)]


def row_box(parts: list[Atom], level: int = 0) -> Box:
    """Parts side by side, spaced as their kinds ask."""
    parts = _paired(parts)
    placed: list[Box] = []
    x = 0.0
    for index, part in enumerate(parts):
        x += space_before(parts, index, level)
        placed.append(part.box.moved(x, 0))
        x += part.box.width
    return Box(
        x,
        max((box.ascent for box in placed), default=0.0),
        max((box.descent for box in placed), default=0.0),
        tuple(run for box in placed for run in box.runs),
        tuple(bar for box in placed for bar in box.bars),
    )


def space_before(parts: list[Atom], index: int, level: int = 0) -> float:
    """The gap in px left of a part: wide about relations, none after an opening bracket or a unary minus."""
    if index == 0:
        return 0.0
    here, before = parts[index].kind, parts[index - 1].kind
    em = LETTER_PX[level] * (0.4 if level == 2 else 1.0)  # scripts are set tight
    if "relation" in (here, before):
        return 0.3 * em
    if here == "binary":
        return 0.22 * em if before in _OPERANDS else 0.0
    if before == "binary":
        return 0.22 * em if index > 1 and parts[index - 2].kind in _OPERANDS else 0.02 * em
    if before == "comma" or "word" in (here, before):
        return (
            0.0 if here in ("close", "comma") or before == "open" or (before, here) == ("word", "open") else 0.22 * em
        )
    return 0.1 * em if "block" in (here, before) or (before, here) == ("number", "number") else 0.02 * em


def text_box(text: str, face: Face, level: int, role: str, num: Num | None = None) -> Box:
    """One run as a box."""
    px = (NUMBER_PX if face == "number" else LETTER_PX)[level]
    width = advance(text, face, level)
    return Box(width, ASCENT * px, DESCENT * px, (Run(0, 0, width, text, face, level, role, num),))


def number_role(num: Num) -> str:
    """The colour of a number: that of errors where it is not finite."""
    return num.role if num.value - num.value == 0 else "err"


def _paired(parts: list[Atom]) -> list[Atom]:
    """Every second upright bar closes what the one before it opened."""
    bars = [index for index, part in enumerate(parts) if part.kind == "open" and part.box.runs[0].text == "|"]
    closing = set(bars[1::2])
    return [Atom("close", part.box) if index in closing else part for index, part in enumerate(parts)]


def _symbol(token: str, role: str, level: int) -> Atom:
    kind = _KINDS.get(token, "word" if len(token) > 1 else "letter")
    # Single letters are variables; capital Greek letters and signs stand upright.
    italic = len(token) == 1 and token.isalpha() and not "Α" <= token <= "Ω"
    return Atom(kind, text_box(token, "italic" if italic else "upright", level, role))


def _fraction(node: Frac, level: int) -> Box:
    inner = min(level + 1, 2)
    above, below = (row_box(atoms(row, inner), inner) for row in (node.above, node.below))
    width = max(above.width, below.width) + 4
    axis = AXIS * LETTER_PX[level]
    up = axis + BAR_GAP + above.descent
    down = BAR_GAP + 1 + below.ascent - axis
    top = above.moved((width - above.width) / 2, -up)
    bottom = below.moved((width - below.width) / 2, down)
    bars = (*top.bars, *bottom.bars, (0.0, -axis, width))
    return Box(width, up + above.ascent, down + below.descent, (*top.runs, *bottom.runs), bars)


def _script(node: Script, level: int) -> Atom:
    inside = atoms(node.base, level)
    base = row_box(inside, level)
    px = LETTER_PX[level]
    boxes = [base]
    if node.sub:
        boxes.append(row_box(atoms(node.sub, 2), 2).moved(base.width + 0.5, 0.2 * px))
    if node.sup:
        boxes.append(row_box(atoms(node.sup, 2), 2).moved(base.width + 0.5, -0.38 * px))
    width = base.width + 0.5 + max((box.width for box in boxes[1:]), default=0.0)
    box = Box(
        width,
        base.ascent + (0.25 * px if node.sup else 0),
        base.descent + (0.15 * px if node.sub else 0),
        tuple(run for box in boxes for run in box.runs),
        tuple(bar for box in boxes for bar in box.bars),
    )
    kind = inside[0].kind if len(inside) == 1 and inside[0].kind != "open" else "letter"
    return Atom(kind, box)
