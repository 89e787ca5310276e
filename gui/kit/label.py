"""Labels in the fonts and colours of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from gui.kit.theme import font

if TYPE_CHECKING:
    from gui.kit.theme import FontRole


def label(face: FontRole, role: str = "", words: str = "", *, wrap: bool = False) -> QLabel:
    """A label whose text takes the colour of `role` (see style_sheet) and follows the theme."""
    made = QLabel(words)
    made.setFont(font(face))
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made
