"""A formula as one line of text, for screen readers and the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from core.explain.formula import Frac, Node, Num, Row, Script, Sym

if TYPE_CHECKING:
    from collections.abc import Iterable

_TIGHT_AFTER = frozenset("([")
_TIGHT_BEFORE = frozenset(")]")


def plain_text(node: Node) -> str:
    """`node` on one line: fractions with a slash, indices with _, exponents with ^."""
    match node:
        case Sym() | Num():
            return node.text
        case Row():
            return _joined(plain_text(item) for item in node.items)
        case Frac():
            return f"({plain_text(node.above)})/({plain_text(node.below)})"
        case Script():
            sub = f"_{plain_text(node.sub)}" if node.sub else ""
            sup = f"^{plain_text(node.sup)}" if node.sup else ""
            return f"{plain_text(node.base)}{sub}{sup}"
    assert_never(node)


def _joined(parts: Iterable[str]) -> str:
    """The parts with spaces, but none inside brackets."""
    line = ""
    for part in parts:
        tight = not line or line[-1] in _TIGHT_AFTER or part[:1] in _TIGHT_BEFORE
        line += part if tight else f" {part}"
    return line
