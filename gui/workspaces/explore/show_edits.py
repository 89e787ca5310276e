"""What a user does to Explore as a whole: which tab, which arithmetic, which overlays."""

from __future__ import annotations

from dataclasses import replace

from core.text import say
from gui.edit import Edit
from gui.workspaces.explore.state import DType, ExploreState, Tab


def set_tab(tab: Tab) -> Edit[ExploreState]:
    """Another picture of the same numbers."""
    return Edit(say("explore", "Change the view"), lambda state: replace(state, tab=tab))


def set_dtype(dtype: DType) -> Edit[ExploreState]:
    """Another arithmetic."""
    return Edit(say("explore", "Change the dtype"), lambda state: replace(state, dtype=dtype))


def set_flow(on: bool) -> Edit[ExploreState]:
    """Show or hide the path of gradient descent on the simplex."""
    return Edit(say("explore", "Show the gradient flow"), lambda state: replace(state, flow=on))


def set_reverse(on: bool) -> Edit[ExploreState]:
    """Show or hide KL the other way round."""
    return Edit(
        say("explore", "Show the reverse KL"),
        lambda state: replace(state, classes=replace(state.classes, reverse=on)),
    )
