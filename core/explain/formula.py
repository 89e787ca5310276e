"""Formulas as trees: symbols and numbers, each number with its role and the handle that changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.text import Text

# What a number means; each role has one hue in the whole program.
Role = Literal["plain", "input", "target", "loss", "grad", "param", "weight"]


@dataclass(frozen=True, slots=True)
class Sym:
    """Letters and signs; single letters are set in italics, words and signs upright."""

    text: str
    role: Role = "plain"


@dataclass(frozen=True, slots=True)
class Num:
    """A number of the present state. `handle` names what a click on it edits (None: derived)."""

    value: float
    text: str
    role: Role = "plain"
    handle: str | None = None


@dataclass(frozen=True, slots=True)
class Frac:
    above: Row
    below: Row


@dataclass(frozen=True, slots=True)
class Script:
    """`base` with an index below or an exponent above."""

    base: Node
    sub: Row | None = None
    sup: Row | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side."""

    items: tuple[Node, ...]


Node = Sym | Num | Frac | Script | Row


@dataclass(frozen=True, slots=True)
class Strip:
    """What the formula strip shows.

    Attributes:
        value: formula = the same with numbers = value.
        gradient: the derivative in the same form.
        branch: which branch of a piecewise loss is active, in words and numbers.
        plain: the whole as one line of text, for screen readers and the clipboard.
    """

    value: Row
    gradient: Row | None
    branch: Text | None
    plain: str
