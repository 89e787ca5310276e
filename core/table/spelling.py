"""How people spell an expression, in the spelling of Python."""

from __future__ import annotations

import ast
import re
from typing import final

# Strings are kept as they are. & and | bind tighter than a comparison in Python, here they are words.
PIECES = re.compile(r"""("[^"]*"|'[^']*')|(&&?)|(\|\|?)|(−)""")


@final
class Spelling:
    """An expression as Python reads it, with the way back to the places in what was typed."""

    def __init__(self, typed: str) -> None:
        self._places: list[int] = []
        self.text = ""
        end = 0
        for found in PIECES.finditer(typed):
            self._add(typed[end : found.start()], range(end, found.start()))
            words = {1: found.group(), 2: " and ", 3: " or ", 4: "-"}[found.lastindex or 1]
            kept = found.lastindex == 1
            self._add(words, range(*found.span()) if kept else [found.start()] * len(words))
            end = found.end()
        self._add(typed[end:], range(end, len(typed)))
        self._places.append(len(typed))

    def typed_place(self, place: int) -> int:
        """Where a character of `text` was typed."""
        return self._places[min(max(place, 0), len(self._places) - 1)]

    def move_back(self, tree: ast.AST) -> None:
        """Give every node the place where it was typed; Python counts bytes, people count characters."""
        spelled = self.text.encode()
        for node in ast.walk(tree):
            if isinstance(node, ast.expr):
                node.col_offset = self.typed_place(len(spelled[: node.col_offset].decode()))

    def _add(self, words: str, places: range | list[int]) -> None:
        self.text += words
        self._places.extend(places)
