"""Where a card may stand so that it hides little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QSize

SHADOW = 7.0  # px around a card that hide nothing
COVERED = 1e6  # what a px of something that must be seen weighs against all posterior


def free_corner(area: QRectF, size: QSize, taken: Sequence[QRectF], weight: Callable[[QRectF], float]) -> QPointF:
    """The corner of `area` where a card of this size covers least: of `taken` first, then of what `weight` counts."""
    width, height = float(size.width()), float(size.height())
    places = [
        QRectF(x, y, width, height)
        for y in (area.top(), area.bottom() - height)
        for x in (area.right() - width, area.left(), area.center().x() - width / 2)
    ]

    def cost(place: QRectF) -> float:
        box = place.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        return COVERED * sum(_overlap(box, other) for other in taken) + weight(box)

    return min(places, key=cost).topLeft()


def _overlap(a: QRectF, b: QRectF) -> float:
    both = a.intersected(b)
    return both.width() * both.height() if both.isValid() else 0.0
