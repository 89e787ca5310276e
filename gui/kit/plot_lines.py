"""Curves as few line segments as the eye cannot tell from them, and the pens that draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen, QPolygonF

from gui.kit.theme import color

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import FloatArray

ACTIVE, OVERLAY, HELPER = 2.8, 1.8, 1.2
TOLERANCE = 0.06  # px between the curve and its chords
SAME_POINT = 1e-3  # px
CORNER = 0.05  # radians
DASHES: dict[str, tuple[float, ...]] = {"p1": (2, 3.5), "p2": (7, 4), "p3": (8, 3, 2, 3)}  # px


def line_pen(role: str, thickened: bool = False) -> QPen:
    """The pen of a curve: the loss solid and thick, each pinned one with a dash of its own."""
    width = ACTIVE if role == "loss" or thickened else OVERLAY
    pen = QPen(color(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    if role in DASHES:
        pen.setDashPattern([length / width for length in DASHES[role]])
    return pen


def helper_pen(role: str, dash: tuple[float, ...] = (), width: float = HELPER) -> QPen:
    """The pen of a guide; `dash` in px."""
    pen = QPen(color(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


def polylines(x: FloatArray, y: FloatArray) -> list[QPolygonF]:
    """The pieces of a curve in pixels, cut at nan, without the points that lie on the chord of others."""
    good = np.isfinite(x) & np.isfinite(y)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], good, [False]]).astype(np.int8)))
    return [_polyline(x[first:last], y[first:last]) for first, last in edges.reshape(-1, 2)]


def _polyline(x: FloatArray, y: FloatArray) -> QPolygonF:
    apart = np.hypot(np.diff(x), np.diff(y)) > SAME_POINT  # the neighbours of a break are one pixel point with it
    ends = np.concatenate([[True], apart[:-1], [True]]) if x.size > 1 else np.ones(x.size, dtype=bool)
    x, y = x[ends], y[ends]
    keep = _bends(x, y)
    return QPolygonF([QPointF(*point) for point in zip(x[keep].tolist(), y[keep].tolist(), strict=True)])


def _bends(x: FloatArray, y: FloatArray) -> npt.NDArray[np.bool_]:
    """(n,) which points to keep: every corner, and of an arc as many as it needs.

    A chord of length s on an arc of curvature k leaves it by k s²/8. So the count of chords needed grows along the
    curve by the integral of sqrt(k / (8 tolerance)); k ds is the turn between two segments.
    """
    if x.size < 3:
        return np.ones(x.size, dtype=bool)
    dx, dy = np.diff(x), np.diff(y)
    turn = np.abs(np.diff(np.arctan2(dy, dx)))
    chords = np.cumsum(np.sqrt(turn * np.hypot(dx, dy)[1:] / (8 * TOLERANCE)))
    inner = (np.diff(np.floor(chords), prepend=0.0) > 0) | (turn > CORNER)
    return np.concatenate([[True], inner, [True]])
