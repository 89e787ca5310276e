"""Each loss drawn small, by its own numbers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from core import losses
from core.links import apply_link
from gui.kit.theme import color

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.arrays import Array, FloatArray
    from core.losses import CTCLoss, Loss

POINTS = 121
TALL = 48  # from this height on, helper curves are drawn too
LOGITS = np.array([2.1, 1.4, -0.6, 0.3, -1.5])
TARGET = 1


def paint_loss(painter: QPainter, rect: QRectF, name: str) -> None:
    """Draw the loss called `name` into `rect`; one without a picture of its own stays empty."""
    paint = _PICTURES.get(name)
    if paint is None:
        return
    pad = max(2.0, rect.height() / 10)
    inside = rect.adjusted(pad, pad, -pad, -pad)
    painter.setPen(QPen(color("line2"), 1))
    painter.drawLine(inside.bottomLeft(), inside.bottomRight())
    painter.save()
    painter.setClipRect(rect.adjusted(0, pad / 2, 0, 0))
    paint(painter, inside)
    painter.restore()


def _curve(painter: QPainter, rect: QRectF, x: FloatArray, y: FloatArray, role: str, top: float) -> None:
    """Draw y over x, x from side to side and y from 0 at the foot to `top`."""
    width = (2.2 if role != "line2" else 1.4) * (1 if rect.height() >= TALL else 0.7)
    painter.setPen(QPen(color(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(_polygon(rect, x, y, top))


def _polygon(rect: QRectF, x: FloatArray, y: FloatArray, top: float) -> QPolygonF:
    across = rect.left() + (x - x[0]) / (x[-1] - x[0]) * rect.width()
    up = rect.bottom() - np.minimum(y / top, 1.2) * rect.height()
    return QPolygonF([QPointF(float(a), float(b)) for a, b in zip(across, up, strict=True)])


def _elements(loss: Loss, input: FloatArray, target: Array) -> FloatArray:
    return cast("Any", loss).evaluate(input, target).elements


def _regression(loss: Callable[[], Loss], span: float, top: float, behind: Callable[[], Loss] | None = None) -> Any:
    def paint(painter: QPainter, rect: QRectF) -> None:
        x = np.linspace(-span, span, POINTS)
        if behind is not None and rect.height() >= TALL:
            _curve(painter, rect, x, _elements(behind(), x, np.zeros_like(x)), "line2", top)
        _curve(painter, rect, x, _elements(loss(), x, np.zeros_like(x)), "loss", top)

    return paint


def _binary(loss: Callable[[], Loss], low: float, high: float, top: float) -> Any:
    def paint(painter: QPainter, rect: QRectF) -> None:
        x = np.linspace(low, high, POINTS)
        _curve(painter, rect, x, _elements(loss(), x, np.zeros_like(x)), "line2", top)
        _curve(painter, rect, x, _elements(loss(), x, np.ones_like(x)), "loss", top)

    return paint


def _nll(painter: QPainter, rect: QRectF) -> None:
    x = np.linspace(-4, 0, POINTS)
    _curve(painter, rect, x, _elements(losses.NLLLoss(), x[:, None], np.zeros(POINTS, np.int64)), "loss", 4)


def _cross_entropy(painter: QPainter, rect: QRectF) -> None:
    p = apply_link("softmax", LOGITS)
    slot = rect.width() / p.size
    painter.setPen(Qt.PenStyle.NoPen)
    for c, share in enumerate(p):
        height = float(share / p.max()) * rect.height()
        bar = QRectF(rect.left() + (c + 0.14) * slot, rect.bottom() - height, 0.72 * slot, height)
        painter.setBrush(color("target" if c == TARGET else "ctl"))
        painter.drawRoundedRect(bar, min(2.0, height / 2), min(2.0, height / 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _kl_div(painter: QPainter, rect: QRectF) -> None:
    x = np.linspace(-4, 4, POINTS)
    target, model = (
        apply_link("softmax", -0.5 * ((x - mean) / width) ** 2) for mean, width in ((-0.6, 0.8), (0.8, 1.1))
    )
    top = 1.05 * float(target.max())
    area = _polygon(rect, x, model, top)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(color("loss", 0.18)))
    painter.drawPolygon(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _curve(painter, rect, x, target, "target", top)
    _curve(painter, rect, x, model, "loss", top)


def _ctc(painter: QPainter, rect: QRectF) -> None:
    """The lattice of a short word: discs as large as the posterior, and the best path."""
    occupancy, path = _lattice()
    T, S = occupancy.shape
    across = [rect.left() + (t + 0.5) * rect.width() / T for t in range(T)]
    down = [rect.top() + (s + 0.5) * rect.height() / S for s in range(S)]
    painter.setPen(QPen(color("loss"), 1.6 if rect.height() >= TALL else 1.0))
    painter.drawPolyline(QPolygonF([QPointF(across[t], down[s]) for t, s in enumerate(path)]))
    painter.setPen(Qt.PenStyle.NoPen)
    room = 0.42 * min(rect.width() / T, rect.height() / S)
    for t in range(T):
        for s in range(S):
            seen = occupancy[t, s] > 0.02
            radius = max(room * float(np.sqrt(occupancy[t, s])), 1.0 if seen else 0.7)
            painter.setBrush(color("loss" if seen else "line2"))
            painter.drawEllipse(QPointF(across[t], down[s]), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


@cache
def _lattice() -> tuple[FloatArray, tuple[int, ...]]:
    """(T, S) posterior of a word of three letters, and the row of its best path in each frame."""
    from core.problem import evaluate
    from core.toy_ctc import toy_batch

    batch = toy_batch()
    lattice = cast("Any", evaluate(cast("CTCLoss", batch.loss), batch)).lattice(0)
    return lattice.occupancy, tuple(int(s) for s in lattice.best_path)


_PICTURES: dict[str, Callable[[QPainter, QRectF], None]] = {
    "L1Loss": _regression(losses.L1Loss, 2.4, 2.4),
    "SmoothL1Loss": _regression(losses.SmoothL1Loss, 2.4, 2.4, losses.L1Loss),
    "MSELoss": _regression(losses.MSELoss, 2.4, 2.4),
    "CrossEntropyLoss": _cross_entropy,
    "NLLLoss": _nll,
    "BCELoss": _binary(losses.BCELoss, 0.02, 0.98, 3.0),
    "BCEWithLogitsLoss": _binary(losses.BCEWithLogitsLoss, -4, 4, 4),
    "KLDivLoss": _kl_div,
    "CTCLoss": _ctc,
}
