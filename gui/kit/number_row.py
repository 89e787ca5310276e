"""A name and a number, as one row of a small table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class NumberRow:
    """A name, a number as text, the role that colours it, and what the tooltip adds."""

    name: Text
    value: str
    role: str = ""
    tip: Text | None = None
