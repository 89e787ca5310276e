"""One item of a diagnosis, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.explain.note import Severity
    from core.text import Text

# Error: octagon, warning: triangle, hint: circle, ok: tick; the shape differs, not only the colour.
ICONS = {"error": "error", "warning": "warn", "hint": "info", "ok": "check"}
ROLES = {"error": "err", "warning": "warn", "hint": "accent", "ok": "ok"}


@final
@dataclass(frozen=True, eq=False, slots=True)
class Notice:
    """A claim and its evidence.

    Attributes:
        title: a few words; message: one line of evidence, with numbers; fix: what would mend it.
        rows: the rows of the batch that it is about, as links; names: how each is called, if not by its number.
    """

    severity: Severity
    title: Text
    message: Text
    fix: Text | None = None
    rows: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


def in_order(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """The most severe first, else as given."""
    return tuple(sorted(notices, key=lambda notice: list(ICONS).index(notice.severity)))
