"""The numbers at the ends of bars: where they stand, how short they must be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from gui.kit.bars_layout import CAP_HEIGHT, BarsLayout, PanelArea, PanelName
from gui.kit.plot_text import width_of
from gui.kit.theme import FontRole, color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from gui.kit.row_figures import Panel

NUMBER_HEIGHT = 15.0


def value_rect(places: BarsLayout, panel: Panel, name: PanelName, k: int) -> QRectF:
    """Where the number of a bar stands: beyond its end and clear of dashes, or within it where the panel ends."""
    area = places.area(name)
    value = float(panel.values[k])
    beyond = CAP_HEIGHT / 2 + 5 if name == "logits" else 3.0
    down = value < 0
    y = area.y(value)
    top = y + beyond if down else y - beyond - NUMBER_HEIGHT
    if not down:
        top = _above_marks(panel, area, k, top)
    if top < area.rect.top() - 5:
        top = y + beyond
    elif top + NUMBER_HEIGHT > area.rect.bottom() + 5:
        top = y - beyond - NUMBER_HEIGHT
    return QRectF(places.center(k) - 30, top, 60, NUMBER_HEIGHT)


def _above_marks(panel: Panel, area: PanelArea, k: int, top: float) -> float:
    """Higher up where a dash, a dot or a contour would cross the number."""
    others = (panel.marks, panel.optima, panel.outline)
    heights = [area.y(float(values[k])) for values in others if values is not None]
    for height in sorted(heights, reverse=True):
        if top - 2 < height < top + NUMBER_HEIGHT + 2:
            top = height - NUMBER_HEIGHT - 3
    return top


def paint_values(painter: QPainter, panel: Panel, places: BarsLayout, name: PanelName, singled: frozenset[int]) -> None:
    """The numbers of all columns if each fits its own, else those of the singled out columns."""
    taken: list[QRectF] = []
    crowded = not all(
        fitted(*pair, places.column_width, always=False)[0] for pair in zip(panel.labels, panel.short, strict=True)
    )
    for k in sorted(range(len(panel.labels)), key=lambda k: k not in singled):
        if crowded and k not in singled:
            continue
        text, face = fitted(panel.labels[k], panel.short[k], places.column_width, always=k in singled)
        if text:
            painter.setFont(font(face))
            ground = _ground(value_rect(places, panel, name, k), width_of(text, face) + 4)
            _paint_value(painter, panel, places.area(name), k, text, _free(ground, taken))


def _paint_value(painter: QPainter, panel: Panel, area: PanelArea, k: int, text: str, ground: QRectF) -> None:
    value = float(panel.values[k])
    inside = ground.top() > area.y(value) if value > 0 else ground.bottom() < area.y(value)
    if inside or value - value != 0:
        painter.fillRect(ground, color("surface", 0.9))
    painter.setPen(color("text" if math.isfinite(value) else "err"))
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)


def _ground(rect: QRectF, wide: float) -> QRectF:
    """The middle of `rect`, which a text of this width covers."""
    return QRectF(rect.center().x() - wide / 2, rect.top(), wide, rect.height())


def _free(rect: QRectF, taken: list[QRectF]) -> QRectF:
    """`rect`, lifted above those that stand where it would."""
    while any(rect.adjusted(3, 1, -3, -1).intersects(other) for other in taken):
        rect = rect.translated(0, -NUMBER_HEIGHT)
    taken.append(rect)
    return rect


def fitted(label: str, short: str, width: float, *, always: bool) -> tuple[str, FontRole]:
    """The label as long as its column allows: smaller, without the leading 0, with a digit less."""
    trials: tuple[tuple[str, FontRole], ...] = (
        (label, "label-strong"),
        (label, "tick"),
        (_without_zero(label), "tick"),
        (_without_zero(short), "tick"),
    )
    for text, face in trials:
        if width_of(text, face) <= width - 2:
            return text, face
    return (label, "label-strong") if always else ("", "tick")


def _without_zero(label: str) -> str:
    return label.replace("0.", ".", 1) if label.lstrip("+−").startswith("0.") else label
