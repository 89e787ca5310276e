"""Names and numbers of the curves as they are written on the plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.element_loss import ElementLoss
from core.explain.scalar_point import ScalarPoint
from core.params import specs
from gui.kit.numbers import editable, fixed, prob

if TYPE_CHECKING:
    from core.element_loss import Space
    from core.losses import Loss
    from gui.workspaces.explore.compute_curve import CurveResult, Trace

LETTERS: dict[Space, str] = {"number": "x", "probability": "p", "logit": "z"}


@final
@dataclass(frozen=True, slots=True)
class CurveName:
    """A short name, and what sets it apart from another curve of that name ("" if nothing has to)."""

    short: str
    detail: str

    @property
    def full(self) -> str:
        """Both."""
        return f"{self.short} {self.detail}".rstrip()


def names_of(traces: tuple[Trace, ...]) -> tuple[CurveName, ...]:
    """A name for each curve."""
    short = [_short(trace) for trace in traces]
    return tuple(
        CurveName(name, _settings(trace.loss) if short.count(name) > 1 else "")
        for name, trace in zip(short, traces, strict=True)
    )


def _short(trace: Trace) -> str:
    name = trace.loss.name.removesuffix("Loss")
    through_sigmoid = isinstance(trace.sweep, ElementLoss) and trace.sweep.link == "sigmoid"
    return f"{name} ∘ σ" if through_sigmoid else name


def _settings(loss: Loss) -> str:
    """The parameters that are not torch's defaults, without reduction, which changes no curve."""
    changed: list[str] = []
    for spec in specs(type(loss)):
        value = getattr(loss, spec.name)
        if spec.name == "reduction" or value is None or (spec.kind != "array" and value == spec.default):
            continue
        changed.append(spec.name if spec.kind == "array" or value is True else f"{spec.name} {editable(value, 2)}")
    return ", ".join(changed)


def letter_of(result: CurveResult) -> str:
    """What the place on the axis is called."""
    return LETTERS[result.space] if isinstance(result.point, ScalarPoint) else "z"


def short(value: float) -> str:
    """A number for a badge 48 px wide."""
    size = abs(value)
    if not np.isfinite(value) or size < 10:
        return fixed(value, 3)
    return fixed(value, 2 if size < 100 else 1 if size < 1000 else 0)


def place(value: float, space: Space) -> str:
    """A number on the axis."""
    return prob(value) if space == "probability" else fixed(value, 2)
