"""The list of a batch's rows, made of what was found under the loss in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.arrays import Array, IntArray
from core.batch import BY_CLASS, class_axis
from core.reduction import NOTHING
from core.rows import has_class_indices
from core.text import Text, say
from gui.kit.numbers import fixed, loss4
from gui.row_model import RowListModel

if TYPE_CHECKING:
    from core.assess import Assessment
    from core.batch import Batch

BY_LOSS = say("rows", "sorted by loss, largest first")
ONE = {
    "multi-class": say("rows", "1 target"),
    "distribution": say("rows", "1 distribution"),
    "sequence": say("rows", "1 sequence"),
}


def row_list_model(assessed: Assessment, row: int | None) -> RowListModel:
    """The rows of a batch; without rows, why the loss refuses it and what is drawn meanwhile (`row`, or a sketch)."""
    batch, loss, rows, evaluation = assessed.batch, assessed.loss, assessed.rows, assessed.evaluation
    if rows is None or evaluation is None:
        return _refused(assessed, row)
    target, predicted = _classes(batch, loss.family, rows.count)
    divisor = evaluation.divisor
    return RowListModel(
        title=batch.name,
        size=_size(loss.family, rows.count),
        value=value_text(assessed),
        reduction=loss.reduction,
        divisor="" if divisor.name == NOTHING else _written(divisor.value),
        divisor_name=Text(divisor.name, {}, "core"),
        sort_key=BY_LOSS,
        order=rows.order,
        losses=rows.loss,
        shape=rows.shape,
        classes=batch.classes if loss.family in BY_CLASS else (),
        target=target,
        predicted=predicted,
        pictures=_pictures(batch, rows.count),
        reported=None if batch.reported is None else say("rows", "reported {value}", value=loss4(batch.reported)),
        empty=None if rows.count else say("rows", "The batch has no rows. What is drawn is a sketch."),
    )


def _size(family: str, count: int) -> Text:
    if count == 1:
        return ONE.get(family, say("rows", "1 element"))
    if family == "multi-class":
        return say("rows", "{count} targets", count=count)
    if family == "distribution":
        return say("rows", "{count} distributions", count=count)
    if family == "sequence":
        return say("rows", "{count} sequences", count=count)
    return say("rows", "{count} elements", count=count)


def value_text(assessed: Assessment) -> str:
    """The reduced loss; a dash where there is no single number."""
    evaluation = assessed.evaluation
    return "–" if evaluation is None or evaluation.value.ndim else loss4(float(evaluation.value))


def _refused(assessed: Assessment, row: int | None) -> RowListModel:
    batch, refusal = assessed.batch, assessed.refusal
    assert refusal is not None
    nothing = np.empty(0)
    meanwhile = say("rows", "Row {row} alone is drawn.", row=row)
    if row is None:
        meanwhile = say("rows", "What is drawn is a sketch, not this batch.")
    if assessed.loss.family == "sequence":
        meanwhile = say("rows", "Nothing can be drawn of it.")
    why = say("rows", "{loss} refuses this batch. {field}: {problem} {remedy} {meanwhile}", loss=assessed.loss.name,
              field=refusal.field, problem=refusal.problem, remedy=refusal.remedy,
              meanwhile=meanwhile)  # fmt: skip
    shape = " × ".join(map(str, batch.input.shape))
    return RowListModel(
        title=batch.name,
        size=say("rows", "input {shape}", shape=shape),
        value="–",
        reduction=assessed.loss.reduction,
        divisor="",
        divisor_name=Text(NOTHING, {}, "core"),
        sort_key=BY_LOSS,
        order=nothing.astype(np.int64),
        losses=nothing,
        shape=(0,),
        empty=why,
    )


def _written(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else fixed(value, 2)


def _classes(batch: Batch, family: str, count: int) -> tuple[IntArray | None, IntArray | None]:
    """Target and predicted class of each row, where the rows have classes."""
    if family not in BY_CLASS or batch.target is None or batch.input.ndim < 1:
        return None, None
    axis = class_axis(batch.input)
    predicted = np.argmax(batch.input, axis=axis).ravel()
    target = batch.target if has_class_indices(batch) else np.argmax(batch.target, axis=class_axis(batch.target))
    if predicted.size != count or target.size != count:
        return None, None
    return target.ravel(), predicted


def _pictures(batch: Batch, count: int) -> Array | None:
    samples = batch.extras.get("samples")
    return samples if samples is not None and samples.ndim == 3 and len(samples) == count else None
