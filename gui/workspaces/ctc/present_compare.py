"""What the comparison found, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.text import Text, say

if TYPE_CHECKING:
    from gui.workspaces.ctc.compute_compare import CompareResult


@final
@dataclass(frozen=True, eq=False, slots=True)
class CompareModel:
    """What to say of somebody else's alpha.

    Attributes:
        name: of its file; `layout`: how it was read; `role` colours the summary.
        first: the first cell that differs, (frame, row), or None.
    """

    name: str
    summary: Text
    role: str
    layout: Text | None
    first: tuple[int, int] | None
    loss: Text | None


def present(result: CompareResult) -> CompareModel:
    """The comparison in sentences."""
    given, found = result.request.given, result.comparison
    name = "" if given is None else given.name
    if result.refusal is not None:
        refusal = result.refusal
        told = say("ctc", "{problem} {remedy}", problem=refusal.problem, remedy=refusal.remedy)
        return CompareModel(name, told, "err", None, None, result.loss)
    if found is None:
        return CompareModel(name, say("ctc", "No alpha is open."), "text2", None, None, result.loss)
    if found.first is None:
        return CompareModel(name, found.summary, "ok", None, None, result.loss)
    return CompareModel(name, found.summary, "err", found.layout.stated, found.first, result.loss)
