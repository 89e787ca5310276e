"""The charts beside the simplex in the words and numbers of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.links import apply_link
from core.text import say
from gui.kit.numbers import fixed, loss4, signed
from gui.kit.simplex_figures import SimplexColumn, SmallBars, SplitBar
from gui.workspaces.explore.compute_simplex import FLOW_RATE, FLOW_STEPS
from gui.workspaces.explore.row_captions import gradient_caption

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.arrays import FloatArray
    from core.explain.row_point import RowPoint
    from gui.workspaces.explore.compute_simplex import SimplexField, SimplexPoint
    from gui.workspaces.explore.state import ExploreState

UNEVEN = 1e-9
LOGIT_REACHES = (1.5, 3.0, 6.0, 12.0, 24.0)
GRADIENT_REACHES = (1.0, 2.0, 5.0, 10.0, 100.0)


def column_of(state: ExploreState, field: SimplexField, point: SimplexPoint) -> SimplexColumn:
    """Logits, probabilities, gradient; where the target is spread also the split of the cross-entropy."""
    row = point.row
    said = [say("explore", "- - -  argmax boundary")]
    if state.flow:
        said.insert(0, say("explore", "Flow: {steps} gradient steps, rate {rate}", steps=FLOW_STEPS, rate=FLOW_RATE))
    else:
        said.insert(0, say("explore", "Arrow: one step, rate {rate}", rate=f"{state.rate:g}"))
    spread = float(np.max(field.target)) < 1 - UNEVEN and bool(np.any(field.target))
    return SimplexColumn(
        names=(row.name(0), row.name(1), row.name(2)),
        target=None if row.row.soft is not None else row.row.target,
        charts=(_logits(row), _probabilities(field, point), _gradient(row)),
        split=_split(point) if spread else None,
        notes=tuple(said),
    )


def _logits(row: RowPoint) -> SmallBars:
    caption = say("explore", "as the loss receives them") if row.takes_as_given else say("explore", "up to a constant")
    largest = max((abs(float(z)) for z in row.z if np.isfinite(z)), default=0.0)
    reach = next((r for r in LOGIT_REACHES if r > 1.1 * largest), 1.2 * largest)
    low, high = -reach, reach
    return SmallBars(
        title=say("explore", "logits"),
        caption=caption,
        values=_three(row.z),
        labels=_labels(row.z, lambda v: fixed(v, 2)),
        low=low,
        high=high,
        ticks=((low, fixed(low, 1)), (0.0, "0"), (high, fixed(high, 1))),
        role="ctl",
        title_role="text",
    )


def _probabilities(field: SimplexField, point: SimplexPoint) -> SmallBars:
    row = point.row
    shares = apply_link("softmax", row.z)
    a, b, c = (float(v) for v in field.target)
    return SmallBars(
        title=say("explore", "softmax"),
        caption=say("explore", "p · dashes: target q"),
        values=_three(shares),
        labels=_labels(shares, lambda v: fixed(v, 2)),
        low=0.0,
        high=1.0,
        ticks=((0.0, "0"), (0.5, "0.5"), (1.0, "1")),
        role="ctl",
        title_role="text",
        marks=(a, b, c),
    )


def _gradient(row: RowPoint) -> SmallBars:
    gradient = row.gradient.astype(np.float64)
    largest = float(np.max(np.abs(gradient), initial=0.0, where=np.isfinite(gradient)))
    reach = next((r for r in GRADIENT_REACHES if r >= largest), 1.2 * largest)
    return SmallBars(
        title=say("explore", "gradient"),
        caption=say("explore", "∂ℓ/∂z, through both softmaxes") if _is_twice(row) else gradient_caption(row),
        values=_three(gradient),
        labels=_labels(gradient, lambda v: signed(v, 3)),
        low=-reach,
        high=reach,
        ticks=((-reach, fixed(-reach, 0)), (0.0, "0"), (reach, fixed(reach, 0))),
        role="grad",
        title_role="grad",
    )


def _is_twice(row: RowPoint) -> bool:
    return row.reads_probabilities and row.row.loss.name == "CrossEntropyLoss"


def _split(point: SimplexPoint) -> SplitBar:
    title = say("explore", "CE = H(q) + KL(q∥p)")
    if point.row.row.weight is not None:
        title = say("explore", "CE without weights = H(q) + KL(q∥p)")
    return SplitBar(
        title=title,
        left=max(point.entropy, 0.0),
        right=point.divergence,
        whole_label=loss4(point.entropy + point.divergence),
        left_label=say("explore", "H(q) {value}", value=loss4(point.entropy)),
        right_label=say("explore", "KL {value}", value=loss4(point.divergence)),
    )


def _three(values: FloatArray) -> tuple[float, float, float]:
    a, b, c = (float(v) for v in values)
    return a, b, c


def _labels(values: FloatArray, write: Callable[[float], str]) -> tuple[str, str, str]:
    a, b, c = (write(float(v)) for v in values)
    return a, b, c
