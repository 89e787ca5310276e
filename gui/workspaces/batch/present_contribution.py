"""How few rows make most of the loss, ready to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.pictures.contribution import sentence
from core.text import say
from gui.kit.contribution_figure import ContributionFigure

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.pictures.contribution import Contribution
    from gui.kit.contribution_figure import Measure


def contribution_figure(
    found: Contribution, measure: Measure, measures: tuple[Measure, ...], primary: int | None, selection: IntArray
) -> ContributionFigure:
    """`selection`: numbers of rows, ascending."""
    chosen = _places(found.order, selection)
    place = np.flatnonzero(found.order == primary) if primary is not None else np.zeros(0, np.int64)
    remark = None
    if found.infinite:
        remark = say("batch", "{count} rows that are not finite are left out", count=found.infinite)
    elif found.negative:
        remark = say("batch", "negative terms count by their size")
    return ContributionFigure(
        sentence=sentence(found, measure),
        remark=remark,
        measures=measures,
        measure=measure,
        order=found.order,
        shares=found.shares,
        cumulative=found.cumulative,
        half=found.half,
        ninety=found.ninety,
        primary=int(place[0]) if place.size else None,
        chosen=chosen,
        empty=None if found.half else say("batch", "No row adds anything."),
    )


def _places(order: IntArray, selection: IntArray) -> IntArray:
    """By a mask: a million rows are not searched for one another."""
    if not selection.size or not order.size:
        return np.zeros(0, np.int64)
    chosen = np.zeros(max(int(order.max()), int(selection[-1])) + 1, dtype=bool)
    chosen[selection] = True
    return np.flatnonzero(chosen[order])
