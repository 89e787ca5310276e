"""Formulas written as one line of text, such as `w_{y} x_y^2`, read into trees and back into plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.explain.formula import Frac, Row, Script, Sym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.explain.formula import Node

_TOKEN = re.compile(r"[_^]\{[^{}]*\}|[_^].|[^\W\d_]+|\d[\d.]*|\s+|.")


def formula(source: str) -> Row:
    """The tree of a line: `_` and `^` set the next sign, or what stands in braces, below or above the one before.

    >>> formula("x^2")
    Row(items=(Script(base=Sym(text='x', role='plain'), sub=None, sup=Row(items=(Sym(text='2', role='plain'),))),))
    """
    return Row(tuple(_nodes(source)))


def plain(node: Node) -> str:
    """The line as text, for the clipboard and screen readers.

    >>> plain(formula("w_{y,n} e^{−z}"))
    'w_{y,n} e^{−z}'
    """
    if isinstance(node, Row):
        return "".join(plain(item) for item in node.items)
    if isinstance(node, Frac):
        return f"({plain(node.above)}) / ({plain(node.below)})"
    if isinstance(node, Script):
        return plain(node.base) + _script("_", node.sub) + _script("^", node.sup)
    return node.text


def _script(sign: str, row: Row | None) -> str:
    if row is None:
        return ""
    text = plain(row)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}{{{text}}}"


def _nodes(source: str) -> list[Node]:
    nodes: list[Node] = []
    for token in _tokens(source):
        if token[0] not in "_^":
            nodes.append(Sym(token))
            continue
        before = nodes.pop()
        base = before if isinstance(before, Script) else Script(before)
        row = formula(token[1:].strip("{}"))
        nodes.append(Script(base.base, row, base.sup) if token[0] == "_" else Script(base.base, base.sub, row))
    return nodes


def _tokens(source: str) -> Iterator[str]:
    return (match.group() for match in _TOKEN.finditer(source))
