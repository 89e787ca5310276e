"""What stands where there is nothing to draw: a sentence, what would mend it, and a button that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text


@final
@dataclass(frozen=True, eq=False, slots=True)
class EmptyState:
    """Why there is no picture; `button` is None where no single step would give one."""

    sentence: Text
    remedy: Text
    button: Text | None = None
