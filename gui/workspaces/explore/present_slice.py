"""The slice through the loss and the line search as figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.text import Text, say
from gui.kit.isolines import is_bold
from gui.kit.numbers import MINUS, fixed, logit
from gui.kit.row_figures import AxisName, Isoline, LineFigure, LineMark, SliceFigure
from gui.kit.ticks import ticks

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.explain.row_point import RowPoint
    from gui.workspaces.explore.compute_bars import BarsResult, LineSearch

ARROW = 0.072  # length of the longest arrow of the field, as a share of the window
STEP_ARROW = 0.2  # of the arrow at the probe where the gradient is as steep as anywhere in the window
LABEL_AT = 0.85  # numbers of isolines stand where the lines cross this share of the window's width
STILL_FALLING = 0.98  # the lowest point beyond this share of the line: its end, not a minimum
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def slice_figure(result: BarsResult) -> SliceFigure | None:
    """The loss over the pair of logits."""
    cut, point = result.slice, result.point
    if cut is None or cut.relief is None:
        return None
    first, second = result.request.pair
    extent = (float(cut.x[0]), float(cut.x[-1]), float(cut.y[0]), float(cut.y[-1]))
    norms = np.linalg.norm(cut.gradients, axis=1)
    finite = norms[np.isfinite(norms)]
    steepest = float(finite.max()) if finite.size else 0.0
    return SliceFigure(
        say("explore", "loss slice"),
        say("explore", "two of {count} logits", count=point.z.size),
        axis_name(point, first),
        axis_name(point, second),
        extent,
        ticks(*extent[:2], 7),
        ticks(*extent[2:], 7),
        cut.relief.shade,
        (f"ℓ {fixed(cut.relief.low, 2)}", f"≥{cut.relief.clip:.4g}".replace("-", MINUS)),
        placed_isolines(cut.relief.lines, extent),
        _arrows(cut.tails, cut.gradients, steepest, extent),
        (float(point.z[first]), float(point.z[second])),
        _step(point, (first, second), steepest, extent),
        _description(point, first, second),
    )


def axis_name(point: RowPoint, c: int) -> AxisName:
    """Z with the class's number as an index, and its name if it has one of its own."""
    symbol = ("x" if point.takes_as_given else "z") + str(c).translate(SUBSCRIPTS)
    is_target = c == int(np.argmax(point.row.distribution)) and not point.row.is_ignored
    if is_target:
        return AxisName(say("explore", "{symbol} · {name} (target)", symbol=symbol, name=point.name(c)), True)
    return AxisName(say("explore", "{symbol} · {name}", symbol=symbol, name=point.name(c)), False)


def _description(point: RowPoint, first: int, second: int) -> Text:
    return say(
        "explore",
        "Probe at {x_name} {x}, {y_name} {y}, loss {loss}",
        x_name=point.name(first),
        x=logit(float(point.z[first])),
        y_name=point.name(second),
        y=logit(float(point.z[second])),
        loss=fixed(point.value, 4),
    )


def placed_isolines(
    lines: tuple[tuple[float, tuple[FloatArray, ...]], ...], extent: tuple[float, float, float, float]
) -> tuple[Isoline, ...]:
    """The lines, the bold ones with their numbers where these do not touch."""
    levels = tuple(level for level, _ in lines)
    made: list[Isoline] = []
    taken: list[tuple[float, float]] = []
    for level, paths in lines:
        bold = is_bold(level, levels)
        anchor = _anchor(paths, extent) if bold else None
        if anchor is not None and any(_near(anchor, other, extent) for other in taken):
            anchor = None
        if anchor is not None:
            taken.append(anchor)
        text = f"{level:.6g}".replace("-", MINUS) if anchor else ""
        made.append(Isoline(level, paths, bold, text, anchor or (0.0, 0.0)))
    return tuple(made)


