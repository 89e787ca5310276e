"""The sums that a ledger is made of, each over the rows of a batch, in float64."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast, final

import numpy as np

from core.arrays import BoolArray, FloatArray
from core.batch import BY_CLASS, class_axis, size_of
from core.errors import InputError
from core.problem import evaluate
from core.rows import has_class_indices, row_terms

if TYPE_CHECKING:
    from core.assess import Assessment
    from core.losses import Loss
    from core.losses.ctc import CTCEvaluation


@final
@dataclass(frozen=True, eq=False, slots=True)
class Terms:
    """What the rows add.

    Attributes:
        weighted: (rows,) as the loss adds them; plain: without weights; hard: besides without label smoothing.
        kept: (rows,) False where the target is ignored.
        weights: (rows,) w[y], of probabilities Σ w t; None for other losses and without weights.
        lengths: (rows,) CTC's target lengths, at least 1; None for other losses.
        has_weights: whether any weight is in force.
    """

    weighted: FloatArray
    plain: FloatArray
    hard: FloatArray
    kept: BoolArray
    weights: FloatArray | None
    lengths: FloatArray | None
    has_weights: bool
    samples: int
    elements: int


def terms_of(assessed: Assessment) -> Terms:
    """Of a batch that the loss accepts."""
    batch, loss, rows, evaluation = assessed.batch, assessed.loss, assessed.rows, assessed.evaluation
    assert rows is not None
    assert evaluation is not None
    weightless = {name: None for name in ("weight", "pos_weight") if getattr(loss, name, None) is not None}
    plain = _terms(assessed, replace_params(loss, **weightless)) if weightless else rows.loss
    smooth = float(getattr(loss, "label_smoothing", 0.0)) > 0
    hard = _terms(assessed, replace_params(loss, **weightless, label_smoothing=0.0)) if smooth else plain
    lengths = None
    if loss.family == "sequence":
        lengths = np.maximum(cast("CTCEvaluation", evaluation).batch.target_lengths, 1).astype(np.float64)
    return Terms(
        weighted=rows.loss,
        plain=plain,
        hard=hard,
        kept=rows.kept,
        weights=_class_weights(assessed),
        lengths=lengths,
        has_weights=bool(weightless),
        samples=size_of(loss, batch.input),
        elements=evaluation.elements.size,
    )


def replace_params(loss: Loss, **changes: Any) -> Loss:
    """The loss with other constructor arguments."""
    return replace(cast("Any", loss), **changes)


def total(terms: FloatArray, where: BoolArray | None = None) -> float:
    """Their sum; inf and nan are results here."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sum(terms if where is None else terms[where]))


def _terms(assessed: Assessment, loss: Loss) -> FloatArray:
    """The unreduced loss under other arguments, summed over each row; as it is where these are refused."""
    assert assessed.rows is not None
    try:
        elements = evaluate(replace_params(loss, reduction="none"), assessed.batch).elements
    except InputError:
        return assessed.rows.loss
    return row_terms(loss, elements)


def _class_weights(assessed: Assessment) -> FloatArray | None:
    loss, batch, rows = assessed.loss, assessed.batch, assessed.rows
    assert rows is not None
    weight = getattr(loss, "weight", None)
    if weight is None or loss.family not in BY_CLASS or batch.target is None:
        return None
    if not has_class_indices(batch):
        axis = class_axis(batch.target)
        return np.tensordot(batch.target.astype(np.float64), np.asarray(weight, np.float64), (axis, 0)).ravel()
    target = np.where(rows.kept, batch.target.ravel(), 0)
    return np.where(rows.kept, np.asarray(weight, np.float64)[target], 0.0)
