"""Another loss on the same numbers: what both can use stays where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.links import apply_link
from gui.workspaces.explore.kinds import right_link, tabs_of
from gui.workspaces.explore.state import ExploreState, RowProbe, ScalarProbe

if TYPE_CHECKING:
    from core.losses import Loss


def switched(state: ExploreState, old: Loss, new: Loss) -> ExploreState:
    """Explore's own part of the state after the loss changed from `old` to `new`."""
    tab = state.tab if state.tab in tabs_of(new) else tabs_of(new)[0]
    return replace(
        state,
        tab=tab,
        scalar=_scalar(state.scalar, old, new),
        classes=_classes(state.classes, old, new),
        row=state.row if old.family == new.family else None,
    )


def _scalar(probe: ScalarProbe, old: Loss, new: Loss) -> ScalarProbe:
    """The same point in the new loss's coordinates; a target outside [0, 1] moves to the nearer end."""
    if new.family != "binary":
        return replace(probe, axis="input", trail=()) if old.family != new.family else probe
    y = float(np.clip(probe.y, 0, 1))
    if old.family == "binary" and old.name != new.name and probe.axis == "input":
        return replace(probe, y=y, axis="logit" if old.name == "BCEWithLogitsLoss" else "probability", trail=())
    if old.family != "binary" and new.name == "BCELoss":
        p = apply_link("sigmoid", np.asarray(probe.x, np.float64))
        return replace(probe, x=float(p), y=y, axis="input", trail=())
    return replace(probe, y=y, trail=())


def _classes(probe: RowProbe, old: Loss, new: Loss) -> RowProbe:
    """The scores stay; the link becomes the new loss's own, unless it was a mistake made on purpose."""
    if probe.link != right_link(old):
        return probe
    return replace(probe, link=right_link(new))