def _anchor(paths: tuple[FloatArray, ...], extent: tuple[float, float, float, float]) -> tuple[float, float] | None:
    """Where the number stands: near LABEL_AT of the width, well inside the window; None if there is no place."""
    x0, x1, y0, y1 = extent
    points = np.concatenate(paths) if paths else np.empty((0, 2))
    margin_x, margin_y = 0.05 * (x1 - x0), 0.05 * (y1 - y0)
    inside = (np.abs(points[:, 1] - (y0 + y1) / 2) < (y1 - y0) / 2 - margin_y) & (
        np.abs(points[:, 0] - (x0 + x1) / 2) < (x1 - x0) / 2 - margin_x
    )
    points = points[inside]
    if not len(points):
        return None
    x, y = points[np.argmin(np.abs(points[:, 0] - (x0 + LABEL_AT * (x1 - x0))))]
    return float(x), float(y)


def _near(a: tuple[float, float], b: tuple[float, float], extent: tuple[float, float, float, float]) -> bool:
    x0, x1, y0, y1 = extent
    return abs(a[0] - b[0]) / (x1 - x0) < 0.06 and abs(a[1] - b[1]) / (y1 - y0) < 0.06


def _arrows(
    tails: FloatArray, gradients: FloatArray, steepest: float, extent: tuple[float, float, float, float]
) -> FloatArray:
    """Down the loss, as long as the gradient is steep; none where it is 0 or not finite."""
    if not steepest > 0:
        return np.empty((0, 4))
    span = min(extent[1] - extent[0], extent[3] - extent[2])
    kept = np.isfinite(gradients).all(axis=1)
    ways = -gradients[kept] * (ARROW * span / steepest)
    return np.hstack([tails[kept], tails[kept] + ways])


def _step(
    point: RowPoint, pair: tuple[int, int], steepest: float, extent: tuple[float, float, float, float]
) -> tuple[float, float] | None:
    way = -point.gradient[list(pair)].astype(np.float64)
    if not steepest > 0 or not np.all(np.isfinite(way)) or not np.any(way):
        return None
    span = min(extent[1] - extent[0], extent[3] - extent[2])
    tip = point.z[list(pair)] + way * (STEP_ARROW * span / steepest)
    return float(tip[0]), float(tip[1])


def line_figure(result: BarsResult) -> LineFigure | None:
    """The loss along the gradient."""
    line = result.line
    title, caption = say("explore", "line search"), say("explore", "loss after one step of size η")
    if line is None:
        return None
    low, high = _line_range(line, result.floor)
    best = _best(line)
    floor = None if result.floor is None else LineMark(float(line.eta[-1]), result.floor, _floor_text(result.floor))
    description = best.text
    reach = float(line.eta[-1])
    return LineFigure(
        title, caption, line.eta, line.loss, reach, low, high,
        ticks(0.0, reach, 6), ticks(low, high, 3), best, floor, description,
    )  # fmt: skip


def _line_range(line: LineSearch, floor: float | None) -> tuple[float, float]:
    """From the floor, if it is near, to the start; a rebound is cut at twice the descent."""
    finite = line.loss[np.isfinite(line.loss)]
    start, lowest = (float(finite[0]), float(finite.min())) if finite.size else (1.0, 0.0)
    descent = max(start - lowest, 1e-6)
    bottom = min(lowest, floor) if floor is not None and floor > lowest - 2 * descent else lowest
    top = min(float(finite.max()), start + descent) if finite.size else 1.0
    # Far out the descent is lost in rounding; an axis needs a length all the same.
    pad = max(0.1 * (top - bottom), 1e-6 * max(1.0, abs(top)))
    return bottom - pad, top + pad


def _best(line: LineSearch) -> LineMark:
    eta, loss = line.best
    reach = float(line.eta[-1])
    numbers = {"eta": f"{eta:.2g}", "loss": fixed(loss, 3)}
    if eta >= STILL_FALLING * reach:
        return LineMark(eta, loss, say("explore", "still falling at η = {eta}, ℓ = {loss}", **numbers))
    return LineMark(eta, loss, say("explore", "best η = {eta}, ℓ = {loss}", **numbers))


def _floor_text(floor: float) -> Text:
    return say("explore", "floor {value}", value=fixed(floor, 3))
