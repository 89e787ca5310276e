"""From a batch to what Explore holds: opening it, and taking one of its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

import numpy as np

from core.arrays import FloatArray, frozen
from core.rows import ClassRow, ElementRow, SequenceRow, row_values
from gui.workspaces.explore.kinds import right_link, tabs_of
from gui.workspaces.explore.state import DType, ExploreState, FrameProbe, Link, RowProbe, ScalarProbe

if TYPE_CHECKING:
    from core.batch import Batch
    from core.losses import Loss

LOG_NORMALISED = 1e-3


def load_row(state: ExploreState, loss: Loss, batch: Batch, row: int) -> ExploreState:
    """Explore on one row of a batch that `loss` accepts, in the batch's own arithmetic."""
    values = row_values(loss, batch, row)
    tab = state.tab if state.tab in tabs_of(loss) else tabs_of(loss)[0]
    state = replace(state, tab=tab, row=row, dtype=_dtype(batch))
    if isinstance(values, ElementRow):
        return replace(state, scalar=ScalarProbe(values.x, values.y))
    if isinstance(values, ClassRow):
        return replace(state, classes=_class_probe(state.classes, values, loss, batch))
    if isinstance(values, SequenceRow):
        return replace(state, frame=FrameProbe(values.index, 0))
    assert_never(values)


def _dtype(batch: Batch) -> DType:
    names: dict[str, DType] = {"float16": "float16", "float64": "float64"}
    return names.get(batch.input.dtype.name, "float32")


def _class_probe(before: RowProbe, values: ClassRow, loss: Loss, batch: Batch) -> RowProbe:
    z = frozen(values.values, np.float64)
    names = batch.classes if len(batch.classes) == z.size else tuple(str(c) for c in range(z.size))
    target, soft = _target(values, loss)
    rival = _largest_other(z, target)
    pair = (min(rival, target), max(rival, target)) if 0 <= target < z.size else (0, min(1, z.size - 1))
    focus = target if 0 <= target < z.size else 0
    return replace(before, z=z, names=names, target=target, soft=soft, link=_link(loss, z), focus=focus, pair=pair)


def _target(values: ClassRow, loss: Loss) -> tuple[int, FloatArray | None]:
    if isinstance(values.target, int):
        return values.target, None
    given = np.asarray(values.target, np.float64)
    soft = np.exp(given) if getattr(loss, "log_target", False) else given
    return int(np.argmax(soft)), frozen(soft)


def _link(loss: Loss, z: FloatArray) -> Link:
    """log_softmax leaves a normalised row as it came; any other row is shown as the loss receives it."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        normalised = abs(np.log(np.sum(np.exp(z)))) < LOG_NORMALISED
    return right_link(loss) if normalised else "none"


def _largest_other(z: FloatArray, target: int) -> int:
    others = np.where(np.isnan(z), -np.inf, z)
    if 0 <= target < z.size:
        others[target] = -np.inf
    rival = int(np.argmax(others))
    return rival if rival != target else (target + 1) % z.size
