"""What a user does to the probe and its pinned losses: named pure functions from state to state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import frozen
from core.element_loss import Space, link_between
from core.errors import InputError
from core.links import apply_link
from core.params import Interval, with_param
from core.text import say
from gui.edit import Edit
from gui.workspaces.explore.descent import row_step, scalar_step
from gui.workspaces.explore.kinds import SCALAR_FAMILIES
from gui.workspaces.explore.row_edits import set_logit
from gui.workspaces.explore.state import MAX_PINS, MAX_TRAIL, Axis, ExploreState
from gui.workspaces.explore.sweep import drawn_space, element_of, row_of

if TYPE_CHECKING:
    from core.problem import Problem

UNIT = Interval(0, 1)


def move_x(problem: Problem, x: float, merge_key: str | None = None) -> Edit[ExploreState]:
    """Put the probe at x on the axis drawn: the prediction, or the score of the class in focus."""

    def update(state: ExploreState) -> ExploreState:
        if not _is_scalar(problem):
            return set_logit(state.classes.focus, x)(state)
        if drawn_space(problem.loss, state.scalar.axis) == "probability":
            _check_unit("input", x)
        return replace(state, scalar=replace(state.scalar, x=x, trail=()))

    return Edit(say("explore", "Move the prediction"), update, merge_key)


def move_target(problem: Problem, x: float, merge_key: str | None = None) -> Edit[ExploreState]:
    """Put the target where the axis shows x: over logits that is the y whose best logit is x."""

    def update(state: ExploreState) -> ExploreState:
        space = drawn_space(problem.loss, state.scalar.axis)
        y = float(apply_link("sigmoid", np.asarray(x, np.float64))) if space == "logit" else x
        return set_target(problem, y).update(state)

    return Edit(say("explore", "Move the target"), update, merge_key)


def set_target(problem: Problem, y: float, merge_key: str | None = None) -> Edit[ExploreState]:
    """Type the target; BCELoss takes none outside [0, 1]."""

    def update(state: ExploreState) -> ExploreState:
        if problem.loss.name == "BCELoss":
            _check_unit("target", y)
        return replace(state, scalar=replace(state.scalar, y=y, trail=()))

    return Edit(say("explore", "Move the target"), update, merge_key)


def set_beta(beta: float, merge_key: str | None = None) -> Edit[Problem]:
    """Another beta for SmoothL1Loss."""

    def update(problem: Problem) -> Problem:
        return replace(problem, loss=with_param(problem.loss, "beta", beta))

    return Edit(say("explore", "Change beta"), update, merge_key)


def move_beta(x: float, y: float, merge_key: str | None = None) -> Edit[Problem]:
    """Put one of the two branch points, y - beta and y + beta, at x."""
    return set_beta(abs(x - y), merge_key)


def set_axis(problem: Problem, axis: Axis) -> Edit[ExploreState]:
    """The same point over p, over z, or over what the loss receives."""

    def update(state: ExploreState) -> ExploreState:
        before, after = drawn_space(problem.loss, state.scalar.axis), drawn_space(problem.loss, axis)
        x = _converted(state.scalar.x, before, after)
        return replace(state, scalar=replace(state.scalar, x=x, axis=axis, trail=()))

    return Edit(say("explore", "Change the axis"), update)


def step(problem: Problem) -> Edit[ExploreState]:
    """One step of gradient descent: of the prediction, or of the whole row of scores."""

    def update(state: ExploreState) -> ExploreState:
        return _element_stepped(problem, state) if _is_scalar(problem) else _row_stepped(problem, state)

    return Edit(say("explore", "Descend one step"), update)


def set_rate(rate: float, merge_key: str | None = None) -> Edit[ExploreState]:
    """The size of a descent step."""
    if not np.isfinite(rate) or rate <= 0:
        raise InputError(
            "rate",
            say("explore", "{rate} is no step size.", rate=f"{rate:g}"),
            say("explore", "Type a number above 0."),
        )
    return Edit(say("explore", "Change the step size"), lambda state: replace(state, rate=rate), merge_key)


def pin_current(problem: Problem) -> Edit[ExploreState]:
    """Keep the loss as it is now for comparison."""

    def update(state: ExploreState) -> ExploreState:
        if any(pin is problem.loss for pin in state.pins):
            return state
        if len(state.pins) >= MAX_PINS:
            raise InputError(
                "pins",
                say("explore", "{count} losses are pinned already.", count=MAX_PINS),
                say("explore", "Unpin one of them first."),
            )
        return replace(state, pins=(*state.pins, problem.loss))

    return Edit(say("explore", "Pin the loss"), update)


def unpin(index: int) -> Edit[ExploreState]:
    """Let go of one pinned loss."""

    def update(state: ExploreState) -> ExploreState:
        return replace(state, pins=state.pins[:index] + state.pins[index + 1 :])

    return Edit(say("explore", "Unpin a loss"), update)


def clear_pins() -> Edit[ExploreState]:
    """Let go of all pinned losses."""
    return Edit(say("explore", "Unpin all losses"), lambda state: replace(state, pins=()) if state.pins else state)


def _is_scalar(problem: Problem) -> bool:
    return problem.loss.family in SCALAR_FAMILIES


def _element_stepped(problem: Problem, state: ExploreState) -> ExploreState:
    probe = state.scalar
    space = drawn_space(problem.loss, probe.axis)
    element = element_of(problem, probe.y, space, state.dtype, state.row)
    taken = scalar_step(element, probe.x, state.rate)
    if taken is None:
        raise _no_way_down()
    if taken.x == probe.x:
        return state
    return replace(state, scalar=replace(probe, x=taken.x, trail=(*probe.trail, probe.x)[-MAX_TRAIL:]))


def _row_stepped(problem: Problem, state: ExploreState) -> ExploreState:
    probe = state.classes
    taken = row_step(row_of(problem.loss, probe, state.dtype), probe.z, state.rate)
    if taken is None:
        raise _no_way_down()
    return replace(state, classes=replace(probe, z=frozen(taken.z)))


def _no_way_down() -> InputError:
    return InputError(
        "rate",
        say("explore", "The gradient here is not finite, so no step can follow it."),
        say("explore", "Move the probe first."),
    )


def _converted(x: float, before: Space, after: Space) -> float:
    return float(apply_link(link_between(before, after), np.asarray(x, np.float64)))


def _check_unit(field: str, value: float) -> None:
    if value not in UNIT:
        raise InputError(
            field,
            say("explore", "{value} is outside {interval}.", value=f"{value:g}", interval=UNIT),
            say("explore", "Choose a value inside."),
        )
