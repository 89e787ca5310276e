"""One bar of a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, eq=False, slots=True)
class ShareBar:
    """A symbol with its probability, and the share of all alignments that emit it here.

    Attributes:
        role: blank, target or other.
    """

    name: str
    share: float
    posterior: float
    role: str
