"""The pictures on the cards of the start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from core.element_loss import element_loss, own_space
from core.links import apply_link
from core.simplex import HEIGHT, to_plane
from gui.kit.theme import color
from gui.kit.thumbnails import loss_thumbnail, painted

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.losses import Loss
    from gui.workspaces.explore.presets import Preset

POINTS = 161
PIN_ROLES = ("p1", "p2", "p3")


def preset_thumbnail(preset: Preset, size: QSize, ratio: float = 1.0) -> QPixmap:
    """What the preset opens with: a curve with its probe, bars with their target, or a point of the simplex."""
    if preset.sketch:
        return loss_thumbnail(preset.loss.name, size, ratio)
    paint = {"simplex": _simplex, "bars": _bars}.get(preset.state.tab, _curve)
    return painted(size, ratio, lambda painter, rect: paint(painter, rect.adjusted(10, 9, -10, -9), preset))


def _curve(painter: QPainter, rect: QRectF, preset: Preset) -> None:
    probe = preset.state.scalar
    reach = 1.25 * max(abs(probe.x - probe.y), 1.0)
    x = np.linspace(probe.y - reach, probe.y + reach, POINTS)
    if preset.loss.family == "binary":
        x = np.linspace(-6, 6, POINTS)
    top = 1.35 * float(_values(preset.loss, preset, np.array([probe.x]))[0])
    _baseline(painter, rect)
    for loss, role in zip(preset.state.pins, PIN_ROLES, strict=False):
        _polyline(painter, rect, x, _values(loss, preset, x) / top, QPen(color(role), 1.4, Qt.PenStyle.DashLine))
    _polyline(painter, rect, x, _values(preset.loss, preset, x) / top, QPen(color("loss"), 2.2))
    across = rect.left() + (probe.x - x[0]) / (x[-1] - x[0]) * rect.width()
    _dot(painter, QPointF(across, rect.bottom() - rect.height() / 1.35), "ink")


def _values(loss: Loss, preset: Preset, x: FloatArray) -> FloatArray:
    probe = preset.state.scalar
    space = own_space(loss) if probe.axis == "input" else probe.axis
    return element_loss(loss, probe.y, space, np.float64).evaluate(x)[0]


def _polyline(painter: QPainter, rect: QRectF, x: FloatArray, share: FloatArray, pen: QPen) -> None:
    across = rect.left() + (x - x[0]) / (x[-1] - x[0]) * rect.width()
    up = rect.bottom() - np.minimum(share, 2) * rect.height()
    painter.save()
    painter.setClipRect(rect.adjusted(-2, -4, 2, 2))
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(float(a), float(b)) for a, b in zip(across, up, strict=True)]))
    painter.restore()


def _bars(painter: QPainter, rect: QRectF, preset: Preset) -> None:
    """What the loss receives as probabilities, and the target: a green bar, or green marks where it is soft."""
    probe = preset.state.classes
    p = apply_link("softmax", probe.z)
    soft = probe.soft
    top = float(max(p.max(), 0 if soft is None else soft.max()))
    slot = rect.width() / p.size
    _baseline(painter, rect)
    painter.setPen(Qt.PenStyle.NoPen)
    for c, share in enumerate(p):
        height = max(float(share) / top * rect.height(), 1.5)
        painter.setBrush(color("target" if soft is None and c == probe.target else "ctl"))
        painter.drawRect(QRectF(rect.left() + (c + 0.14) * slot, rect.bottom() - height, 0.72 * slot, height))
    painter.setPen(QPen(color("target"), 2.4))
    for c, share in enumerate(() if soft is None else soft):
        y = rect.bottom() - float(share) / top * rect.height()
        painter.drawLine(QPointF(rect.left() + (c + 0.04) * slot, y), QPointF(rect.left() + (c + 0.96) * slot, y))


def _simplex(painter: QPainter, rect: QRectF, preset: Preset) -> None:
    """The triangle, the part of it that a second softmax can reach, the target's corner and the probe."""
    probe = preset.state.classes
    side = rect.height() / HEIGHT
    left = rect.center().x() - side / 2

    def points(p: FloatArray) -> list[QPointF]:
        return [QPointF(left + x * side, rect.bottom() - y * side) for x, y in to_plane(p)]

    painter.setPen(QPen(color("axis"), 1.2))
    painter.drawPolygon(QPolygonF(points(np.eye(3))))
    p = apply_link("softmax", probe.z)
    if probe.link == "softmax":
        painter.setBrush(color("loss", 0.2))
        painter.setPen(QPen(color("loss"), 1.6))
        painter.drawPolygon(QPolygonF(points(apply_link("softmax", np.eye(3)))))
        p = apply_link("softmax", p)
    corner, at = points(np.stack([np.eye(3)[probe.target], p]))
    _dot(painter, corner, "target")
    _dot(painter, at, "ink")


def _baseline(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(QPen(color("line2"), 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _dot(painter: QPainter, at: QPointF, role: str) -> None:
    painter.setPen(QPen(color("surface"), 1.5))
    painter.setBrush(color(role))
    painter.drawEllipse(at, 4.5, 4.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
