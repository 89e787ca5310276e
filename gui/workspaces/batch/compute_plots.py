"""What the plots over the table count, each only while it is in front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.jobs import Job, Progress
from gui.workspaces.batch.compute_groups import shares_of

if TYPE_CHECKING:
    from core.pictures.by_class import ClassShares
    from gui.workspaces.batch.compute_sheet import Sheet


@final
@dataclass(frozen=True, slots=True)
class SharesRequest:
    """Two are equal if they ask of the same sheet."""

    sheet: Sheet


@final
@dataclass(frozen=True, eq=False, slots=True)
class Shares:
    """What each class adds."""

    request: SharesRequest
    found: ClassShares


def has_shares(sheet: Sheet) -> bool:
    """Whether the rows are of classes, which can be drawn side by side."""
    return sheet.assessed.rows is not None and sheet.groups is not None and sheet.group_count > 1


def compute_shares(request: SharesRequest) -> Job[Shares]:
    """Add up by class."""
    yield Progress(0.0)
    sheet = request.sheet
    assert sheet.groups is not None
    return Shares(request, shares_of(sheet, sheet.groups, sheet.group_count))
