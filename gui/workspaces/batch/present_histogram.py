"""The histogram of the losses, and what lies beyond the threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.explain.digits import fixed
from core.text import Text, say
from gui.kit.histogram_figure import ALL, HistogramFigure

if TYPE_CHECKING:
    from core.pictures.histogram import Special
    from core.table.table import Table
    from gui.workspaces.batch.compute_view import View

NAMES: dict[Special, Text] = {
    "zero": say("batch", "0"),
    "-inf": say("batch", "−inf"),
    "inf": say("batch", "inf"),
    "nan": say("batch", "nan"),
    "ignored": say("batch", "ignored"),
}


def histogram_figure(view: View, threshold: float | None, primary: int | None, beyond: Text) -> HistogramFigure | None:
    """`beyond` says what is listed; None where the loss refuses the batch."""
    found, table = view.histogram, view.request.sheet.table
    if found is None:
        return None
    summary, axis = None, _axis(table, log=found.log)
    if threshold is not None:
        summary = say("batch", "{threshold}: {rows}", threshold=written(threshold), rows=beyond)
    return HistogramFigure(
        title=say("batch", "loss per row"),
        caption=say("batch", "by target class") if view.hues else found.rule,
        summary=summary,
        axis=say("batch", "{rule} · {axis}", rule=found.rule, axis=axis) if view.hues else axis,
        edges=found.edges,
        counts=found.counts,
        hues=view.hues or (ALL,),
        specials=tuple((NAMES[name], counts) for name, counts in found.specials),
        log=found.log,
        median=found.median,
        primary=_primary(table, primary),
        threshold=threshold,
    )


def written(threshold: float) -> Text:
    """ℓ ≥ 3.00, with as many figures as tell it from 0."""
    return say("batch", "ℓ ≥ {value}", value=fixed(threshold, 2) if abs(threshold) >= 0.1 else fixed(threshold, 4))


def _axis(table: Table, *, log: bool) -> Text:
    weighted = "weight" in table.columns
    if log:
        return say("batch", "unweighted loss ℓ (log scale)") if weighted else say("batch", "loss ℓ (log scale)")
    return say("batch", "unweighted loss ℓ") if weighted else say("batch", "loss ℓ")


def _primary(table: Table, row: int | None) -> float:
    if row is None or not 0 <= row < table.count:
        return float("nan")
    return float(table.columns["loss"].values[row])
