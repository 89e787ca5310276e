"""Where the terms of a ledger and the other numbers stand in the width there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QRectF

from core.explain.formula import Sym
from gui.kit.formula_layout import Box, advance, atoms, row_box
from gui.kit.i18n import tr_text
from gui.kit.plot_text import width_of

if TYPE_CHECKING:
    from gui.kit.ledger_figures import LedgerFigure, Other, Term

HEIGHT = 104
MARGIN, PADDING, GAP = 16.0, 8.0, 6.0
TOP, TERM_HEIGHT = 32.0, 42.0
JOINT = 18.0  # px for the sign between two terms
VALUE_GAP = 7.0
OTHERS_BASELINE = 93.0
OTHER_GAP, TICK = 22.0, 14.0
MORE = 24.0  # px for the dots that stand for what is left out


@final
@dataclass(frozen=True, slots=True)
class PlacedTerm:
    """A term in its rectangle; `index` is its place in the figure."""

    index: int
    rect: QRectF
    symbol: Box


@final
@dataclass(frozen=True, slots=True)
class PlacedOther:
    """A number under the terms: `x` of its words, and their width."""

    other: Other
    x: float
    words: str
    width: float


@final
@dataclass(frozen=True, slots=True)
class LedgerLayout:
    """`dots`: x of the sign that something is left out, for terms and for others."""

    terms: tuple[PlacedTerm, ...]
    others: tuple[PlacedOther, ...]
    dots: tuple[float | None, float | None]


def layout_of(figure: LedgerFigure, width: float, lead: float) -> LedgerLayout:
    """Captions give way first, then the notes from the right, then the first sums; the result always stays.

    `lead` is the width of the words before the other numbers.
    """
    symbols = [row_box(atoms(Sym(term.symbol))) for term in figure.terms]
    kept = _kept(figure.terms, [_least(term, box) for term, box in zip(figure.terms, symbols, strict=True)], width)
    terms, end = _placed(figure.terms, symbols, kept, width)
    others, others_end = _others(figure.others, MARGIN + lead, width - MARGIN)
    dots = None
    if len(kept) < len(figure.terms):
        dots = end if 0 in kept else MARGIN
    return LedgerLayout(tuple(terms), tuple(others), (dots, others_end if len(others) < len(figure.others) else None))


def _least(term: Term, symbol: Box) -> float:
    """The width of a term without its caption."""
    return 2 * PADDING + symbol.width + VALUE_GAP + advance(term.value, "number", 0)


def _before(term: Term) -> float:
    return JOINT + 2 * GAP if term.joint else 0.0


def _kept(terms: tuple[Term, ...], least: list[float], width: float) -> list[int]:
    """The terms for which there is room, however short their captions get."""
    kept = list(range(len(terms)))
    giving_way = [i for i in reversed(kept) if terms[i].joint == "·"]
    giving_way += [i for i in kept if terms[i].joint not in ("·", "=")]
    for index in giving_way:
        if sum(least[i] + _before(terms[i]) for i in kept) + 2 * MARGIN + (MORE * (len(kept) < len(terms))) <= width:
            break
        kept.remove(index)
    return kept


def _placed(
    terms: tuple[Term, ...], symbols: list[Box], kept: list[int], width: float
) -> tuple[list[PlacedTerm], float]:
    least = {i: _least(terms[i], symbols[i]) for i in kept}
    wish = {i: max(2 * PADDING + width_of(tr_text(terms[i].caption), "tick") - least[i], 0.0) for i in kept}
    signs = sum(_before(terms[i]) for i in kept)
    spare = width - 2 * MARGIN - signs - sum(least.values()) - (MORE if len(kept) < len(terms) else 0)
    share = min(max(spare, 0.0) / max(sum(wish.values()), 1e-9), 1.0)
    placed: list[PlacedTerm] = []
    x = MARGIN - PADDING + (0 if 0 in kept else MORE - GAP)
    for i in kept:
        x += _before(terms[i])
        size = least[i] + share * wish[i]
        placed.append(PlacedTerm(i, QRectF(x, TOP, size, TERM_HEIGHT), symbols[i]))
        x += size
    return placed, x + GAP


def _others(others: tuple[Other, ...], start: float, end: float) -> tuple[list[PlacedOther], float]:
    """From left to right, the ticked one first; those without room are left out."""
    placed: list[PlacedOther] = []
    x = start
    for other in sorted(others, key=lambda other: not other.ticked):
        words = tr_text(other.title)
        tick = TICK + 4 if other.ticked else 0.0
        size = width_of(words, "label") + 6 + width_of(other.value, "label-strong")
        if x + tick + size > end - (0 if len(placed) + 1 == len(others) else MORE):
            break
        placed.append(PlacedOther(other, x + tick, words, size))
        x += tick + size + OTHER_GAP
    return placed, x
