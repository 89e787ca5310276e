"""Why no alignment fits, and what would do: data, ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text


@final
@dataclass(frozen=True, slots=True)
class NeededFrame:
    """One of the frames that the target needs: a label, or a blank that a repeat forces; `missing` if not given."""

    name: str
    forced: bool
    missing: bool


@final
@dataclass(frozen=True, slots=True)
class Remedy:
    """What would mend it; `button` is None where it takes more than a press."""

    text: Text
    button: Text | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class RefusalFigure:
    """Why no path fits, and what would do.

    Attributes:
        legend: (how a cell is reached, words); see lattice_figures.
        needed: the frames that the target needs, () where they are not the trouble.
    """

    title: Text
    sentence: Text
    remedies_title: Text
    remedies: tuple[Remedy, ...]
    legend: tuple[tuple[int, Text], ...]
    needed_title: Text
    needed: tuple[NeededFrame, ...]
    verdict: Text
    caption: Text
