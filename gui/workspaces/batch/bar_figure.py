"""What the bar over the Batch workspace says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text
    from gui.workspaces.batch.state import Tab


@final
@dataclass(frozen=True, eq=False, slots=True)
class BarFigure:
    """The pictures there are, and what holds now.

    Attributes:
        tabs: the pictures that this batch has; `tab`: the one in front.
        summary: how large the batch is, and how right the model.
        trial: what is changed in the batch, None if it is as it came.
        threshold: from which loss rows are listed, None for all.
        compared: A and the difference to it, in short; None while nothing is pinned. `comparison`: in full.
    """

    tabs: tuple[Tab, ...]
    tab: Tab
    summary: Text
    trial: Text | None = None
    threshold: Text | None = None
    compared: Text | None = None
    comparison: Text | None = None
