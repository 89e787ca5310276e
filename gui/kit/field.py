"""One value that a form edits, declared without Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.params import Interval
from core.text import Text, say

if TYPE_CHECKING:
    from core.params import Spec

FieldKind = Literal["number", "integer", "choice", "switch"]
UNBOUNDED = Interval()


@dataclass(frozen=True, slots=True)
class Field:
    """A row of a form.

    Attributes:
        label: what stands before the control (None: `name`).
        interval: what is accepted; unbounded, it accepts nan too. `span`: the slider's ends (None: no slider).
        choices: keys; `labels`: what is shown for them (empty: the keys themselves).
        default: marks and resets what was changed (None: no default).
        digits: decimals shown when they say it all.
    """

    name: str
    kind: FieldKind
    label: Text | None = None
    interval: Interval = UNBOUNDED
    span: tuple[float, float] | None = None
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    default: object = None
    help: Text | None = None
    digits: int = 3


def field_of(spec: Spec) -> Field:
    """The row for a declared parameter; the kind "array" has none."""
    assert spec.kind != "array"
    return Field(
        name=spec.name,
        kind=spec.kind,
        interval=spec.interval,
        span=spec.span,
        choices=spec.choices,
        default=spec.default,
        help=spec.help,
        digits=2 if spec.span else 3,
    )


def refusal(field: Field, value: float) -> Text | None:
    """Why a number is not accepted, or None."""
    if value in field.interval or (math.isnan(value) and field.interval == UNBOUNDED):
        return None
    return say("kit", "{value} is outside {interval}. Choose a value inside.", value=value, interval=field.interval)


def same(a: object, b: object) -> bool:
    """Whether two values look alike in a field; nan is like nan."""
    return a == b or (a != a and b != b)
