"""Declared parameters: one declaration drives the check, the editor, the file and the help."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from core.errors import InputError
from core.text import Text, say

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kind = Literal["number", "integer", "choice", "switch", "array"]
P = TypeVar("P", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of numbers; nan lies in none."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: float) -> bool:
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below

    def __str__(self) -> str:
        left = "(" if self.low_open or math.isinf(self.low) else "["
        right = ")" if self.high_open or math.isinf(self.high) else "]"
        return f"{left}{self.low:g}, {self.high:g}{right}"


@dataclass(frozen=True, slots=True)
class Spec:
    """What is declared of one parameter.

    Attributes:
        interval: what is accepted; `span`: what is worth dragging through (None: no slider).
        help: one sentence, for the tooltip and the card.
    """

    name: str
    kind: Kind
    default: object
    help: Text
    interval: Interval
    span: tuple[float, float] | None
    choices: tuple[str, ...]


def param(
    default: object,
    kind: Kind,
    help: Text,
    *,
    interval: Interval | None = None,
    span: tuple[float, float] | None = None,
    choices: tuple[str, ...] = (),
) -> Any:
    """Declare a dataclass field as a parameter."""
    spec = Spec("", kind, default, help, interval or Interval(), span, choices)
    return dataclasses.field(default=default, metadata={"spec": spec})


@cache
def specs(owner: type[DataclassInstance]) -> tuple[Spec, ...]:
    """The declared parameters of a class, in the order of its constructor."""
    return tuple(
        dataclasses.replace(field.metadata["spec"], name=field.name)
        for field in dataclasses.fields(owner)
        if "spec" in field.metadata
    )


def check(owner: DataclassInstance) -> None:
    """Raise InputError for the first parameter outside what is declared for it."""
    for spec in specs(type(owner)):
        _check_one(spec, getattr(owner, spec.name))


def with_param(owner: P, name: str, value: object) -> P:
    """A copy with one parameter changed, checked like a new one."""
    return dataclasses.replace(owner, **{name: value})


def _check_one(spec: Spec, value: Any) -> None:
    if spec.kind == "choice" and value not in spec.choices:
        raise InputError(
            spec.name,
            say("core", "{value!r} is not one of {choices}.", value=value, choices=", ".join(spec.choices)),
            say("core", "Choose one of these."),
        )
    if spec.kind == "switch" and not isinstance(value, bool):
        raise InputError(
            spec.name,
            say("core", "{value!r} is neither True nor False.", value=value),
            say("core", "Give True or False."),
        )
    if spec.kind in ("number", "integer"):
        _check_number(spec, value)


def _check_number(spec: Spec, value: Any) -> None:
    try:
        number = int(value) if spec.kind == "integer" else float(value)
        whole = not isinstance(value, str) and (spec.kind == "number" or number == value)
    except (TypeError, ValueError, OverflowError):
        whole = False
        number = math.nan
    if not whole:
        raise InputError(
            spec.name,
            say("core", "{value!r} is not a whole number.", value=value)
            if spec.kind == "integer"
            else say("core", "{value!r} is not a number.", value=value),
            say("core", "Type a number in {interval}.", interval=spec.interval),
        )
    if number not in spec.interval:
        raise InputError(
            spec.name,
            say("core", "{value} is outside {interval}.", value=f"{number:g}", interval=spec.interval),
            say("core", "Choose a value inside."),
        )
