"""A cell of the lattice explained: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text


@final
@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of the card.

    Attributes:
        sign: an arrow for a move, ⊕, + or =.
        place: where a move comes from or goes to: "s=3 a".
        share: of what all moves bring together.
        reason: why a move brings nothing, or None; `refused`: whether the rules forbid it.
    """

    sign: str
    name: Text
    place: str
    value: str
    share: str = ""
    reason: Text | None = None
    refused: bool = False
    is_result: bool = False


@final
@dataclass(frozen=True, eq=False, slots=True)
class NodeCard:
    """A cell explained.

    Attributes:
        title, symbol, caption: "α(5, 3)", "a", "frame 5".
        moves: what flows in (or out); sums: what is made of it; checks: sentences under both.
        sources: rows, in the frame `source_step` further, that flow into the cell; refused: the one that may not.
        spoken: the whole for a screen reader.
    """

    frame: int
    row: int
    title: str
    symbol: str
    caption: Text
    moves: tuple[CardLine, ...]
    sums: tuple[CardLine, ...]
    checks: tuple[Text, ...]
    sources: tuple[int, ...]
    refused: int | None
    source_step: int
    spoken: Text
