"""Something worth knowing about what is shown: a claim, and its evidence in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

from core.text import Text

Severity = Literal["error", "warning", "hint", "ok"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint", "ok")


@final
@dataclass(frozen=True, eq=False, slots=True)
class Note:
    """A claim in a few words, and one line of evidence."""

    severity: Severity
    title: Text
    message: Text
