"""What is drawn on and around the curves: jumps, clamps, infinities, zones and remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.element_loss import ElementLoss
from core.text import Text, say
from gui.kit.figures import Aside, Dot, EdgeMark, LineRole, Zone
from gui.kit.numbers import fixed, signed
from gui.workspaces.explore.curve_words import short

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import FloatArray
    from gui.workspaces.explore.compute_curve import CurveResult, Trace

MOST_EDGES = 4
OFF_AXIS = 1e6  # over p a slope of this size is an end of [0, 1], not a part of the curve


def cut(trace: Trace, x: FloatArray, which: str) -> FloatArray:
    """Values or slopes with nan at every jump, so that no line joins its sides."""
    places = [jump.x for jump in trace.jumps if (jump.in_value if which == "value" else jump.in_slope)]
    y = trace.value if which == "value" else np.where(_off_axis(trace, trace.slope), np.nan, trace.slope)
    return np.where(np.isin(x, places), np.nan, y) if places else y


def dots(trace: Trace, role: LineRole, which: str) -> tuple[Dot, ...]:
    """Open and closed ends of each jump."""
    found: list[Dot] = []
    for jump in trace.jumps:
        if not (jump.in_value if which == "value" else jump.in_slope):
            continue
        before, at, after = jump.values if which == "value" else jump.slopes
        found += [Dot(jump.x, y, False, role) for y in (before, after) if y != at and np.isfinite(y)]
        if np.isfinite(at):
            found.append(Dot(jump.x, at, True, role, _returned(trace, at) if which == "slope" else None))
    return tuple(found)


def is_off_axis(trace: Trace, slope: float) -> bool:
    """Whether a slope is so large that no axis shows it beside the others: the end of [0, 1]."""
    return bool(_off_axis(trace, np.asarray(slope, np.float64)))


def _off_axis(trace: Trace, slope: FloatArray) -> npt.NDArray[np.bool_]:
    sweep = trace.sweep
    over_p = isinstance(sweep, ElementLoss) and sweep.space == "probability"
    return (np.abs(slope) >= OFF_AXIS) & over_p


def _returned(trace: Trace, slope: float) -> Text | None:
    """At the kink of |x - y| any slope would do, and PyTorch takes 0."""
    if trace.loss.family == "regression" and slope == 0:
        return say("explore", "PyTorch returns 0 here")
    return None


def value_edges(trace: Trace, x: FloatArray) -> tuple[EdgeMark, ...]:
    """Where the loss becomes inf or nan, and where BCELoss stops a logarithm at -100."""
    marks = [EdgeMark(float(x[i]), True, fixed(float(trace.value[i]), 0), "err") for i in _borders(trace.value)]
    sweep = trace.sweep
    if isinstance(sweep, ElementLoss) and sweep.space == "probability" and trace.loss.name == "BCELoss":
        for i, p, clamped in ((0, 0.0, sweep.y > 0), (-1, 1.0, sweep.y < 1)):
            if clamped and x[i] == p:
                values = {"value": short(float(trace.value[i])), "p": fixed(p, 0)}
                marks.append(EdgeMark(p, True, say("explore", "{value} at p = {p}: log clamped", **values), "loss"))
    return tuple(marks)


def slope_edges(trace: Trace, x: FloatArray) -> tuple[EdgeMark, ...]:
    """Where the gradient is inf or nan, or so large that it is a clamp."""
    slope = trace.slope
    marks = [EdgeMark(float(x[i]), not slope[i] < 0, signed(float(slope[i]), 0), "err") for i in _borders(slope)]
    for i in (0, -1):
        at = float(slope[i])
        if np.isfinite(at) and is_off_axis(trace, at):
            text = say("explore", "{slope} at p = {p}", slope=signed(at, 0), p=fixed(float(x[i]), 0))
            marks.append(EdgeMark(float(x[i]), at > 0, text, "grad"))
    return tuple(marks)


def _borders(y: FloatArray) -> list[int]:
    """The first non-finite point beside each finite stretch."""
    bad = ~np.isfinite(y)
    if not bad.any() or bad.all():
        return [y.size // 2] if bad.any() else []
    enters = np.flatnonzero(bad[1:] & ~bad[:-1]) + 1
    leaves = np.flatnonzero(~bad[1:] & bad[:-1])
    return sorted({*enters.tolist(), *leaves.tolist()})[:MOST_EDGES]


def zone_of(result: CurveResult) -> Zone | None:
    """Where SmoothL1Loss is a parabola."""
    sweep = result.traces[0].sweep
    if not isinstance(sweep, ElementLoss) or not sweep.beta or not np.isfinite(sweep.beta):
        return None
    beta, y = sweep.beta, sweep.y
    width = say("explore", "β = {beta}", beta=fixed(beta, 2))
    return Zone(y - beta, y, y + beta, say("explore", "quadratic zone"), width)


def asides(result: CurveResult) -> tuple[Aside, ...]:
    """The straight parts of L1Loss and SmoothL1Loss, with their slopes."""
    trace = result.traces[0]
    if trace.loss.name not in ("L1Loss", "SmoothL1Loss"):
        return ()
    left, right = float(trace.slope[0]), float(trace.slope[-1])
    found: list[Aside] = []
    if left == -1:
        found.append(Aside("left", say("explore", "linear, slope {slope}", slope=signed(left, 0))))
    if right == 1:
        found.append(Aside("right", say("explore", "linear, slope {slope}", slope=signed(right, 0))))
    return tuple(found)
