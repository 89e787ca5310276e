"""What the columns of a table are: a guess by their names and values, said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, final

from core.text import Text, say

Role = Literal["input", "target", "id", "none"]
ROLES: tuple[Role, ...] = ("input", "target", "id", "none")
TARGETS = re.compile(
    r"(target|label|class|truth|ground_truth|y_true|true|gold|y)s?([_ .-]?(\d+|id|name|index))?$", re.IGNORECASE
)
IDS = re.compile(
    r"((\w+[_ .-])?(id|ids|index|idx|name|file|filename|path|uuid|key)|sample|row|unnamed: \d+|)$", re.IGNORECASE
)
DERIVED = re.compile(r"(loss|pred|predicted|prediction|argmax|correct|error|weight|step|epoch|split)$", re.IGNORECASE)
SHOWN = 4  # names in a sentence


@final
@dataclass(frozen=True, slots=True)
class Columns:
    """A role for each column.

    Attributes:
        names: as the header has them, or column 1, 2, … without one.
    """

    names: tuple[str, ...]
    roles: tuple[Role, ...]

    def of(self, role: Role) -> tuple[int, ...]:
        """The places of the columns with this role."""
        return tuple(place for place, own in enumerate(self.roles) if own == role)

    @property
    def sentence(self) -> Text:
        """What is read as what."""
        left = self.of("none")
        values = {
            "input": self._listed("input"),
            "target": self._listed("target"),
            "ids": self._listed("id"),
            "left": self._listed("none"),
        }
        if self.of("id") and left:
            return say("files", "Read as input: {input}; target: {target}; ids: {ids}; left out: {left}.", **values)
        if self.of("id"):
            return say("files", "Read as input: {input}; target: {target}; ids: {ids}.", **values)
        if left:
            return say("files", "Read as input: {input}; target: {target}; left out: {left}.", **values)
        return say("files", "Read as input: {input}; target: {target}.", **values)

    def _listed(self, role: Role) -> str:
        names = [self.names[place] for place in self.of(role)]
        if len(names) > SHOWN:
            return f"{names[0]} … {names[-1]} ({len(names)})"
        return ", ".join(names) or "–"


def guess_columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The target by its name, else the last column of whole numbers or words, else the last; numbers are the input."""
    count = len(names)
    numeric = [all(_is_number(row[place]) for row in rows) for place in range(count)]
    named: list[Role] = [_by_name(name) for name in names]
    targets = [place for place in range(count) if named[place] == "target"]
    if not targets:
        free = [place for place in range(count) if named[place] == "input"]
        whole = [place for place in free if not numeric[place] or all(_is_whole(row[place]) for row in rows)]
        targets = (whole or free)[-1:] if len(free) > 1 else []
    roles: list[Role] = []
    for place in range(count):
        if place in targets:
            roles.append("target")
        elif named[place] in ("id", "none") or numeric[place]:
            roles.append("input" if named[place] == "target" else named[place])
        else:
            roles.append("none")
    return Columns(tuple(names), tuple(roles))


def problem_of(columns: Columns) -> Text | None:
    """Why no batch can be made of them; None if one can."""
    if not columns.of("input"):
        return say("files", "Choose at least one column as the input.")
    if len(columns.of("id")) > 1:
        return say("files", "Choose one column of ids at most.")
    return None


def _by_name(name: str) -> Role:
    word = name.strip()
    if TARGETS.match(word):
        return "target"
    if IDS.match(word):
        return "id"
    return "none" if DERIVED.match(word) else "input"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _is_whole(cell: str) -> bool:
    return _is_number(cell) and float(cell).is_integer()
