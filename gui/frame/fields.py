"""The inspector's rows that are no parameters of the loss: the probe's numbers and the arithmetic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.params import Interval
from core.text import say
from gui.app_edits import on_explore
from gui.edit import Edit
from gui.kit.field import Field
from gui.workspaces.explore import row_edits
from gui.workspaces.explore.kinds import ROW_FAMILIES, SCALAR_FAMILIES
from gui.workspaces.explore.show_edits import set_dtype

if TYPE_CHECKING:
    from gui.state import AppState
    from gui.workspaces.explore.state import ExploreState

DTYPES = ("float16", "float32", "float64")
NAMED_CLASSES = 200  # with more, the target is typed as a number


def before(state: AppState) -> tuple[Field, ...]:
    """What stands above the loss's own parameters."""
    family = state.problem.loss.family
    if family not in ROW_FAMILIES:
        return ()
    row = state.explore.classes
    count = row.z.size
    if count > NAMED_CLASSES:
        return (Field("target", "integer", say("inspector", "target"), Interval(0, count - 1)),)
    keys = tuple(str(c) for c in range(count))
    labels = tuple(key if key == name else f"{key} · {name}" for key, name in zip(keys, row.names, strict=True))
    return (Field("target", "choice", say("inspector", "target"), choices=keys, labels=labels),)


def after(state: AppState) -> tuple[Field, ...]:
    """What stands below them."""
    family = state.problem.loss.family
    dtype = Field("dtype", "choice", say("inspector", "dtype"), choices=DTYPES, labels=DTYPES)
    if family in SCALAR_FAMILIES:
        unit = Interval(0, 1) if family == "binary" else Interval()
        if state.problem.loss.name == "BCEWithLogitsLoss":
            unit = Interval()
        return (
            Field("x", "number", _axis_label(state), _domain(state)),
            Field("y", "number", say("inspector", "target y"), unit),
            dtype,
        )
    return (dtype,) if family in ROW_FAMILIES else ()


def values(state: AppState) -> dict[str, object]:
    """What each of these rows shows."""
    explore, family = state.explore, state.problem.loss.family
    if family in SCALAR_FAMILIES:
        return {"x": explore.scalar.x, "y": explore.scalar.y, "dtype": explore.dtype}
    if family in ROW_FAMILIES:
        target = explore.classes.target
        return {"target": target if explore.classes.z.size > NAMED_CLASSES else str(target), "dtype": explore.dtype}
    return {}


def edit_of(name: str, value: Any, merge_key: str) -> Edit[AppState]:
    """What typing into one of these rows does."""
    if name == "dtype":
        return on_explore(set_dtype(value))
    if name == "target":
        label = say("inspector", "Change the target")
        return on_explore(Edit(label, row_edits.set_target(int(value)), merge_key or None))
    label = say("inspector", "Change the prediction") if name == "x" else say("inspector", "Change the target")
    return on_explore(Edit(label, lambda state: _with_scalar(state, name, float(value)), merge_key or None))


def _with_scalar(state: ExploreState, name: str, value: float) -> ExploreState:
    scalar = replace(state.scalar, x=value, trail=()) if name == "x" else replace(state.scalar, y=value, trail=())
    return replace(state, scalar=scalar)


def _shows_probability(state: AppState) -> bool:
    axis = state.explore.scalar.axis
    return axis == "probability" or (axis == "input" and state.problem.loss.name == "BCELoss")


def _axis_label(state: AppState) -> Any:
    if state.problem.loss.family != "binary":
        return say("inspector", "input x")
    if _shows_probability(state):
        return say("inspector", "probability p")
    return say("inspector", "logit z")


def _domain(state: AppState) -> Interval:
    binary = state.problem.loss.family == "binary"
    return Interval(0, 1) if binary and _shows_probability(state) else Interval()
