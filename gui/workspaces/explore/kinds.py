"""Which tabs a loss has, and where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.workspaces.explore.state import Link, Tab

if TYPE_CHECKING:
    from core.losses import Loss

TABS: dict[str, tuple[Tab, ...]] = {
    "regression": ("curve", "surface"),
    "binary": ("curve", "surface"),
    "multi-class": ("bars", "curve", "simplex"),
    "distribution": ("bars", "curve", "simplex"),
    "sequence": ("frame",),
}
SCALAR_FAMILIES = frozenset({"regression", "binary"})
ROW_FAMILIES = frozenset({"multi-class", "distribution"})


def tabs_of(loss: Loss) -> tuple[Tab, ...]:
    """The tabs of a loss, the one to begin with first."""
    return TABS[loss.family]


def right_link(loss: Loss) -> Link:
    """What belongs between a model's scores and this loss."""
    return "log_softmax" if loss.name in ("NLLLoss", "KLDivLoss") else "none"
