"""Finding a loss by its name, its family, or the name of a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.params import specs
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.losses import Loss

FAMILIES: dict[str, Text] = {
    "regression": say("kit", "Regression"),
    "multi-class": say("kit", "Classes"),
    "binary": say("kit", "Binary"),
    "distribution": say("kit", "Distributions"),
    "sequence": say("kit", "Sequences"),
}


@final
@dataclass(frozen=True, slots=True)
class LossEntry:
    """What the selector knows of a loss."""

    name: str
    family: str
    parameters: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Match:
    """An entry that was found, and the parameters by which (none if by its name or family)."""

    entry: LossEntry
    parameters: tuple[str, ...] = ()


def entries_of(losses: Mapping[str, type[Loss]]) -> tuple[LossEntry, ...]:
    """The entries of a registry of losses, in its order."""
    return tuple(
        LossEntry(name, loss.family, tuple(spec.name for spec in specs(loss))) for name, loss in losses.items()
    )


def search(entries: tuple[LossEntry, ...], query: str, family_words: Mapping[str, str]) -> tuple[Match, ...]:
    """The entries that hold every word of the query, names that begin with it first, then by family."""
    words = query.lower().split()
    found = [match for entry in entries if (match := _match(entry, words, family_words.get(entry.family, "")))]
    families = list(dict.fromkeys(entry.family for entry in entries))

    def rank(match: Match) -> tuple[bool, bool, int]:
        starts = match.entry.name.lower().startswith(query.lower().strip())
        return bool(match.parameters), not starts, families.index(match.entry.family)

    return tuple(sorted(found, key=rank))


def _match(entry: LossEntry, words: list[str], family: str) -> Match | None:
    own = f"{entry.name} {entry.family} {family}".lower()
    by_parameter = [word for word in words if word not in own]
    hits = tuple(name for name in entry.parameters if any(word in name for word in by_parameter))
    if any(not any(word in name for name in entry.parameters) for word in by_parameter):
        return None
    return Match(entry, hits)
