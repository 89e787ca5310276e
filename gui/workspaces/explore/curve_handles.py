"""What can be dragged on the curves: probe, target and beta, each with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.element_loss import ElementLoss
from core.explain.scalar_point import ScalarPoint
from core.links import apply_link
from core.text import Text, say
from gui.kit.figures import Handle, Interval
from gui.kit.numbers import fixed
from gui.workspaces.explore.curve_words import LETTERS, place, short

if TYPE_CHECKING:
    from core.element_loss import Space
    from gui.workspaces.explore.compute_curve import CurveResult

UNIT: Interval = (0.0, 1.0)


def handles_of(result: CurveResult) -> tuple[Handle, ...]:
    """From the first to the last that Tab reaches."""
    sweep = result.traces[0].sweep
    if not isinstance(sweep, ElementLoss):
        return (_class_probe(result),)
    probe, target = _probe(result, sweep), _target(sweep)
    if not sweep.beta or not np.isfinite(sweep.beta):
        return (probe, target)
    return (probe, target, _beta(result, sweep, -1), _beta(result, sweep, +1))


def x_title(result: CurveResult) -> Text:
    """What the axis shows."""
    if not isinstance(result.point, ScalarPoint):
        name = result.point.name(focus_of(result))
        return say("explore", "score of class {name}, the others fixed", name=name)
    if result.space == "number":
        return say("explore", "input x (prediction)")
    own = result.traces[0].sweep if result.traces else None
    converted = isinstance(own, ElementLoss) and own.link != "none"
    if result.space == "probability":
        return (
            say("explore", "probability p, input z = logit(p)")
            if converted
            else say("explore", "input p (probability)")
        )
    return say("explore", "logit z, input p = σ(z)") if converted else say("explore", "input z (logit)")


def on_axis(y: float, space: Space) -> float:
    """Where a target stands on the axis: the best logit for y is logit(y)."""
    return float(apply_link("logit", np.asarray(y, np.float64))) if space == "logit" and 0 <= y <= 1 else y


def focus_of(result: CurveResult) -> int:
    """The class whose score moves."""
    probe = result.request.classes
    return 0 if probe is None else min(probe.focus, probe.z.size - 1)


def _probe(result: CurveResult, sweep: ElementLoss) -> Handle:
    letter, text = LETTERS[sweep.space], place(result.here, sweep.space)
    value = result.traces[0].at[0]
    beta = sweep.beta or 0.0
    target = on_axis(sweep.y, sweep.space)
    snaps = {0.0, target, target - beta, target + beta} if sweep.space == "number" else {0.0, target}
    name = say("explore", "probe, {letter} {x}, loss {loss}", letter=letter, x=text, loss=short(value))
    return Handle(
        "probe",
        "disc",
        result.here,
        value,
        "input",
        UNIT if sweep.space == "probability" else None,
        tuple(snap for snap in snaps if np.isfinite(snap)),
        name,
        say("explore", "{letter} = {x}, loss {loss}", letter=letter, x=text, loss=short(value)),
        say("explore", "Drag ↔ to move the prediction"),
        say("explore", "input {letter} = {x}", letter=letter, x=text),
        result.point.x if isinstance(result.point, ScalarPoint) else 0.0,
    )


def _target(sweep: ElementLoss) -> Handle:
    text = place(sweep.y, "number")
    at_end = sweep.space == "logit" and sweep.y in (0, 1)
    hint = say("explore", "Its best z is at {z}; drag ↔ to soften it", z="+∞" if sweep.y else "−∞")
    return Handle(
        "target",
        "flag",
        on_axis(sweep.y, sweep.space),
        None,
        "target",
        UNIT if sweep.space == "probability" else None,
        (0.0, 1.0) if sweep.space == "probability" else (0.0,),
        say("explore", "target, y {y}", y=text),
        say("explore", "target y = {y}", y=text),
        hint if at_end else say("explore", "Drag ↔ to move the target"),
        say("explore", "target y = {y}", y=text),
        sweep.y,
        sweep.space == "logit",
    )


def _beta(result: CurveResult, sweep: ElementLoss, side: int) -> Handle:
    beta = sweep.beta or 0.0
    x = sweep.y + side * beta
    value, _ = sweep.evaluate(np.array(x))
    values = {"x": fixed(x, 2), "beta": fixed(beta, 2)}
    title = (
        say("explore", "Branch point at y + β = {x}", **values)
        if side > 0
        else say("explore", "Branch point at y − β = {x}", **values)
    )
    return Handle(
        "beta+" if side > 0 else "beta-",
        "diamond",
        x,
        float(value),
        "param",
        None,
        (result.here, 2 * sweep.y - result.here, sweep.y + side, sweep.y),
        say("explore", "branch point at {x}, beta {beta}", **values),
        title,
        say("explore", "Drag ↔ to change β"),
        None,
        beta,
    )


def _class_probe(result: CurveResult) -> Handle:
    point, focus = result.point, focus_of(result)
    assert not isinstance(point, ScalarPoint)
    values = {"name": point.name(focus), "z": fixed(result.here, 2), "loss": short(result.traces[0].at[0])}
    others = tuple(float(z) for c, z in enumerate(point.z) if c != focus and np.isfinite(z))
    return Handle(
        "probe",
        "disc",
        result.here,
        result.traces[0].at[0],
        "input",
        None,
        (0.0, *others[:20]),
        say("explore", "probe, score of {name} {z}, loss {loss}", **values),
        say("explore", "z({name}) = {z}, loss {loss}", **values),
        say("explore", "Drag ↔ to change the score of {name}", **values),
        say("explore", "z({name}) = {z}", **values),
        result.here,
    )
