"""What of the bars can be taken hold of, and the value that a drag gives it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

from gui.kit.row_figures import REST

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from gui.kit.bars_layout import BarsLayout, PanelArea, PanelName
    from gui.kit.row_figures import BarsFigure

Handle = Literal["logit", "share"]
PANEL_OF: dict[Handle, PanelName] = {"logit": "logits", "share": "probabilities"}
DIGITS: dict[Handle, int] = {"logit": 2, "share": 3}
SNAP = 5.0  # px


@final
@dataclass(frozen=True, slots=True)
class Grip:
    """What is being dragged: from which value, from which height."""

    handle: Handle
    index: int
    value: float
    y: float


def grip_at(figure: BarsFigure, places: BarsLayout, at: QPointF) -> Grip | None:
    """The logit or the target's share whose panel and column are under a point."""
    index, panel = class_at(figure, places, at.x()), places.panel_at(at)
    if index is None:
        return None
    if panel == "logits":
        value = value_of(figure, "logit", index)
        return Grip("logit", index, value if value is not None and math.isfinite(value) else 0.0, at.y())
    share = value_of(figure, "share", index) if panel == "probabilities" else None
    return None if share is None else Grip("share", index, share, at.y())


def class_at(figure: BarsFigure, places: BarsLayout, x: float) -> int | None:
    """The class whose column is there; None for the column of the rest."""
    column = places.column_at(x)
    if column is None or figure.columns[column].index == REST:
        return None
    return figure.columns[column].index


def column_of(figure: BarsFigure, index: int) -> int:
    """Which column a class has."""
    return next(k for k, column in enumerate(figure.columns) if column.index == index)


def value_of(figure: BarsFigure, handle: Handle, index: int) -> float | None:
    """The number that a handle moves; None where it cannot be moved."""
    if handle == "logit":
        return float(figure.logits.values[column_of(figure, index)])
    marks = figure.probabilities.marks
    return float(marks[column_of(figure, index)]) if figure.movable_target and marks is not None else None


def dragged_to(grip: Grip, figure: BarsFigure, places: BarsLayout, y: float, *, free: bool) -> float:
    """The value at height y, inside the axis; rounded and drawn to 0 and equal bars unless `free`."""
    area = places.area(PANEL_OF[grip.handle])
    value = grip.value + (grip.y - y) * area.per_pixel
    value = min(max(value, area.low), area.high)
    return value if free else round(_snapped(grip, figure, value, area), DIGITS[grip.handle])


def _snapped(grip: Grip, figure: BarsFigure, value: float, area: PanelArea) -> float:
    stops = [0.0, 1.0]
    if grip.handle == "logit":
        columns = zip(figure.columns, figure.logits.values, strict=True)
        stops = [0.0, *(float(v) for column, v in columns if column.index not in (grip.index, REST))]
    near = min(stops, key=lambda stop: abs(stop - value))
    return near if abs(near - value) <= SNAP * area.per_pixel else value
