"""Rows over classes: CrossEntropyLoss, NLLLoss and KLDivLoss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.batch import class_axis
from core.jobs import Job, Progress
from core.rows import has_class_indices, row_terms
from core.table.common import number, row_norms, shared_columns, unweighted
from core.table.table import Column
from core.text import say

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray, IntArray
    from core.assess import Assessment

BLOCK = 1 << 21  # numbers of the input that are looked at together
SURE = 0.9  # from which probability of another class on a label is doubted
RARE = 0.4  # of an equal share of the rows: a class that has less is rare
LABEL, RARE_CLASS = 0, 1
FLAGS = ("label?", "rare class")


@final
@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """What the model says of each row: the likeliest class, its probability, and that of the target (nan without)."""

    predicted: IntArray
    p_predicted: FloatArray
    p_target: FloatArray


def class_columns(assessed: Assessment) -> Job[list[Column]]:
    """Target, prediction, probabilities, loss, weight, share, gradient, rank, remark."""
    batch, loss, rows, evaluation = assessed.batch, assessed.loss, assessed.rows, assessed.evaluation
    assert rows is not None
    assert evaluation is not None
    assert batch.target is not None
    by_index = loss.family == "multi-class" and has_class_indices(batch)
    if batch.input.size // max(_classes(batch.input), 1) != rows.count:
        return [
            number("loss", say("table", "loss"), rows.loss, 3, bar=True, role="loss"),
            *shared_columns(assessed, rows.loss, None),
        ]
    target = batch.target.ravel() if by_index else _likeliest(batch.target)
    reading = yield from read_rows(batch.input, target if by_index else None, logits=loss.name == "CrossEntropyLoss")
    yield Progress(0.7)
    elements = unweighted(loss, batch, evaluation.elements)
    plain = rows.loss if elements is evaluation.elements else row_terms(loss, elements)
    grads = row_norms(evaluation.grad, class_axis(evaluation.grad))
    yield Progress(0.9)
    columns = [
        Column("target", say("table", "target"), "class", _known(target, batch.input), batch.classes, role="target"),
        Column("predicted", say("table", "predicted"), "class", reading.predicted, batch.classes, rank=1, weight=1.15),
        number("p_predicted", say("table", "p(predicted)"), reading.p_predicted, 3, rank=6, weight=1.4),
    ]
    if by_index:
        columns.append(number("p", say("table", "p(target)"), reading.p_target, 5, bar=True, rank=4, weight=1.2))
    columns.append(number("loss", say("table", "loss"), plain, 3, bar=True, role="loss", weight=1.35))
    weights = _weights(getattr(loss, "weight", None), target) if by_index else None
    if weights is not None:
        columns.append(number("weight", say("table", "weight"), weights, 2, rank=5, weight=0.9))
    columns += shared_columns(assessed, rows.loss, grads)
    if by_index:
        columns.append(_flags(target, reading, rows.kept, _classes(batch.input), weighted=weights is not None))
    return columns


def read_rows(input: Array, target: IntArray | None, *, logits: bool) -> Job[Reading]:
    """Softmax of logits, exp of log-probabilities, block by block so that no copy of a large batch is made."""
    axis = class_axis(input)
    classes, batched = _classes(input), input.ndim > 1
    count = input.size // max(classes, 1)
    inner = count // input.shape[0] if batched and input.shape[0] else 1
    predicted = np.empty(count, np.int32)
    found = np.full((2, count), np.nan, np.float32)
    step = max(BLOCK // max(classes * inner, 1), 1)
    for first in range(0, input.shape[0] if batched else 1, step):
        block = input[first : first + step] if batched else input
        rows = np.moveaxis(block, axis, -1).reshape(-1, classes)
        rows = rows.astype(np.float32, copy=False) if rows.dtype.itemsize < 4 else rows
        at = slice(first * inner, first * inner + len(rows))
        log_sum = _log_sum_exp(rows) if logits else np.zeros(len(rows), rows.dtype)
        best = rows.argmax(axis=1)
        predicted[at] = best
        with np.errstate(over="ignore", invalid="ignore"):
            found[0, at] = np.exp(rows[np.arange(len(rows)), best] - log_sum)
            if target is not None:
                own = target[at]
                sound = (own >= 0) & (own < classes)
                picked = rows[np.arange(len(rows)), np.where(sound, own, 0)]
                found[1, at] = np.where(sound, np.exp(picked - log_sum), np.nan)
        yield Progress(0.6 * min((first + step) / max(len(input), 1), 1.0))
    return Reading(predicted, found[0], found[1])


def _log_sum_exp(rows: FloatArray) -> FloatArray:
    top = rows.max(axis=1)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return np.log(np.exp(rows - top[:, None]).sum(axis=1)) + top


def _classes(input: Array) -> int:
    return input.shape[class_axis(input)] if input.ndim else 1


def _likeliest(target: Array) -> IntArray:
    return np.argmax(target, axis=class_axis(target)).ravel() if target.ndim else np.zeros(1, np.int64)


def _known(target: Array, input: Array) -> IntArray:
    """The class; -1 for an index that names none."""
    return np.where((target >= 0) & (target < _classes(input)), target, -1).astype(np.int32)


def _weights(weight: Array | None, target: IntArray) -> FloatArray | None:
    if weight is None:
        return None
    values = np.asarray(weight, np.float32)
    sound = (target >= 0) & (target < values.size)
    return np.where(sound, values[np.where(sound, target, 0)], np.nan).astype(np.float32)


def _flags(target: IntArray, reading: Reading, kept: Array, classes: int, *, weighted: bool) -> Column:
    """A sure other class first; else, under weights, a class with far less than its share of the rows."""
    codes = np.full(target.size, -1, np.int8)
    sound = kept & (target >= 0) & (target < classes)
    counts = np.bincount(target[sound], minlength=classes)
    if weighted and counts.sum():
        rare = counts < RARE * counts.sum() / classes
        codes[sound & rare[np.where(sound, target, 0)]] = RARE_CLASS
    codes[sound & (reading.predicted != target) & (reading.p_predicted > SURE)] = LABEL
    return Column("flag", say("table", "remark"), "flag", codes, FLAGS, rank=7, weight=1.3)
