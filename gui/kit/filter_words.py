"""Completion of the last word of a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

LAST_WORD = re.compile(r"[A-Za-z_]\w*\Z")


@final
class WordCompleter(QCompleter):
    """Proposes names that begin as the word before the end of the line does, and leaves the rest of the line."""

    def __init__(self, names: QAbstractItemModel, line: QLineEdit) -> None:
        super().__init__(names, line)
        self._line = line
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def splitPath(self, path: str) -> list[str]:
        found = LAST_WORD.search(path)
        # No name begins with a space: nothing is proposed where no word has been begun.
        return [found.group() if found else " "]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return LAST_WORD.sub("", self._line.text()) + super().pathFromIndex(index)
